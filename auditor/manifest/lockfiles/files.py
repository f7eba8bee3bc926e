"""Files that another file names are read with care: a stranger may have written that name."""

import os
import stat
from pathlib import Path


def read_file(path: Path, longest: int) -> bytes:
    """The content of a regular file, at most `longest` bytes and one more, by which an excess is seen.

    Raises OSError, also for what is no regular file: reading a device might never end.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError as error:  # a NUL in the name
        raise OSError(str(error)) from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("is no regular file")
        return file.read(longest + 1)
