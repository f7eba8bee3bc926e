"""Which files of a release are compared, and under which ids git may hold them."""

import hashlib
import re
from collections.abc import Iterable

from auditor.model.proof import ReleaseFile

# Written by installers and build tools, or compiled: no repository has them as they are.
_FOLDERS = ("", "..", ".git", "__pycache__", "EGG-INFO")
_INFO = (".dist-info", ".egg-info")
_NAMES = ("PKG-INFO", "RECORD", "setup.cfg", ".git_archival.txt")  # setuptools adds to setup.cfg in an sdist
_ENDINGS = (
    ".pyc", ".pyo", ".so", ".pyd", ".dll", ".dylib", ".a", ".lib", ".o", ".obj", ".exe", ".mo", ".class", ".pth",
)  # fmt: skip
_EDITABLE = "__editable__"  # finders that setuptools makes for editable installs

# Files that say the version, written at build time by setuptools-scm, hatch-vcs, versioneer, pbr, pdm and others.
_VERSION_FILE = re.compile(r"_{0,2}(?:scm_|git_)?(?:version|about)_{0,2}\.pyi?|_(?:build|version)_info\.py")
_SOURCES = (".py", ".pyi", ".pyx", ".pxd", ".pxi", ".c", ".h", ".cc", ".cpp", ".hpp", ".rs", ".go", ".java")


def is_own_file(path: str) -> bool:
    """Whether a file of a release, by its path there (with `/`), may stand in the repository as it is."""
    *folders, name = path.split("/")
    return not (
        name in _NAMES
        or name.endswith(_ENDINGS)
        or name.startswith(_EDITABLE)
        or any(part in _FOLDERS or part.endswith(_INFO) for part in folders)
    )


def files_of(contents: Iterable[tuple[str, bytes]]) -> tuple[ReleaseFile, ...]:
    """The files to compare, of (path, content) pairs, by path. Empty ones are left out: they stand in any tree."""
    pairs = ((path, file_ids(content)) for path, content in contents if is_own_file(path))
    return tuple(sorted((ReleaseFile(path, ids) for path, ids in pairs if ids), key=lambda file: file.path))


def states_version(path: str) -> bool:
    """Whether a file is one of those that build tools write the version into."""
    return _VERSION_FILE.fullmatch(path.rpartition("/")[2].lower()) is not None


def is_source(path: str) -> bool:
    """Whether a file holds code that people write: of other kinds many are made when a release is built."""
    return path.lower().endswith(_SOURCES)


def file_ids(content: bytes) -> frozenset[str]:
    """The ids under which git may hold a content (git's "Git Objects" chapter), with SHA-1 and with SHA-256.

    A release that was made on Windows may have CRLF where git has LF (gitattributes(5), "text"). None for white space
    alone.
    """
    if not content.strip():
        return frozenset()
    forms = {content, content.replace(b"\r\n", b"\n")}
    return frozenset(digest for form in forms for digest in _ids(form))


def _ids(content: bytes) -> tuple[str, str]:
    head = b"blob %d\0" % len(content)
    return (
        hashlib.sha1(head + content, usedforsecurity=False).hexdigest(),
        hashlib.sha256(head + content).hexdigest(),
    )
