"""What may be raised: an `AuditorError` means that no audit was performed.

* AuditorError
  x UsageError        the command line or an argument of the library is wrong
  x DocumentError     a report cannot be read
  x EnvironmentTrouble  git is missing or too old, the cache cannot be written

A repository that could not be looked at is no exception for the caller but an
`auditor.model.Incident` in the result; inside, `FetchError` carries it there.
"""


class AuditorError(Exception):
    """No audit was performed; the text is one line that a user can act on."""


class UsageError(AuditorError):
    """The command line or an argument of the library is wrong."""


class DocumentError(AuditorError):
    """A report cannot be read."""


class EnvironmentTrouble(AuditorError):
    """This machine lacks what an audit needs (git, a place to write)."""


class FetchError(Exception):
    """A repository or an object could not be looked at; becomes an incident or a finding.

    `reason` is one of the words in `REASONS`; the text says what git or the host answered.
    """

    REASONS = ("not-found", "denied", "network", "timeout", "too-large", "redirected", "offline", "refused", "damaged")

    def __init__(self, reason: str, message: str) -> None:
        if reason not in self.REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        super().__init__(message)
        self.reason = reason


class ShipmentError(Exception):
    """A folder, an archive or a file in it could not be read; the text is one line that names it."""
