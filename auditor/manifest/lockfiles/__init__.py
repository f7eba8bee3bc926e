"""What lock files and environments say about the packages of a project; one module per format."""

import re
from collections.abc import Callable
from pathlib import PurePath

from auditor.manifest.lockfiles.common import LONGEST, LockReading, canonical_name
from auditor.manifest.lockfiles.files import read_file

__all__ = ["KNOWN_FILES", "LONGEST", "LockReading", "canonical_name", "dependencies_of", "is_lock_file", "read_file"]

# By ecosystem; of one ecosystem the first that a folder has says most.
KNOWN_FILES: tuple[tuple[str, ...], ...] = (
    ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "requirements.txt"),
    ("package-lock.json", "npm-shrinkwrap.json"),
    ("Cargo.lock",),
    ("go.mod",),
)

# The name of the module here, and of the function in it. A pylock file may carry a name of its own (PEP 751).
_READERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), module)
    for pattern, module in (
        (r"pylock\.(?:[^.]+\.)?toml", "pylock"),
        (r"uv\.lock", "uv"),
        (r"poetry\.lock", "poetry"),
        (r"pdm\.lock", "pdm"),
        (r"Pipfile\.lock", "pipfile"),
        (r"package-lock\.json|npm-shrinkwrap\.json", "npm"),
        (r"Cargo\.lock", "cargo"),
        (r"go\.mod", "gomod"),
        (r"[^/]*(?:require|constraint)[^/]*\.(?:txt|in|lock)|requirements/[^/]+\.(?:txt|in|lock)", "requirements"),
    )
)


def is_lock_file(path: str) -> bool:
    """Whether a file, by its name, is one that `dependencies_of` reads."""
    return _module_of(path) is not None


def dependencies_of(path: str, data: bytes) -> LockReading:
    """The packages that a lock file names; `path`, whose name tells the format, is shown in places.

    Files that it names are looked for beside it. What cannot be read is told in `problems`. Raises ValueError for a
    name that is none of a lock file.
    """
    module = _module_of(path)
    if module is None:
        raise ValueError(f"no lock file: {path}")
    from importlib import import_module

    read: Callable[[str, bytes], LockReading] = getattr(import_module(f"{__name__}.{module}"), f"read_{module}")
    return read(path, data)


def _module_of(path: str) -> str | None:
    parts = PurePath(path).parts
    names = ("/".join(parts[-1:]), "/".join(parts[-2:]))
    return next((module for pattern, module in _READERS if any(map(pattern.fullmatch, names))), None)
