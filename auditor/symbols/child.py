"""A process that outlines files for another one: `python -m auditor.symbols.child`.

Some tiny texts (40 kB of "a<a" in Java) make tree-sitter take gigabytes while it recovers from errors, in a
single step that cannot be interrupted. So a file of a stranger is outlined where running out of memory ends
nothing but this process: its parent takes that as "no outline".

Requests come on standard input, two frames each: path and source. The answer on standard output is one frame,
the outline as `dump_outline` writes it, empty when there is none. The first frame of all is `READY`.

The system bounds its memory and its processor time in proportion to the source. macOS does not enforce such a
limit of memory, and Windows neither of them: there it goes without, and only the parent's clock remains.
"""

import contextlib
import os
import signal
import struct
import sys
import time
from pathlib import Path
from typing import IO

from auditor.symbols import dump_outline, outline_source

READY = b"ready"
# Ordinary code was seen to take up to 20 MiB and 115 bytes for each of its own; tables of numbers take twice that.
SPARE_BYTES = 256 * 1024 * 1024
BYTES_PER_BYTE = 256
# More than what `outline_source` allows itself where it can be stopped, ten times what ordinary code takes.
SPARE_SECONDS = 5
SECONDS_PER_BYTE = 10 / 2**20

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
        _limit(len(source))
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
    # With 0 Linux would still hand the dump to a crash reporter; 1 is what stops it (fs/coredump.c).
    _set_limit(resource.RLIMIT_CORE, 1)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)


def _limit(size: int) -> None:
    """Bound what outlining `size` bytes of source may take beyond what is taken already."""
    if sys.platform == "win32":
        return
    import math
    import resource

    spent = math.ceil(time.process_time() + SPARE_SECONDS + SECONDS_PER_BYTE * size)
    _set_limit(resource.RLIMIT_CPU, spent)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # no /proc here
            held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            _set_limit(resource.RLIMIT_AS, held + SPARE_BYTES + BYTES_PER_BYTE * size)


def _set_limit(limit: int, wanted: int) -> None:
    """Set the limit that is in force, which may be raised again; the one above it stays."""
    import resource

    most = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):  # the parent has gone
        main()
