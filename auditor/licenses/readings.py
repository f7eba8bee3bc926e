"""What the readers of licence texts hand to `identify`: a match, and the words it accounts for."""

from dataclasses import dataclass

from auditor.model import LicenseMatch


@dataclass(frozen=True, slots=True)
class Reading:
    """A licence, or a text made from one, that takes the words `first` up to, not including, `end`."""

    first: int
    end: int
    match: LicenseMatch
