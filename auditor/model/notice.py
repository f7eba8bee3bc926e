"""Third-party notices: what is said about components by others, as asked for, as written, and how the two differ."""

from dataclasses import dataclass
from typing import Literal

from auditor.model.resolution import Lines

NoticesForm = Literal["markdown", "text", "html"]
DriftKind = Literal["missing", "stale", "altered"]


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A licence text, NOTICE or the like of a component, and its path there."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What must be said about one component.

    `version`, `purl` (package URL), `repository` (an address) and `license` (an SPDX expression) are None where they
    are not known. `copyrights` are its copyright lines as written, in the order of its files.
    """

    name: str
    version: str | None = None
    purl: str | None = None
    repository: str | None = None
    license: str | None = None
    texts: tuple[NoticeText, ...] = ()
    copyrights: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """How the component is called in a sentence: name and version."""
        return f"{self.name} {self.version}" if self.version else self.name


@dataclass(frozen=True, slots=True)
class TextOwner:
    """A component (its label) that has a text, and the path of it there."""

    component: str
    path: str


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text that is printed once for all its owners. `key` names it within the document: lower-case words, dashes."""

    key: str
    text: str
    owners: tuple[TextOwner, ...]


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """A component in the document. `key` is like a text's; `text_keys` belong to `notice.texts`, one each."""

    key: str
    notice: Notice
    text_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticesDocument:
    """All components, sorted, and their texts, each once, in the order in which the components have them."""

    entries: tuple[NoticeEntry, ...] = ()
    texts: tuple[SharedText, ...] = ()

    @property
    def without_text(self) -> tuple[Notice, ...]:
        """The components for which the document has no licence text."""
        return tuple(entry.notice for entry in self.entries if not entry.notice.texts)


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text as it stands in a notices file: the key that it is found by, and the file's lines that it fills."""

    key: str
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """A component as it stands in a notices file: `lines` are those of its own section, which holds no texts.

    `written` belong to `notice.texts`, one each. `lost` are the paths of texts that it refers to in vain.
    """

    notice: Notice
    lines: Lines
    written: tuple[WrittenText, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenNotices:
    """A notices file that was read back. `orphans` are the texts in it that no component refers to."""

    form: NoticesForm
    notices: tuple[WrittenNotice, ...] = ()
    orphans: tuple[WrittenText, ...] = ()


@dataclass(frozen=True, slots=True)
class DriftChange:
    """One difference between a notices file and what it should be.

    "missing": it should be there; "stale": it should not; "altered": it reads otherwise than it should. `message` names
    component and text. `line` is the existing file's, None where there is no line to show.
    """

    kind: DriftKind
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """How a notices file departs from what it should be; without changes the two are equal byte for byte."""

    changes: tuple[DriftChange, ...] = ()
