"""`auditor obligations` on a large wheel and on a large container image, against reading every byte of them once.

Sources are those of the standard library, licence texts those that are installed beside this interpreter, and what
fills the rest up to the wanted size cannot be packed, as compiled code can hardly be.
"""

import base64
import hashlib
import io
import json
import random
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from benchmarks.licenses import installed_texts
from benchmarks.measure import AUDITOR, Command, run_in_turns
from benchmarks.table import Row, limit_row, time_row

_MOST_RATIO, _MOST_MEMORY = 6, 300  # MiB
_BLOB = 20 << 20  # bytes of the largest member
_PARTS = 40  # vendored packages in the wheel, installed ones in the image
_CODES = frozenset({0, 1, 3})  # what the audit finds in invented packages is no failure of the measurement
_ZIP_FLOOR = """
import hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for info in archive.infolist():
        hashlib.sha1(archive.read(info)).digest()
"""
_TAR_FLOOR = """
import hashlib, sys, tarfile
def read(archive):
    for member in archive:
        if member.name.endswith("layer.tar"):
            with tarfile.open(fileobj=archive.extractfile(member), mode="r:") as layer:
                read(layer)
        elif member.isfile():
            hashlib.sha1(archive.extractfile(member).read()).digest()
with tarfile.open(sys.argv[1], "r:") as archive:
    read(archive)
"""

Files = Iterator[tuple[str, bytes]]


def measure_shipments(work: Path, wheel_megabytes: int, image_megabytes: int, rounds: int) -> list[Row]:
    """Seconds beside the floor, and the peak of memory, for each of the two."""
    work.mkdir(parents=True)
    wheel, image = work / "big-1.0-py3-none-any.whl", work / "image.tar"
    _write_wheel(wheel, wheel_megabytes << 20)
    _write_image(image, image_megabytes << 20)
    commands = {
        "wheel": _audit(work, wheel),
        "zip": Command([sys.executable, "-c", _ZIP_FLOOR, str(wheel)]),
        "image": _audit(work, image),
        "tar": Command([sys.executable, "-c", _TAR_FLOOR, str(image)]),
    }
    costs = run_in_turns(commands, rounds)
    rows = []
    for name, floor, peer, size in (
        ("wheel", "zip", "SHA-1 of every member", wheel_megabytes),
        ("image", "tar", "SHA-1 of every file", image_megabytes),
    ):
        what = f"`auditor obligations`, {name} of {size:,} MB"
        rows.append(time_row(what, costs[name].seconds, costs[floor].seconds, peer, _MOST_RATIO))
        rows.append(limit_row(f"{what}: peak memory", costs[name].megabytes, _MOST_MEMORY, "MiB"))
    return rows


def _audit(work: Path, artifact: Path) -> Command:
    options = ["--no-progress", "--quiet", "--offline", "--cache-dir", str(work / "cache")]
    return Command([*AUDITOR, "obligations", *options, str(artifact)], codes=_CODES)


def _write_wheel(path: Path, size: int) -> None:
    """A wheel of about so many bytes: half of it small files, packages with their licences among them."""
    rows = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _wheel_files(path, size):
            archive.writestr(name, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            rows.append(f"{name},sha256={digest},{len(content)}\n")
        archive.writestr("big-1.0.dist-info/RECORD", "".join(rows) + "big-1.0.dist-info/RECORD,,\n")


def _wheel_files(path: Path, size: int) -> Files:
    """Those of the wheel; how much has been written already is seen at its file."""
    yield "big-1.0.dist-info/METADATA", b"Metadata-Version: 2.4\nName: big\nVersion: 1.0\n"
    yield "big-1.0.dist-info/WHEEL", b"Wheel-Version: 1.0\n"
    yield from _packages("big/_vendor/", "{name}-1.0.dist-info/licenses/LICENSE", "{name}-1.0.dist-info/METADATA")
    for name, content in _sources("big/"):
        if path.stat().st_size > size // 2:
            break
        yield name, content
    yield from _blobs("big/lib/", size - path.stat().st_size)


def _write_image(path: Path, size: int) -> None:
    """What `docker save` writes: a Debian layer, one with Python packages, one that takes files away again."""
    removed = (("usr/lib/big/.wh.0.so", b""), ("opt/app/.wh..wh..opq", b""), ("opt/app/main.py", b"print(1)\n"))
    layers = [_debian(size // 2), _python(size // 2), iter(removed)]
    names = [f"{number:064x}/layer.tar" for number in range(len(layers))]
    with tarfile.open(path, "w") as archive:
        for name, files in zip(names, layers, strict=True):
            layer = path.with_name("layer.tar")
            with tarfile.open(layer, "w") as inner:
                for file, content in files:
                    _add(inner, file, content)
            archive.add(layer, name)
            layer.unlink()
        _add(archive, "manifest.json", json.dumps([{"Config": "config.json", "Layers": names}]).encode())
        _add(archive, "config.json", b'{"architecture": "amd64", "os": "linux"}')


def _debian(size: int) -> Files:
    names = [f"lib{number}" for number in range(_PARTS)]
    entries = (
        f"Package: {name}\nStatus: install ok installed\nVersion: 1.0-1\nArchitecture: amd64\n" for name in names
    )
    yield "var/lib/dpkg/status", "\n".join(entries).encode()
    for name, text in zip(names, cycle(_texts()), strict=False):
        yield f"usr/share/doc/{name}/copyright", f"{name}\n\n{text}".encode()
        yield f"var/lib/dpkg/info/{name}.list", f"/usr/share/doc/{name}/copyright\n".encode()
    yield from _blobs("usr/lib/big/", size)


def _python(size: int) -> Files:
    folder = "usr/lib/python3/dist-packages/"
    yield from _packages(folder, "{name}-1.0.dist-info/licenses/LICENSE", "{name}-1.0.dist-info/METADATA")
    sources, length = [], 0
    for name, content in islice(_sources(folder), 20_000):
        length += len(content)
        if length > size // 4:
            break
        sources.append((name, content))
    yield from sources
    yield from _blobs("opt/app/", size - length)


def _packages(folder: str, license_path: str, metadata: str) -> Files:
    for number, text in zip(range(_PARTS), cycle(_texts())):
        name = f"part{number}"
        yield folder + metadata.format(name=name), f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n".encode()
        yield folder + license_path.format(name=name), text.encode()
        yield f"{folder}{name}/__init__.py", f"NUMBER = {number}\n".encode() * 30


def _texts() -> list[str]:
    return installed_texts()[1]


def _sources(folder: str) -> Files:
    """Modules of the standard library, again and again, each with a line of its own."""
    paths = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    contents = [path.read_bytes() for path in paths]
    for number, content in enumerate(cycle(contents)):
        yield f"{folder}part{number % _PARTS}/module{number}.py", b"%s# module %d\n" % (content, number)


def _blobs(folder: str, size: int) -> Files:
    noise = random.Random(0)
    for number, start in enumerate(range(0, size, _BLOB)):
        yield f"{folder}{number}.so", noise.randbytes(min(_BLOB, size - start))


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
