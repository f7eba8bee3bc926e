"""`auditor licenses` as a user meets it: targets of every kind, findings, reviews, output."""

import io
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from upstream import Upstream

import auditor

BSD = """Copyright 2010 Pallets

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are
met:

1.  Redistributions of source code must retain the above copyright
    notice, this list of conditions and the following disclaimer.

2.  Redistributions in binary form must reproduce the above copyright
    notice, this list of conditions and the following disclaimer in the
    documentation and/or other materials provided with the distribution.

3.  Neither the name of the copyright holder nor the names of its
    contributors may be used to endorse or promote products derived from
    this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS
"AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT
LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT
HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED
TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR
PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF
LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING
NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""
NON_COMMERCIAL = BSD.replace("are permitted provided", "are permitted for non-commercial purposes provided")


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


class Shop:
    """A folder with a mirror of https://github.com/o/r; `run` runs `auditor licenses` in it."""

    def __init__(self, folder: Path, made: Upstream) -> None:
        self.folder = folder
        self.sha = made.id("main")
        self._mirror = f"https://github.com/o/r={made.path}"

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *arguments: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "auditor", "licenses", *arguments, "--mirror", self._mirror,
             "--cache-dir", str(self.folder.parent / "cache")],
            cwd=self.folder, capture_output=True, timeout=60,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def shop(tmp_path: Path, upstream: Callable[..., Upstream]) -> Shop:
    made = upstream({"LICENSE.rst": BSD, "setup.cfg": "[metadata]\nlicense = BSD-3-Clause\n", "src/a.py": "x = 1\n"})
    folder = tmp_path / "shop"
    folder.mkdir()
    return Shop(folder, made)


def test_a_file_clause_by_clause(shop: Shop) -> None:
    shop.write("LICENSE", BSD)
    ran = shop.run("LICENSE")
    assert (ran.code, ran.err) == (0, "")
    assert "BSD-3-Clause" in ran.out
    for lines in ("L7-L8", "L10-L12", "L14-L16"):
        assert lines in ran.out
    assert "1 licence file in 1 target: 0 errors, 0 warnings, 0 notes" in ran.out


def test_a_repository_at_a_commit_has_permalinks(shop: Shop) -> None:
    ran = shop.run(f"https://github.com/o/r@{shop.sha}", "--format", "json")
    assert ran.code == 0, ran
    (found,) = json.loads(ran.out)["licenses"]
    assert (found["license"], found["declared"], found["path"], found["commit"]) == (
        "BSD-3-Clause", "BSD-3-Clause", "LICENSE.rst", shop.sha,
    )  # fmt: skip
    links = {clause["clause"]: clause["permalink"] for clause in found["clauses"]}
    assert links["clause 3"] == f"https://github.com/o/r/blob/{shop.sha}/LICENSE.rst#L14-L16"
    assert found["copyright"] == ["Copyright 2010 Pallets"]


@pytest.mark.parametrize("target", ["https://github.com/o/r@main", "https://github.com/o/r/blob/{sha}/LICENSE.rst"])
def test_other_ways_to_name_a_commit(shop: Shop, target: str) -> None:
    ran = shop.run(target.replace("{sha}", shop.sha), "--format", "json")
    assert ran.code == 0, ran
    assert [found["license"] for found in json.loads(ran.out)["licenses"]] == ["BSD-3-Clause"]


def test_a_commit_that_cannot_be_had_is_not_examined(shop: Shop) -> None:
    ran = shop.run(f"https://github.com/o/r@{'0' * 40}")
    assert ran.code == 3
    assert "not examined" in ran.out


def zipped(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def tarred(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return data.getvalue()


PACKAGE = {"p-1.dist-info/METADATA": "Metadata-Version: 2.4\nName: p\nVersion: 1\nLicense-Expression: BSD-3-Clause\n"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p-1-py3-none-any.whl", zipped({**PACKAGE, "p-1.dist-info/licenses/LICENSE": BSD})),
        ("p-1.tar.gz", tarred({"p-1/PKG-INFO": PACKAGE["p-1.dist-info/METADATA"], "p-1/LICENSE": BSD})),
    ],
)
def test_archives_are_read_where_they_lie(shop: Shop, name: str, data: bytes) -> None:
    shop.write(name, data)
    ran = shop.run(name, "--format", "json")
    assert ran.code == 0, ran
    (found,) = json.loads(ran.out)["licenses"]
    assert (found["license"], found["declared"]) == ("BSD-3-Clause", "BSD-3-Clause")
    assert sorted(path.name for path in shop.folder.iterdir()) == [name]


def test_an_altered_text_is_not_named(shop: Shop) -> None:
    shop.write("LICENSE", NON_COMMERCIAL)
    ran = shop.run("LICENSE", "--format", "json")
    assert ran.code == 1
    audit = json.loads(ran.out)
    (found,) = audit["licenses"]
    assert (found["license"], found["nearest"]) == (None, "BSD-3-Clause")
    assert [(change["kind"], change["start"]) for change in found["text_changes"]] == [("added", 4)]
    assert "non-commercial" in found["text_changes"][0]["found"]
    assert [finding["rule"] for finding in audit["findings"]] == ["license-text-altered"]


def test_a_reviewed_text_is_accepted_until_it_changes(shop: Shop) -> None:
    shop.write("LICENSE", NON_COMMERCIAL)
    first = shop.run("LICENSE", "--accept", "--as", "LicenseRef-Ours", "--reviewer", "M", "--reason", "read it")
    assert first.code == 0, first
    assert "LicenseRef-Ours (accepted)" in first.out
    assert shop.run("LICENSE").code == 0
    reviews = (shop.folder / "auditor-reviews.toml").read_text()
    assert 'reviewer = "M"' in reviews
    shop.write("LICENSE", NON_COMMERCIAL.replace("non-commercial", "non-profit"))
    again = shop.run("LICENSE")
    assert again.code == 1
    assert "the text that was accepted here was another one" in " ".join(again.out.split())


def test_a_rider_beside_the_text(shop: Shop) -> None:
    shop.write("code/LICENSE", BSD)
    shop.write("code/ADDENDUM.txt", "In addition, the software may only be used by firms of fewer than 50 people.\n")
    ran = shop.run("code", "--format", "json")
    assert ran.code == 1
    audit = json.loads(ran.out)
    found = {value["path"]: (value["license"], value["nearest"], value["riders"]) for value in audit["licenses"]}
    assert found == {"LICENSE": (None, "BSD-3-Clause", ["ADDENDUM.txt"]), "ADDENDUM.txt": (None, None, [])}
    assert [finding["rule"] for finding in audit["findings"]] == ["license-unknown"]
    assert "BSD-3-Clause with the conditions of" in shop.run("code").out


def test_a_conclusion_must_be_an_expression(shop: Shop) -> None:
    shop.write("LICENSE", NON_COMMERCIAL)
    ran = shop.run("LICENSE", "--accept", "--as", "BSD")
    assert ran.code == 2
    assert "--as BSD" in ran.err
    assert not (shop.folder / "auditor-reviews.toml").exists()


def test_no_licence_at_all(shop: Shop) -> None:
    shop.write("code/a.py", "x = 1\n")
    shop.write("code/pyproject.toml", '[project]\nname = "c"\nlicense = "MIT"\n')
    ran = shop.run("code")
    assert ran.code == 1
    assert "error[license-missing] code holds no licence text" in ran.out
    assert "declares MIT" in " ".join(ran.out.split())


def test_a_text_of_nobody_knows_what(shop: Shop) -> None:
    shop.write("code/LICENSE", "You may look at this, but only on Sundays.\n")
    ran = shop.run("code")
    assert ran.code == 1
    assert "license-unknown" in ran.out or "license-text-altered" in ran.out


@pytest.mark.parametrize("text", [b"", b"\0\0\0\1", b"\x00" * 100])
def test_files_that_say_nothing(shop: Shop, text: bytes) -> None:
    shop.write("LICENSE", text)
    ran = shop.run("LICENSE")
    assert ran.code in (1, 3), ran
    assert "Traceback" not in ran.err


def test_a_path_that_is_not_there(shop: Shop) -> None:
    ran = shop.run("nothing")
    assert ran.code == 2
    assert ran.err.startswith("auditor: nothing: ")


def test_headers_of_sources(shop: Shop) -> None:
    shop.write("code/LICENSE", BSD)
    shop.write("code/a.c", "/* SPDX-License-Identifier: GPL-2.0-only */\nint x;\n")
    shop.write("code/b.c", "int y;\n")
    ran = shop.run("code", "--headers", "--format", "json")
    found = {value["path"]: value["license"] for value in json.loads(ran.out)["licenses"]}
    assert found == {"LICENSE": "BSD-3-Clause", "a.c": "GPL-2.0-only"}


def test_the_json_follows_the_schema(shop: Shop) -> None:
    schema = json.loads(subprocess.run([sys.executable, "-m", "auditor", "schema"], capture_output=True).stdout)
    shop.write("code/LICENSE", NON_COMMERCIAL)
    shop.write("code/sub/LICENSE", BSD)
    for target in ("code", f"https://github.com/o/r@{shop.sha}"):
        jsonschema.validate(json.loads(shop.run(target, "--format", "json").out), schema)


def test_markdown_is_a_table_with_links(shop: Shop) -> None:
    out = shop.run(f"https://github.com/o/r@{shop.sha}", "--format", "markdown").out
    assert "| clause 1 | [L7-L8](<https://github.com/o/r/blob/" in out
    assert "| file | licence | declared |" in out


def test_the_same_input_gives_the_same_output(shop: Shop) -> None:
    shop.write("code/LICENSE", BSD)
    shop.write("code/NOTICE", "thanks\n")
    assert shop.run("code", "--format", "json").out == shop.run("code", "--format", "json").out


def test_the_library_says_the_same(shop: Shop) -> None:
    path = shop.write("LICENSE", BSD)
    (judgement,) = auditor.examine_licenses(path).licenses
    (file,) = judgement.subject.files
    assert file.text is not None
    assert file.text.expression == "BSD-3-Clause"
    assert judgement.findings == ()
