"""Whoever passes the whole text of a licence on keeps it: no catalogue may ask for more than its text does."""

from pathlib import Path

import pytest

from auditor.licenses import clauses as module
from auditor.licenses.identify import identify
from auditor.licenses.texts.index import text_words
from auditor.model import LicenseFile, LicenseSubject, Place
from auditor.model.manifest import Dependency, Distribution
from auditor.model.obligation import Artifact, Obligation, ShippedText, Shipping, Supply
from auditor.obligations.run import judge_shipping

CATALOGUES = sorted(path.stem for path in (Path(module.__file__).parent / "data" / "clauses").glob("*.toml"))


def verdicts(license_text: str, shipped: tuple[ShippedText, ...]) -> dict[str, str]:
    """The verdict on each clause, when a dependency with this licence is in a binary with these texts."""
    file = LicenseFile("LICENSE", "0" * 40, identify(license_text))
    dependency = Dependency("shapes", Place("auditor.toml", 1, 1, 1, 1), "pypi", "1.0", use="bundled")
    supply = Supply(dependency, LicenseSubject("shapes", (file,)), {"LICENSE": license_text})
    artifact = Artifact("shop.whl", "binary", certain=True, texts=shipped)
    judged = judge_shipping(Shipping(Distribution(("binary",)), (supply,), (artifact,)))
    made = (verdict.subject for verdict in judged if isinstance(verdict.subject, Obligation))
    return {f"{one.clause.name}: {one.clause.atom}" if one.clause else one.reason: one.verdict for one in made}


def whole(license_text: str) -> tuple[ShippedText, ...]:
    return (ShippedText("licenses/shapes/LICENSE", license_text, identify(license_text)),)


def sample(license_id: str) -> str:
    return f"Copyright (c) 2020 Jane Roe\n\n{text_words(license_id).text}"


@pytest.mark.parametrize("license_id", CATALOGUES)
def test_the_whole_text_violates_nothing(license_id: str) -> None:
    found = verdicts(sample(license_id), whole(sample(license_id)))
    assert "violated" not in found.values()
    assert not [reason for reason in found if "no catalogue" in reason]


@pytest.mark.parametrize(
    ("license_id", "clause"),
    [
        ("OFL-1.1", "condition 2: keep-notice"),
        ("Bitstream-Vera", "permission notice condition: keep-notice"),
        ("Unicode-3.0", "condition (a) or (b): keep-notice"),
        ("TCL", "notice condition: keep-notice"),
        ("dtoa", "documentation condition: documentation-notice"),
        ("OLDAP-2.8", "clause 3: license-copy"),
        ("EUPL-1.2", "article 5, attribution right: license-copy"),
        ("ZPL-2.1", "clause 2: binary-reproduce"),
    ],
)
def test_a_text_that_is_missing_is_found_missing(license_id: str, clause: str) -> None:
    assert verdicts(sample(license_id), whole(sample(license_id)))[clause] == "fulfilled"
    assert verdicts(sample(license_id), ())[clause] == "violated"


NOT_WITH_BINARIES = ("AFL-3.0", "BlueOak-1.0.0", "CC-BY-3.0", "CC-BY-4.0", "FTL", "IJG", "SGI-B-2.0", "UPL-1.0")


@pytest.mark.parametrize("license_id", NOT_WITH_BINARIES)
def test_a_licence_whose_text_need_not_come_with_a_binary(license_id: str) -> None:
    assert "violated" not in verdicts(sample(license_id), ()).values()
