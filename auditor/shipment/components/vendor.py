"""Folders that by their name hold other people's code: what lies in each, and what a list beside it calls it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.licenses.find import is_source, license_paths
from auditor.model.shipment import Component, ComponentKind
from auditor.shipment.components.drafts import below, folder_of, plain, purl, same_name

_FOLDERS = frozenset(
    "_vendor vendor vendored _vendored third_party thirdparty third-party 3rdparty externals _externals".split()
)
# These also hold one's own interfaces to others (SymPy's `external`), so a part counts only if it says what it is.
_MAYBE = frozenset("extern external _extern _external".split())
# Where such a name means something else, or another reader knows better.
_ELSEWHERE = re.compile(r"(?:^|/)(?:node_modules|[^/]+\.(?:dist|egg)-info|dist-packages|site-packages)/")
_VERSION_FILES = ("__init__.py", "_version.py", "version.py", "__version__.py", "__about__.py")
_VERSION = re.compile(
    r"""^__version__[ \t]*(?::[ \t]*\w{1,20}[ \t]*)?=[ \t]*(?:version[ \t]*=[ \t]*)?["']([\w.+!-]{1,60})["']""",
    re.MULTILINE,
)
_PINNED = re.compile(r"[ \t]*([A-Za-z0-9][\w.-]*)(?:\[[\w, -]*\])?[ \t]*==[ \t]*([\w.+!-]+)")
_LIST = "vendor.txt"  # pip's `vendoring`, and who took it over
_GLUE = frozenset(("__init__", "conftest", "setup", "vendor", "vendoring"))
# A distribution whose module has another name; used only where `vendor.txt` lists the distribution.
_MODULES = {"pkg-resources": "setuptools", "attr": "attrs", "yaml": "pyyaml", "dateutil": "python-dateutil"}
_LONGEST_LINE = 300
_DEEPEST = 4  # vendor folders within vendor folders


class VendorReader:
    """See `Reader`. Its components own what no other reader has found an owner for."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._parts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path in paths:
            for folder, name in _places(path):
                self._parts[folder, name].append(path)
        self._folders = {folder for folder, _ in self._parts}
        self._pins: dict[str, dict[str, tuple[str, str]]] = {}
        self._versions: dict[str, tuple[str, str]] = {}

    def wants(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        if folder in self._folders:
            return name == _LIST or name.endswith(".py")
        return name in _VERSION_FILES and folder_of(folder) in self._folders

    def read(self, path: str, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        folder, _, name = path.rpartition("/")
        if name == _LIST:
            pinned = (_PINNED.match(line[:_LONGEST_LINE]) for line in text.splitlines())
            self._pins[folder] = {same_name(match[1]): (match[1], match[2]) for match in pinned if match}
        elif version := _VERSION.search(text):
            part = folder if name in _VERSION_FILES and folder not in self._folders else path
            self._versions.setdefault(part, (plain(version[1]), path))

    def components(self) -> Iterator[Component]:
        used: set[tuple[str, str]] = set()
        for (folder, name), files in self._parts.items():
            pin = self._pin(folder, name)
            if pin is not None:
                used.add((folder, pin))
            if (component := self._part(folder, name, files, pin)) is not None:
                yield component
        for folder, pins in self._pins.items():
            for key, (name, version) in pins.items():
                if (folder, key) not in used:
                    evidence = below(folder, _LIST)
                    yield Component(name, "stated", folder, evidence, version, "pypi", purl("pypi", name, version))

    def _pin(self, folder: str, name: str) -> str | None:
        key = same_name(name.removesuffix(".py"))
        pins = self._pins.get(folder, {})
        return next((one for one in (key, _MODULES.get(key, "")) if one in pins), None)

    def _part(self, folder: str, name: str, files: list[str], pin: str | None) -> Component | None:
        root = below(folder, name)
        single = (root,) if files == [root] else ()
        if pin is not None:
            known, version = self._pins[folder][pin]
            url = purl("pypi", known, version)
            return Component(known, "bundled", root, below(folder, _LIST), version, "pypi", url, files=single)
        if not any(is_source(path) for path in files) or name.partition(".")[0] in _GLUE:
            return None
        version, stated = self._versions.get(root, ("", root))
        licensed = license_paths(files)
        if folder.rpartition("/")[2] in _MAYBE and not licensed and not version:
            return None
        # A name that begins with a low line was given by who copied it.
        certain = (not single or version != "") and not name.startswith("_")
        kind: ComponentKind = "bundled" if certain else "unknown"
        shown = name.removesuffix(".py") if certain else name
        evidence = stated if version or not licensed else licensed[0]
        return Component(plain(shown), kind, root, evidence, version or None, files=single)


def _places(path: str) -> Iterator[tuple[str, str]]:
    """Every vendor folder that a path lies in, and the part of it that the path belongs to."""
    if _ELSEWHERE.search(path):
        return
    parts = path.split("/")
    places = [index for index, part in enumerate(parts[:-1]) if part in _FOLDERS or part in _MAYBE]
    for index in places[:_DEEPEST]:
        if not parts[index + 1].startswith("."):
            yield "/".join(parts[: index + 1]), parts[index + 1]
