"""What changed in the repository of the audited documents since a revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.resolution import Lines


@dataclass(frozen=True, slots=True)
class Touched:
    """What changed in a file. `lines` are those that are new or stand next to some that are gone, in order.

    `whole`: all of it, as the file is new, or no text, so that nobody can tell lines.
    """

    lines: tuple[Lines, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """The changed files of a repository by their paths, with `/`, below `root` (an absolute path)."""

    root: str
    files: Mapping[str, Touched] = field(default_factory=dict, hash=False)
