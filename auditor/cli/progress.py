"""One line on standard error that tells how far a run is; nothing when nobody watches."""

import sys
import time
from types import TracebackType

_PAUSE = 0.1  # seconds between two drawings
_PATIENCE = 0.5  # a run that is over sooner shows nothing


class ProgressLine:
    """Draws and removes the line; a context manager."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled and sys.stderr.isatty()
        self._begun = time.monotonic()
        self._drawn = 0.0

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def show(self, done: int, total: int, what: str) -> None:
        """Say that `done` of `total` repositories are examined, and which one is under way."""
        now = time.monotonic()
        if not self._enabled or now - self._begun < _PATIENCE or now - self._drawn < _PAUSE:
            return
        self._drawn = now
        name = what.removeprefix("https://")[:60]
        sys.stderr.write(f"\r\x1b[2Kexamined {done} of {total} repositories  {name}")
        sys.stderr.flush()
