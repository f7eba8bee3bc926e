"""What is posted to a code host about a commit, where it goes, and what came of it. Plain values, no host's words."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["failure", "warning", "notice"]
Conclusion = Literal["success", "failure", "neutral", "action_required"]
PartKind = Literal["check run", "comment", "suggestions", "SARIF"]
PartOutcome = Literal["created", "updated", "unchanged", "none", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark at lines (one-based, inclusive) of a file of the repository; `path` is relative to its root.

    Columns (one-based, inclusive) are shown only where the remark is about one line. `details` is further text, or "".
    """

    path: str
    start_line: int
    end_line: int
    level: Level
    title: str
    message: str
    start_column: int | None = None
    end_column: int | None = None
    details: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Lines (one-based, inclusive) of a file and what should stand there instead, line ends left out.

    `key` names the suggestion from run to run, also when its lines have moved: what was suggested once is not
    suggested again. `reason` says in one line what is wrong with the lines.
    """

    path: str
    start_line: int
    end_line: int
    lines: tuple[str, ...]
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of an audit as a host is to show it. `summary`, `text` and `comment` are Markdown.

    `name` tells several audits of one commit apart. `conclusion` "action_required": something could not be looked at.
    `comment` is None when nothing was found; `resolved` is what an earlier comment then says instead, None to leave
    that one alone. `sarif` is a whole SARIF document, None to upload none.
    """

    name: str
    conclusion: Conclusion
    title: str
    summary: str
    text: str = ""
    annotations: tuple[Annotation, ...] = ()
    comment: str | None = None
    resolved: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    sarif: str | None = None


@dataclass(frozen=True, slots=True)
class PublicationTarget:
    """Where a publication goes: `repository` is "OWNER/NAME", `commit` a full commit id.

    `pull` is the number of a pull request; the commit is then its head, not the merge commit that a CI job checks out.
    `ref` is the full name of what the commit was pushed to ("refs/heads/main"), None when not known. `fork`: the head
    is in another repository.
    """

    repository: str
    commit: str
    pull: int | None = None
    ref: str | None = None
    fork: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one part of a publication. `detail` is the address of what was written, or why it was not."""

    kind: PartKind
    outcome: PartOutcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Fallback:
    """The findings are not to be seen on the host: `reason` says why, in one line."""

    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a publication, part by part. With a `fallback` the results must be shown in some other way."""

    parts: tuple[Part, ...]
    fallback: Fallback | None = None

    @property
    def failures(self) -> tuple[Part, ...]:
        """The parts that failed; a part that the token has no right to is refused, not failed."""
        return tuple(part for part in self.parts if part.outcome == "failed")
