"""One line on standard error that tells how far a run is; nothing when nobody watches."""

import sys
import time
from types import TracebackType

from auditor.render.terminal import clip

_PAUSE = 0.1  # seconds between two drawings


class ProgressLine:
    """Draws and removes the line; a context manager."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled and sys.stderr.isatty()
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
        """Say that `done` of `total` things are done, and in `what` which things, and which one is under way."""
        now = time.monotonic()
        if not self._enabled or now - self._drawn < _PAUSE:
            return
        self._drawn = now
        sys.stderr.write(f"\r\x1b[2K{clip(f'{done} of {total} {what}', 79)}")
        sys.stderr.flush()
