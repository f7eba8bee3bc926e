"""A link to code, taken apart: what the URL claims, not what is there."""

from dataclasses import dataclass
from typing import Literal

View = Literal["blob", "tree", "raw", "blame", "edit", "commit", "pull", "gist"]
RevisionKind = Literal["commit", "branch", "tag", "any"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The lines a URL asks for, exactly as written: one-based, inclusive, perhaps inverted.

    `end` is None when only one line is written; columns are one-based characters.
    """

    start: int
    end: int | None = None
    start_column: int | None = None
    end_column: int | None = None

    @property
    def last(self) -> int:
        """The last line asked for; equals `start` for a single line."""
        return self.start if self.end is None else self.end

    @property
    def inverted(self) -> bool:
        """Whether the range ends before it starts."""
        return self.last < self.start


@dataclass(frozen=True, slots=True)
class Permalink:
    """A link into a repository on a code host.

    `host` is the grammar's name ("github", "gitlab", …), `site` the scheme and
    authority ("https://github.com"), `repository` the path of the repository on
    that site ("pallets/flask"). `revision` is as written; `revision_kind` says
    what the URL's form claims about it ("any": the form does not tell).
    `path` is percent-decoded, "" for the repository's root.
    `diff` is the path digest of a diff view, `side` its half, `number` a pull request.
    """

    host: str
    site: str
    repository: str
    view: View
    revision: str | None = None
    revision_kind: RevisionKind = "any"
    path: str = ""
    anchor: Anchor | None = None
    diff: str | None = None
    side: Literal["L", "R"] | None = None
    number: int | None = None

    @property
    def repository_url(self) -> str:
        """The repository as a user would open it: `https://github.com/pallets/flask`."""
        return f"{self.site}/{self.repository}"


@dataclass(frozen=True, slots=True)
class Defect:
    """Something about the written form of a link that had to be mended to understand it.

    `kind` is a short word such as "second-hash", "escaped", "split", "wrapped",
    "missing-l", "missing-revision", "truncated"; `reason` is one plain sentence part.
    """

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedLink:
    """A URL that was understood: the link meant, and what was wrong with its form."""

    link: Permalink
    defects: tuple[Defect, ...] = ()
