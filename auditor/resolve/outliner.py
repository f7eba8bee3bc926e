"""Outlines files in child processes, so that a hostile file costs no more than its own outline.

See `auditor.symbols.child` for what such a process does and how it is bounded.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

from auditor.symbols.child import READY, read_frame, write_frame

# Each may hold a gigabyte for a hostile file; more of them than processors gain nothing.
MAX_CHILDREN = 4
# A clock's last resort, for a machine that does much else: the child itself bounds its processor time.
MAX_SECONDS = 120.0

# The signals that end a process at its limit of time, and in C code that finds no memory; by name, because
# Windows has not all of them. What was ended from outside says nothing about the file.
_SPENT = "SIGXCPU"
_AT_FAULT = frozenset({_SPENT, "SIGSEGV", "SIGBUS", "SIGABRT"})


class Outliner:
    """Child processes that outline, started when they are needed, shared by the threads of a run.

    `warning` says why no file can be outlined, once a process could not be started.
    """

    def __init__(self) -> None:
        self.warning: str | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._children: set[_Child] = set()
        # Last in, first out: a process that runs is taken before another is started.
        self._places: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(min(MAX_CHILDREN, os.cpu_count() or 1)):
            self._places.put(None)

    def outline(self, path: str, source: bytes) -> bytes | None:
        """A file's outline as `dump_outline` writes it, empty when it has none; waits for a free process.

        None when that could not be found out this time: no process could be started, it was
        ended from outside, or it took longer than `MAX_SECONDS`.
        """
        child = self._places.get()
        try:
            while True:
                is_new = child is None
                child = child or self._start()
                if child is None:
                    return None
                answer = child.ask(path, source)
                if answer is not None:
                    return answer
                end, child = self._end(child), None
                if is_new or end == _SPENT:
                    return b"" if end in _AT_FAULT else None
                # It may have ended by what it did before: the file gets a process of its own.
        finally:
            self._places.put(child)

    def close(self) -> None:
        """End every process, also one that is at work: its thread gets None, as does whoever asks later."""
        with self._lock:
            self._closed = True
            children = list(self._children)
        for child in children:
            self._end(child)

    def _start(self) -> "_Child | None":
        with self._lock:
            if self._closed or self.warning:
                return None
            try:
                child = _Child()
            except OSError as error:
                self.warning = _warning(error.strerror or str(error))
                return None
            self._children.add(child)
        if child.is_ready():
            return child
        self._end(child)
        with self._lock:
            if not self._closed:
                self.warning = _warning("it ended at once")
        return None

    def _end(self, child: "_Child") -> str:
        """End a process and tell by what signal it did end."""
        end = child.end()
        with self._lock:
            self._children.discard(child)
        return end


class _Child:
    """One process. Raises OSError when it cannot be started."""

    def __init__(self) -> None:
        # -P: the current directory may belong to a stranger, and nothing is imported from it.
        command = [sys.executable or "", "-P", "-m", "auditor.symbols.child"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=_environment()
        )

    def is_ready(self) -> bool:
        """Wait until it is."""
        return self._exchange() == READY

    def ask(self, path: str, source: bytes) -> bytes | None:
        """Its answer; None when it ends without one."""
        return self._exchange(path.encode("utf-8", "surrogateescape"), source)

    def end(self) -> str:
        """Kill it, if it still runs, and leave nothing of it; the name of the signal that ended it, if one did."""
        self._process.kill()
        code = self._process.wait()
        for stream in filter(None, (self._process.stdin, self._process.stdout)):
            with contextlib.suppress(OSError):  # what it did not read is lost
                stream.close()
        try:
            return signal.Signals(-code).name
        except ValueError:  # it ended by itself
            return ""

    def _exchange(self, *frames: bytes) -> bytes | None:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        limit = threading.Timer(MAX_SECONDS, process.kill)
        limit.start()
        try:
            for frame in frames:
                write_frame(process.stdin, frame)
            return read_frame(process.stdout)
        except (OSError, ValueError):  # it has gone, or another thread has closed its pipes
            return None
        except BaseException:  # interrupted half-way: the next answer would be to this request
            process.kill()
            raise
        finally:
            limit.cancel()


def _environment() -> dict[str, str]:
    """This process's own, in which a child finds the same modules, wherever they come from."""
    home = str(Path(__file__).parents[2])
    paths = [path for path in sys.path if path]  # the empty one is the current directory
    if home not in paths:
        paths.insert(0, home)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _warning(reason: str) -> str:
    return f"no source file can be outlined, so no definition is known: the process for it cannot run ({reason})"
