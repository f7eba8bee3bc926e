"""A process that outlines files for another one: `python -m auditor.symbols.child`.

Some tiny texts (40 kB of "a<a" in Java) make tree-sitter take gigabytes while it recovers from errors, in a
single step that cannot be interrupted. So a file of a stranger is outlined where running out of memory ends
nothing but this process: its parent takes that as "no outline".

Requests come on standard input, two frames each: path and source. The answer on standard output is one frame,
the outline as `dump_outline` writes it, empty when there is none. The first frame of all is `READY`.

Memory is bounded on Linux only: macOS and Windows do not enforce such a limit. What remains there
is the bound on time, which the parent keeps.
"""

import contextlib
import os
import signal
import struct
import sys
from pathlib import Path
from typing import IO

from auditor.symbols import dump_outline, outline_source

READY = b"ready"
# Ordinary code was seen to take up to 20 MiB and 115 bytes for each of its own; tables of numbers take twice that.
SPARE_BYTES = 256 * 1024 * 1024
BYTES_PER_BYTE = 256

_LENGTH = struct.Struct(">I")
_NICENESS = 5
_FIRST_TO_GO = "1000"  # the highest oom_score_adj; see proc(5)


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Send bytes with their length before them. Raises OSError when nobody reads."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Receive what `write_frame` sent; None when the stream ends before the frame does."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def main() -> None:
    """Answer requests until the input ends."""
    _stand_back()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    write_frame(answers, READY)
    while (path := read_frame(requests)) is not None and (source := read_frame(requests)) is not None:
        _limit_memory(len(source))
        write_frame(answers, _answer(path.decode("utf-8", "surrogateescape"), source))


def _answer(path: str, source: bytes) -> bytes:
    try:
        outline = outline_source(path, source)
        return b"" if outline is None else dump_outline(outline)
    except MemoryError:  # Python's own allocations report it; tree-sitter's crash
        return b""


def _stand_back() -> None:
    """Let nothing that happens to this process disturb the user, and everything else go first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    if sys.platform == "win32":
        return
    import resource

    os.nice(_NICENESS)
    # Not 0: with that Linux would still hand the dump to a crash reporter; 1 is what stops it (fs/coredump.c).
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most and 1, most))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)


def _limit_memory(size: int) -> None:
    """Bound what outlining `size` bytes of source may add to the address space, in proportion to them."""
    if sys.platform != "linux":
        return
    import resource

    try:
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc here
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = held + SPARE_BYTES + BYTES_PER_BYTE * size
    if most != resource.RLIM_INFINITY:
        allowed = min(allowed, most)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, most))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):  # the parent has gone
        main()
