"""Files are written whole or not at all."""

import os
import stat
import tempfile
from pathlib import Path

from auditor.errors import DocumentError


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Replace a file whole or not at all, keeping its permissions. Raises DocumentError naming the file."""
    target = Path(os.path.realpath(path))
    temporary = None
    try:
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode if mode is not None else 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise DocumentError(f"{path}: cannot be written: {error.strerror or error}; nothing was changed") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
