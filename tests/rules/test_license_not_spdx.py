import pytest

from auditor.model import Finding, LicenseFile, LicenseMatch, LicenseText, Lines, Place, Statement, StatementFact
from auditor.rules.license_not_spdx import check

URL = "https://github.com/o/r"


def found(written: str, *licenses: str, explicit: bool = True, repository: str | None = URL) -> list[Finding]:
    statement = Statement("license", Place("report.md", 3, 11, 3, 13), written, repository, explicit)
    matches = tuple(LicenseMatch(one, one, Lines(1, 9)) for one in licenses)
    files = (LicenseFile("LICENSE", "0" * 40, LicenseText(matches)),) if licenses else ()
    return list(check(StatementFact(statement, "1" * 40, files, licenses)))


@pytest.mark.parametrize(
    "written",
    [
        "MIT",
        "mit",
        "BSD-3-Clause",
        "Apache-2.0 OR MIT",
        "GPL-3.0",
        "GPL-2.0+",
        "GPL-2.0-only WITH Classpath-exception-2.0",
    ],
)
def test_identifiers_are_fine(written: str) -> None:
    assert found(written) == []


def test_an_ambiguous_name_is_replaced_by_what_the_text_proves() -> None:
    (finding,) = found("BSD", "BSD-3-Clause")
    assert (finding.rule, finding.severity) == ("license-not-spdx", "warning")
    assert finding.replacement is not None
    assert (finding.replacement.text, finding.replacement.safe) == ("BSD-3-Clause", True)
    assert "BSD-3-Clause" in finding.remedy
    assert "LICENSE" in finding.remedy


@pytest.mark.parametrize(
    ("written", "licenses"),
    [("BSD", ()), ("BSD", ("BSD-2-Clause", "BSD-3-Clause")), ("GPL", ("GPL-3.0",))],
    ids=["no text", "several texts", "a text that does not say or later"],
)
def test_an_ambiguous_name_without_proof_is_not_replaced(written: str, licenses: tuple[str, ...]) -> None:
    (finding,) = found(written, *licenses)
    assert finding.severity == "warning"
    assert finding.replacement is None
    assert all(license_id in finding.remedy for license_id in licenses)


def test_a_clear_name_is_a_note() -> None:
    (finding,) = found("MIT License", "MIT")
    assert finding.severity == "note"
    assert finding.replacement is not None
    assert (finding.replacement.text, finding.replacement.safe) == ("MIT", True)
    (unproven,) = found("MIT License")
    assert (unproven.severity, unproven.replacement, unproven.remedy) == ("note", None, "write MIT")


def test_an_identifier_with_the_word_license_is_clear() -> None:
    (finding,) = found("Apache-2.0 License")
    assert (finding.severity, finding.remedy) == ("note", "write Apache-2.0")


def test_a_made_up_name_is_not_replaced_unasked() -> None:
    (finding,) = found("Unlimited Use License", "MIT")
    assert finding.severity == "warning"
    assert finding.replacement is not None
    assert not finding.replacement.safe


@pytest.mark.parametrize("written", ["MIT, BSD", "BSD license, 2 clauses, ours"])
def test_what_says_more_than_the_text_is_not_replaced_unasked(written: str) -> None:
    (finding,) = found(written, "BSD-3-Clause")
    assert finding.replacement is not None
    assert not finding.replacement.safe


def test_prose_is_noted_only_where_it_is_ambiguous() -> None:
    assert found("MIT license", "MIT", explicit=False) == []
    (finding,) = found("BSD license", "BSD-3-Clause", explicit=False)
    assert (finding.severity, finding.replacement) == ("note", None)


@pytest.mark.parametrize(
    ("written", "licenses", "repository"),
    [("BSD", ("MIT",), URL), ("BSD", ("BSD-3-Clause",), None)],
    ids=["another rule says it", "own project, perhaps"],
)
def test_silence(written: str, licenses: tuple[str, ...], repository: str | None) -> None:
    assert found(written, *licenses, repository=repository) == []


def test_the_fingerprint_stays_when_the_text_changes() -> None:
    assert found("BSD", "BSD-3-Clause")[0].fingerprint == found("BSD")[0].fingerprint
