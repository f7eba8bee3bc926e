"""The file of a frame: whose it is, what it is called there, and what it holds."""

import os
import re
import zipfile
from dataclasses import dataclass, replace
from functools import cache

from auditor.model.trace import Origin
from auditor.trace.installed import Installed
from auditor.trace.sources import Source

_MOST_BYTES = 16 << 20  # of one source file
_FROZEN = re.compile(r"<frozen (?P<module>[\w.]{1,200})>")
_COMPILED = (".pyx", ".pxd", ".pxi", ".pyd", ".so", ".c", ".cpp")  # as Cython names the file of a frame


@dataclass(frozen=True, slots=True)
class Facts:
    """What the traced interpreter says: its version, the folder of its standard library, the working folder of the
    program at its start, and the entries of its `sys.path`."""

    version: str
    library: str
    folder: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """The file of a frame as a trace names it. `source` is None where its content is not at hand."""

    origin: Origin
    path: str
    source: Source | None = None
    edited: bool = False


class Origins:
    """Finds out about the files of one run; each is looked at once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._library = os.path.realpath(facts.library)
        self._installed = Installed(entry for entry in facts.paths if not _same(entry, facts.library))
        self.file = cache(self._file)

    def _file(self, name: str) -> File:
        """`name` is as compiled code has it: a path, or what stands for one in angle brackets."""
        if match := _FROZEN.fullmatch(name):
            return self._frozen(match["module"])
        if name.startswith("<") or not name or "\0" in name:
            return File(Origin("generated", note="code made at run time, without a file"), _safe(name))
        file = os.path.normpath(os.path.join(self._facts.folder, name))
        found = self._placed(file, _content(file))
        if found.source is None and found.origin.kind != "zipped":
            return replace(found, origin=replace(found.origin, note=found.origin.note or "the file is not there"))
        return found

    def _placed(self, file: str, content: bytes | None) -> File:
        source = None if content is None else Source(content)
        if file.endswith(_COMPILED):
            source = None
        for path in dict.fromkeys((file, os.path.realpath(file))):
            if owner := self._installed.owner(path):
                compiled = replace(owner.origin, note="compiled code") if file.endswith(_COMPILED) else owner.origin
                return File(compiled, owner.path, source, content is not None and owner.is_edited(content))
            if inside := self._in_library(path):
                return File(Origin("stdlib", version=self._facts.version), inside, source)
        if file.endswith(_COMPILED):
            return File(Origin("compiled", note="compiled code"), os.path.basename(file))
        if self._installed.holds(file):
            note = "it lies among installed packages, but none of them lists it"
            return File(Origin("unknown", note=note), os.path.basename(file), source)
        return (None if content is not None else _zipped(file)) or self._own(os.path.realpath(file), source)

    def _in_library(self, file: str) -> str | None:
        path = _below(file, self._library) or _below(file, self._facts.library)
        return None if path is None or path.startswith(("site-packages/", "dist-packages/")) else path

    def _frozen(self, module: str) -> File:
        """Parts of the standard library are built into the interpreter, as they stand in its files."""
        path = module.replace(".", "/") + ".py"
        content = _content(os.path.join(self._library, path))
        if content is None:
            return File(Origin("compiled", note="built into the program"), f"<frozen {module}>")
        return File(
            Origin("stdlib", version=self._facts.version, note="built into the interpreter"), path, Source(content)
        )

    def _own(self, file: str, source: Source | None) -> File:
        origin = next((origin for top, origin in self._installed.editable.items() if _below(file, top)), None)
        top = _checkout(os.path.dirname(file))
        if top:
            return File(origin or Origin("project"), _below(file, top) or os.path.basename(file), source)
        note = "in no git checkout"
        for folder in (*self._facts.paths[:1], self._facts.folder):
            if path := _below(file, os.path.realpath(folder)):
                return File(replace(origin or Origin("project"), note=note), path, source)
        return File(replace(origin or Origin("unknown"), note=note), os.path.basename(file), source)


def _below(file: str, folder: str) -> str | None:
    """A file's path within a folder, with `/`; None where it is elsewhere."""
    start = folder.rstrip(os.sep) + os.sep
    return file[len(start) :].replace(os.sep, "/") if file.startswith(start) else None


def _checkout(folder: str) -> str | None:
    """The top of the git checkout that a folder lies in."""
    while not os.path.exists(os.path.join(folder, ".git")):
        folder, last = os.path.dirname(folder), folder
        if folder == last:
            return None
    return folder


def _zipped(file: str) -> File | None:
    """A file in an archive that Python imports from."""
    archive = os.path.dirname(file)
    while not os.path.exists(archive):
        archive = os.path.dirname(archive)
    if not os.path.isfile(archive):
        return None
    path = _below(file, archive) or ""
    origin = Origin("zipped", os.path.basename(archive))
    try:
        with zipfile.ZipFile(archive) as opened, opened.open(path) as member:
            return File(origin, path, Source(member.read(_MOST_BYTES)))
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return File(replace(origin, note="the archive could not be read"), path)


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _safe(name: str) -> str:
    """A made-up name of a file, without a path that may stand in it."""
    return name if "/" not in name and "\\" not in name and len(name) < 100 else "<generated>"


def _content(file: str) -> bytes | None:
    try:
        if not os.path.isfile(file) or os.path.getsize(file) > _MOST_BYTES:
            return None
        with open(file, "rb") as opened:
            return opened.read()
    except (OSError, ValueError):
        return None
