"""What licence texts say: facts that `auditor.licenses` finds in a file, and what belongs to one target."""

from dataclasses import dataclass
from typing import Literal

from auditor.model.report import Place, Statement
from auditor.model.resolution import Lines, Unlooked


@dataclass(frozen=True, slots=True)
class TextChange:
    """Where a text departs from the licence it was taken from.

    `found` is what stands in the file, `expected` what the licence has there (either may be "").
    `lines` are the file's lines; for words that are missing, the line that they are missing from.
    """

    kind: Literal["added", "removed", "replaced"]
    lines: Lines
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a licence in an actual file.

    `name` is what a reader would call it ("clause 1", "section 4(b)", "disclaimer"), `atom` the obligation it
    carries (an id of `licenses/data/atoms.toml`), `asks` the same in one plain sentence, `text` the words of the
    condition as they stand there, `names` the parties it protects or the sentence that it wants shown, as written.
    """

    name: str
    atom: str
    lines: Lines
    asks: str
    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LicenseMatch:
    """A licence text, or a text that was made from one, in a file.

    `license` is its SPDX id, or None when the text was changed; `nearest` is the id of the licence it is or was
    made from. A text does not say "only" or "or later", so the id carries neither ("GPL-3.0").
    """

    license: str | None
    nearest: str
    lines: Lines
    clauses: tuple[Clause, ...] = ()
    changes: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Copyright:
    """A copyright statement: as written, and who holds what since when."""

    lines: Lines
    statement: str
    holder: str
    years: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A licence that a file names without giving its text: a tag, or a sentence ("licensed under the MIT license").

    `expression` is the SPDX expression meant, None when the words are ambiguous ("BSD").
    """

    kind: Literal["tag", "sentence"]
    lines: Lines
    written: str
    expression: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of a file that belongs to no known licence. `binding`: it sets a condition, so a person must read it."""

    lines: Lines
    text: str
    binding: bool


@dataclass(frozen=True, slots=True)
class LicenseText:
    """Everything that was read in one file, in the order of the lines.

    `choice` is "OR" or "AND" when the file itself says how its licences relate, else None.
    """

    matches: tuple[LicenseMatch, ...] = ()
    copyrights: tuple[Copyright, ...] = ()
    references: tuple[Reference, ...] = ()
    passages: tuple[Passage, ...] = ()
    choice: Literal["AND", "OR"] | None = None

    @property
    def licenses(self) -> tuple[str, ...]:
        """The SPDX ids of the texts, each once, in order; changed texts have none."""
        return tuple(dict.fromkeys(match.license for match in self.matches if match.license))

    @property
    def changed(self) -> tuple[LicenseMatch, ...]:
        """The texts that were made from a licence by changing it."""
        return tuple(match for match in self.matches if match.license is None)

    @property
    def expression(self) -> str | None:
        """The SPDX expression of the whole file where the file itself leaves no doubt, else None.

        One licence, or several of which the file says that they all hold, or that one may be chosen; without a text,
        what a tag says.
        """
        if self.changed or any(passage.binding for passage in self.passages):
            return None
        if self.matches:
            names = self.licenses
            return names[0] if len(names) == 1 else f" {self.choice} ".join(names) if self.choice else None
        named = {reference.expression for reference in self.references}
        return named.pop() if len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class Review:
    """What a person concluded after reading a text: it holds for the text with this git blob id, and no other.

    `license` is an SPDX expression or a LicenseRef, "" when the reviewer accepted the text without naming one.
    """

    digest: str
    path: str
    license: str = ""
    reviewer: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LicenseFile:
    """A file that states a licence. `digest` is its git blob id (SHA-1), by which a review of it is remembered.

    `trouble` says why it could not be read; then `text` is None. `bundled`: it belongs to a part that is carried
    along, not to the target itself. `riders` are files beside it that set conditions of their own, so that its text is
    not all that holds. `review` is the latest review of this text, or of another that stood at this path.
    """

    path: str
    digest: str
    text: LicenseText | None
    trouble: str | None = None
    bundled: bool = False
    riders: tuple[str, ...] = ()
    review: Review | None = None

    @property
    def accepted(self) -> bool:
        """Whether a person has accepted exactly this text."""
        return self.review is not None and self.review.digest == self.digest


@dataclass(frozen=True, slots=True)
class Declaration:
    """The licence that metadata states: where, what is written, the SPDX expression it means or why it means none."""

    path: str
    line: int | None
    written: str
    expression: str | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class LicenseSubject:
    """One target of `auditor licenses`: a file, folder, archive, or a repository at a commit.

    `troubles` are parts that could not be looked at.
    """

    target: str
    files: tuple[LicenseFile, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    repository: str | None = None
    commit: str | None = None
    troubles: tuple[str, ...] = ()

    def review_key(self, file: LicenseFile) -> str:
        """The name under which a review of a file is kept: it stays when the commit changes."""
        return f"{self.repository or self.target}:{file.path}"

    def document(self, path: str) -> str:
        """How a file of the target is called in findings: a path that a user can open, or the target and the path."""
        if self.repository is not None:
            return f"{self.target}:{path}"
        return self.target if not path or self.target.rpartition("/")[2] == path else f"{self.target}/{path}"


@dataclass(frozen=True, slots=True)
class QuoteFact:
    """The condition that a quotation is taken from: its lines and words in `path`, and how the quotation departs."""

    path: str
    lines: Lines
    text: str
    changes: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementFact:
    """A statement held against the licence files of its repository at `commit`.

    `licenses` are the SPDX ids of the texts found there; `files` where they were found. `quote` is None for a
    statement of a name, and for a quotation that is like no condition there. `unlooked` says why nothing was read.
    """

    statement: Statement
    commit: str | None = None
    files: tuple[LicenseFile, ...] = ()
    licenses: tuple[str, ...] = ()
    quote: QuoteFact | None = None
    unlooked: Unlooked | None = None


@dataclass(frozen=True, slots=True)
class Unstated:
    """A repository whose code a report cites and whose licence it does not state, though it states another's.

    `place` is the first citation of it; `licenses` are the SPDX ids of the texts found at `commit`.
    """

    repository: str
    place: Place
    commit: str | None = None
    licenses: tuple[str, ...] = ()
