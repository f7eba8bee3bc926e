"""Installed packages and packed releases, built as pip leaves them."""

import json
import tarfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

CODE = {f"pkg/{name}.py": f"def {name}():\n    return {number}\n" for number, name in enumerate("abcdefgh")}
IN_SRC = {f"src/{path}": text for path, text in CODE.items()}
REPOSITORY = "https://example.org/o/pkg"


def metadata(name: str = "pkg", version: str = "1.2.0", repository: str | None = REPOSITORY) -> str:
    """Core metadata that name a repository."""
    url = f"Project-URL: Source, {repository}\n" if repository else ""
    return f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{url}\n"


def install(
    site: Path,
    files: Mapping[str, str] = CODE,
    name: str = "pkg",
    version: str = "1.2.0",
    repository: str | None = REPOSITORY,
    direct_url: object = None,
    record: str | None = None,
) -> Path:
    """Put a package into a folder of packages; returns its `*.dist-info`. `record` stands in for the list of files."""
    info = site / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(text.encode())
    (info / "METADATA").write_text(metadata(name, version, repository))
    listed = "".join(f"{path},sha256=x,{len(text)}\n" for path, text in files.items())
    (info / "RECORD").write_text(listed + f"{info.name}/METADATA,,\n" if record is None else record)
    if direct_url is not None:
        (info / "direct_url.json").write_text(json.dumps(direct_url))
    return info


def wheel(path: Path, files: Mapping[str, str] = CODE) -> Path:
    """A wheel of pkg 1.2.0, some of its files in the folder for pure Python (PEP 427)."""
    with zipfile.ZipFile(path, "w") as archive:
        for number, (name, text) in enumerate(files.items()):
            archive.writestr(f"pkg-1.2.0.data/purelib/{name}" if number % 2 else name, text)
        archive.writestr("pkg-1.2.0.dist-info/METADATA", metadata())
        archive.writestr("pkg-1.2.0.dist-info/RECORD", "")
    return path


def sdist(path: Path, files: Mapping[str, str] = IN_SRC) -> Path:
    """An sdist of pkg 1.2.0 as setuptools makes it."""
    more = {"PKG-INFO": metadata(), "setup.cfg": "[egg_info]\n", "src/pkg.egg-info/SOURCES.txt": "x\n"}
    with tarfile.open(path, "w:gz") as archive:
        for name, text in {**files, **more}.items():
            member = tarfile.TarInfo(f"pkg-1.2.0/{name}")
            member.size = len(text.encode())
            archive.addfile(member, BytesIO(text.encode()))
    return path
