import pytest

from auditor.model import (
    Finding,
    LicenseFile,
    LicenseMatch,
    LicenseText,
    Lines,
    Place,
    Reference,
    Statement,
    StatementFact,
)
from auditor.rules.license_mismatch import check

URL = "https://github.com/o/r"
SHA = "1" * 40


def text(*ids: str | None, path: str = "LICENSE", references: tuple[Reference, ...] = ()) -> LicenseFile:
    matches = tuple(LicenseMatch(one, one or "MIT", Lines(2, 9)) for one in ids)
    return LicenseFile(path, "0" * 40, LicenseText(matches, references=references))


def found(written: str, *files: LicenseFile, repository: str = URL) -> list[Finding]:
    statement = Statement("license", Place("report.md", 3, 11, 3, 13), written, repository, True)
    ids = tuple(match.license for file in files if file.text for match in file.text.matches if match.license)
    return list(check(StatementFact(statement, SHA, files, ids)))


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("MIT", ["BSD-3-Clause"]),
        ("MIT License", ["BSD-3-Clause"]),
        ("BSD", ["MIT"]),
        ("GPL", ["MPL-2.0"]),
        ("BSD-2-Clause", ["BSD-3-Clause"]),
        ("MIT OR ISC", ["Apache-2.0"]),
        ("GPL-3.0-or-later", ["GPL-2.0"]),
        ("Apache-2.0 License", ["MIT"]),
        ("MIT", ["Apache-2.0", "BSD-3-Clause"]),
    ],
)
def test_another_licence_lies_there(written: str, there: list[str]) -> None:
    (finding,) = found(written, text(*there))
    assert (finding.rule, finding.severity) == ("license-mismatch", "error")
    assert all(license_id in finding.message for license_id in there)
    assert finding.replacement is None or not finding.replacement.safe


def test_the_texts_are_linked_at_the_commit() -> None:
    (finding,) = found("MIT", text("ISC", path="doc files/LICENSE"))
    (related,) = finding.related
    assert related.url == f"{URL}/blob/{SHA}/doc%20files/LICENSE#L2-L9"


def test_an_unknown_host_is_linked_as_a_whole() -> None:
    (finding,) = found("MIT", text("ISC"), repository="https://code.example.org/o/r")
    assert finding.related[0].url == "https://code.example.org/o/r"


REFERENCE = Reference("sentence", Lines(1, 1), "licensed under the MIT license", "MIT")
AGREES = {
    "the same": ("MIT", [text("MIT")]),
    "a name of it": ("MIT License", [text("MIT")]),
    "letter case": ("mit", [text("MIT")]),
    "a family": ("BSD", [text("BSD-3-Clause")]),
    "a family with digits": ("BSD License", [text("0BSD")]),
    "a family's relative": ("Lesser GPL", [text("LGPL-2.1")]),
    "or later": ("GPL-2.0-or-later", [text("GPL-3.0")]),
    "only": ("GPL-3.0-only", [text("GPL-3.0")]),
    "one of two texts": ("MIT", [text("MIT"), text("Apache-2.0", path="LICENSE-APACHE")]),
    "one side of a choice": ("MIT OR Apache-2.0", [text("MIT")]),
    "a part": ("MIT AND ISC", [text("MIT")]),
    "python": ("PSF-2.0", [text("Python-2.0")]),
    "named in the file": ("MIT", [text("ISC", references=(REFERENCE,))]),
    "nothing known": ("MIT", [text()]),
    "no file": ("MIT", []),
    "a changed text": ("MIT", [text("ISC"), text(None, path="COPYING")]),
    "an unknown text": ("MIT", [text("ISC"), text(path="COPYING")]),
    "an unreadable file": ("MIT", [text("ISC"), LicenseFile("COPYING", "0" * 40, None, "too large")]),
    "a licence of one's own": ("LicenseRef-Ours", [text("ISC")]),
    "a made-up name": ("Unlimited Use License", [text("MIT")]),
}


@pytest.mark.parametrize(("written", "files"), AGREES.values(), ids=AGREES)
def test_silence_where_it_agrees_or_is_not_certain(written: str, files: list[LicenseFile]) -> None:
    assert found(written, *files) == []


def test_a_notice_without_a_licence_does_not_silence() -> None:
    assert [one.rule for one in found("MIT", text("ISC"), text(path="NOTICE"))] == ["license-mismatch"]
