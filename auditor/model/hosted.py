"""What a code host says about a repository, beside what git says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HostedRepository:
    """What a code host knows about a repository; `trouble` says why nothing is known.

    `moved_to` is its address now where that is another one, `license` the SPDX id that the host shows, None where the
    host shows none or does not know which.
    """

    url: str
    moved_to: str | None = None
    archived: bool = False
    license: str | None = None
    trouble: str | None = None
