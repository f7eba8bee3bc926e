"""What is installed in a Python environment, as releases: each package with its own files, and the standard library."""

import importlib.metadata
import json
import os
import platform
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from auditor.model.proof import Release
from auditor.prove.files import files_of, is_own_file

_MOST_BYTES = 32 << 20  # of one file: no larger blob is read of a repository either (`auditor.fetch.settings.Limits`)
_LIBRARY = "Lib"  # where python/cpython keeps the standard library
_NO_LIBRARY = ("site-packages", "dist-packages", "__pycache__", "lib-dynload")
_MADE = ("_sysconfigdata", "_sysconfig_vars", "config-")  # written when an interpreter is built


def distributions_in(folders: Iterable[Path] | None = None) -> Iterator[Distribution]:
    """The packages of some folders, of two of one name the first; None: those of the running interpreter."""
    seen: set[str] = set()
    for found in importlib.metadata.distributions(path=[str(folder) for folder in folders] if folders else sys.path):
        name = _field(found, "Name")
        if name and name not in seen:
            seen.add(name)
            yield found


def read_installed(found: Distribution) -> Release:
    """A package with the files that its installer lists; of an unreadable list, or of none, `trouble` tells.

    The files that lie elsewhere than the package (scripts, shared data) are left out. `repository` is where it was
    installed from (PEP 610), if that was version control: as stated, with whatever secrets are in it.
    """
    name, version = _field(found, "Name") or "", _field(found, "Version") or ""
    source = _source(found)
    if _table(source.get("dir_info")).get("editable") is True:
        return Release(name, version, trouble="it is installed as editable: its code is a checkout, not a release")
    folder = getattr(found, "_path", None)  # the `*.dist-info`; there is no public name for it
    if not isinstance(folder, Path):
        return Release(name, version, trouble="it is not installed in a folder")
    commit = _table(source.get("vcs_info")).get("commit_id")
    return Release(
        name,
        version,
        files_of(_contents(folder.parent, _listed(found, folder.parent))),
        str(source.get("url")) if commit else None,
        commit if isinstance(commit, str) else None,
    )


def read_library(folder: Path | None = None, version: str | None = None) -> Release:
    """The standard library in a folder; None: that of the running interpreter. `version` is the interpreter's."""
    top = folder or Path(sysconfig.get_path("stdlib"))
    paths = (path for path in _below(top, top) if not path.rpartition("/")[2].startswith(_MADE))
    pairs = ((f"{_LIBRARY}/{path}", content) for path, content in _contents(top, paths))
    return Release(
        "cpython", version or platform.python_version(), files_of(pairs), "https://github.com/python/cpython"
    )


def _listed(found: Distribution, site: Path) -> Iterator[str]:
    """The paths in RECORD (PEP 376); else in the list of older installers; else those of the packages that it names."""
    if record := _text(found, "RECORD"):
        rows = (line.rsplit(",", 2)[0].strip() for line in record.splitlines())
        yield from (row[1:-1].replace('""', '"') if row.startswith('"') else row for row in rows)
    elif older := _text(found, "installed-files.txt"):
        yield from (line.strip().removeprefix("../") for line in older.splitlines())
    else:
        for top in _text(found, "top_level.txt").split():
            if "/" not in top and top not in (".", ".."):
                yield from _below(site / top, site)
                yield f"{top}.py"


def _below(folder: Path, start: Path) -> Iterator[str]:
    """Every file in a folder, as a path from `start`."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _NO_LIBRARY and not name.startswith(_MADE))
        yield from (Path(place, name).relative_to(start).as_posix() for name in sorted(names))


def _contents(site: Path, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files below a folder that can be compared; a list may name any place, also those above it."""
    start = os.path.join(os.path.abspath(site), "")
    for path in dict.fromkeys(filter(is_own_file, paths)):
        file = os.path.abspath(os.path.join(start, path))
        if file.startswith(start) and (content := _content(file)) is not None:
            yield path, content


def _content(file: str) -> bytes | None:
    """None for what is no file, or too large."""
    try:
        if not os.path.isfile(file) or os.path.getsize(file) > _MOST_BYTES:
            return None
        with open(file, "rb") as opened:
            return opened.read()
    except (OSError, ValueError):
        return None


def _source(found: Distribution) -> dict[str, Any]:
    """direct_url.json (PEP 610): where a package that came from no index is from."""
    try:
        return _table(json.loads(_text(found, "direct_url.json") or "{}"))
    except (ValueError, RecursionError):
        return {}


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(found: Distribution, name: str) -> str:
    try:
        return found.read_text(name) or ""
    except (OSError, ValueError):
        return ""


def _field(found: Distribution, name: str) -> str | None:
    try:
        value: object = found.metadata[name]
    except Exception:  # whatever a damaged file makes of the e-mail parser
        return None
    return value if isinstance(value, str) else None
