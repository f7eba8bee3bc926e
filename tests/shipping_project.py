"""A project that vendors three packages of others at their pins and ships them as a wheel and as an sdist.

Nothing is replaced by a double: the packages are git repositories on disk, reached through mirrors as a user has them,
and the archives are built from the project's folder.
"""

import atexit
import base64
import hashlib
import io
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from audits import project
from upstream import Upstream

import auditor
from auditor.cli import main
from auditor.licenses.texts.index import text_words
from auditor.model import Audit

TODAY = date(2026, 11, 22)
WHEEL, SDIST = "app-1.0-py3-none-any.whl", "app-1.0.tar.gz"
NOTICES = "THIRD_PARTY_NOTICES.md"
NAMES = ("dice", "juggle", "rocket")
NOTICE = """\
Rocket
Copyright 2019 The Rocket Authors

This product includes fuel pumps developed by Tank Inc. (https://tank.example/).

The valves are Copyright 2011 Jane Doe and used with her kind permission.
"""
HEADER = """\
# Copyright 2019 The Rocket Authors
#
# Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
# the License. You may obtain a copy of the License at http://www.apache.org/licenses/LICENSE-2.0

"""
METADATA = "Metadata-Version: 2.4\nName: app\nVersion: 1.0\n"
Contents = Mapping[str, str | bytes]

_FOLDER = tempfile.TemporaryDirectory(prefix="shipping-")
atexit.register(_FOLDER.cleanup)
CACHE = Path(_FOLDER.name) / "cache"


def bsd(holder: str = "2010 The Dice Team") -> str:
    """BSD-3-Clause, as the SPDX list has it, with a holder."""
    return text_words("BSD-3-Clause").text.replace("<year> <owner>. ", holder)


def mit(holder: str = "2021 Jane Roe") -> str:
    """MIT, as the SPDX list has it, with a holder."""
    return text_words("MIT").text.replace("<year> <copyright holders>", holder)


def apache() -> str:
    """Apache-2.0 as the SPDX list has it."""
    return text_words("Apache-2.0").text


def code(name: str) -> str:
    """A module of some length that no other package has."""
    steps = (f"def {name}_{number}(value):\n    return value + {number}\n" for number in range(30))
    return "\n\n".join(steps)


def package(name: str) -> dict[str, str]:
    """The files of a package at its pin."""
    modules = {f"src/{name}/{module}.py": code(f"{name}_{module}") for module in ("__init__", "core", "util", "tools")}
    if name == "rocket":
        return {path: HEADER + text for path, text in modules.items()} | {"LICENSE": apache(), "NOTICE": NOTICE}
    return {"dice": {"LICENSE.rst": bsd()}, "juggle": {"LICENSE": mit()}}[name] | modules


def url(name: str) -> str:
    """The address that the manifest gives for a package."""
    return f"https://github.com/o/{name}"


@cache
def upstreams() -> Mapping[str, Upstream]:
    """The repositories of the packages, by name."""
    return {name: project(package(name)) for name in NAMES}


def mirrors(more: Mapping[str, Upstream] | None = None) -> dict[str, str]:
    """Where the repositories are fetched from; `more` by their addresses."""
    ours = {url(name): str(made.path) for name, made in upstreams().items()}
    return ours | {address: str(made.path) for address, made in (more or {}).items()}


def options() -> list[str]:
    """The arguments that lead the command line to the repositories."""
    places = [part for address, path in mirrors().items() for part in ("--mirror", f"{address}={path}")]
    return ["--cache-dir", str(CACHE), *places]


def wheel(path: Path, files: Contents, name: str = "app-1.0", metadata: str = METADATA) -> Path:
    """A wheel with these files, and a RECORD that is true."""
    info = f"{name}.dist-info"
    every: dict[str, str | bytes] = {**files}
    every.setdefault(f"{info}/METADATA", metadata)
    every.setdefault(f"{info}/WHEEL", "Wheel-Version: 1.0\n")
    rows = "".join(
        f"{one},sha256={_digest(_bytes(content))},{len(_bytes(content))}\n" for one, content in every.items()
    )
    every.setdefault(f"{info}/RECORD", f"{rows}{info}/RECORD,,\n")
    return zipped(path, every)


def zipped(path: Path, files: Contents) -> Path:
    """A zip archive."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, _bytes(content))
    return path


def tarred(path: Path, files: Contents, mode: str = "w:gz") -> Path:
    """A tar archive."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]  # the mode is a value here
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(_bytes(content))
            archive.addfile(member, io.BytesIO(_bytes(content)))
    return path


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


class App:
    """The project's folder; `build` makes the archives anew from what lies in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in NAMES:
            for path, content in package(name).items():
                self.write(f"{self.place(name)}/{path.removeprefix(f'src/{name}/')}", content)
        self.write("src/app/__init__.py", "print('app')\n")
        self.write("LICENSE", "Copyright 2026 App Inc. All rights reserved.\n")
        self.write("README.md", "# App\n\nBuilt with Dice, Juggle and Rocket.\n")
        self.write("auditor.toml", self.manifest())
        self.build()

    @staticmethod
    def place(name: str) -> str:
        """The folder of a vendored package."""
        return f"src/app/_vendor/{name}"

    @staticmethod
    def manifest(names: tuple[str, ...] = NAMES, more: str = "") -> str:
        """What says which of the packages are vendored, and how the project is passed on."""
        entries = (
            f'[[dependency]]\nname = "{name}"\nrepository = "{url(name)}"\ncommit = "{upstreams()[name].id("main")}"\n'
            f'path = "{App.place(name)}"\n\n'
            for name in names
        )
        distribution = f'kind = ["source", "binary"]\nartifacts = ["dist/*"]\nnotices = "{NOTICES}"\n'
        return f'{"".join(entries)}[distribution]\n{distribution}\n[surfaces]\npromotion = ["README.md"]\n{more}'

    def path(self, path: str) -> Path:
        """A file of the project."""
        return self.folder / path

    def read(self, path: str) -> str:
        """The text of a file."""
        return self.path(path).read_text("utf-8")

    def write(self, path: str, content: str | bytes) -> Path:
        """Writes a file, with the folders above it."""
        written = self.path(path)
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_bytes(_bytes(content))
        return written

    def change(self, path: str, old: str, new: str) -> None:
        """Replaces words of a file; they must be there."""
        text = self.read(path)
        assert old in text, f"{path} lacks {old!r}"
        self.write(path, text.replace(old, new))

    def build(self) -> None:
        """Make the wheel and the sdist."""
        files = self._files()
        modules = {path.removeprefix("src/"): content for path, content in files.items() if path.startswith("src/")}
        licenses = {path: content for path, content in files.items() if path in ("LICENSE", NOTICES)}
        info = {f"app-1.0.dist-info/licenses/{path}": content for path, content in licenses.items()}
        wheel(self.path(f"dist/{WHEEL}"), modules | info)
        whole = {f"app-1.0/{path}": content for path, content in files.items()}
        tarred(self.path(f"dist/{SDIST}"), whole | {"app-1.0/PKG-INFO": METADATA.encode()})

    def _files(self) -> dict[str, bytes]:
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        named = {path.relative_to(self.folder).as_posix(): path for path in paths}
        return {name: path.read_bytes() for name, path in named.items() if not name.startswith("dist/")}

    def audit(self, *targets: str, more: Mapping[str, Upstream] | None = None, today: date = TODAY) -> Audit:
        """What the library says of the project, or of these files of it."""
        places = [self.path(target) for target in targets] or [self.folder]
        return auditor.examine_obligations(places, mirrors=mirrors(more), cache_dir=CACHE, today=today)

    def run(self, command: str, *arguments: str) -> Ran:
        """Runs the command line in the project's folder, within this process."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2))
        with chdir(self.folder), redirect_stdout(out), redirect_stderr(err):
            try:
                code = main([command, *arguments, *options()])
            except SystemExit as error:
                code = int(error.code or 0)
        out.seek(0)
        err.seek(0)
        return Ran(code, out.read(), err.read())
