"""The traced program as a process: started in a session of its own, and ended within bounds, with all it started."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence

from auditor.errors import UsageError

_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has neither this nor sessions, and is told so below
# How long a program may take to end after each signal, in seconds.
_GRACE = ((signal.SIGINT, 3.0), (signal.SIGTERM, 2.0), (_KILL, 5.0))


class Program:
    """A program that runs from now on; as a context manager, it is ended when the context is left.

    What it prints goes to the file descriptor `output` as it is. A session of its own keeps a Ctrl-C of the terminal
    from it, which is passed on in order, and lets its whole family be ended. Raises UsageError where it cannot start.
    """

    def __init__(self, command: Sequence[str], output: int) -> None:
        if not hasattr(os, "killpg"):
            raise UsageError("a program can be traced on Linux and macOS only: it could not be ended for certain here")
        try:
            self._process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
        except (OSError, ValueError) as error:
            raise UsageError(f"{command[0]}: cannot be started: {getattr(error, 'strerror', None) or error}") from error
        self.stopped = False

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    @property
    def status(self) -> int | None:
        """The exit status, negative for the signal that ended it; None while it runs, or where it had to be stopped."""
        return None if self.stopped else self._process.poll()

    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def wait(self, until: float) -> bool:
        """Wait for its end, until a time of the monotonic clock. Tells whether it has ended."""
        try:
            self._process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """End it, by a signal that it may heed and at last by one that it cannot; then whatever it left behind."""
        try:
            for number, seconds in _GRACE:
                if self.wait(time.monotonic()):
                    break
                self.stopped = True
                self._signal(number)
                self.wait(time.monotonic() + seconds)
        finally:
            self._signal(_KILL)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)
