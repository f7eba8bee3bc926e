"""Input that was made to hang or break the judge does neither."""

import time

import pytest
from shipped_project import BSD, MIT, NAMES, component, notices, place, project, supply, surface, upstream, wheel

from auditor.model import LicenseText
from auditor.model.manifest import Dependency, Distribution
from auditor.model.obligation import Artifact, Obligation, ShippedText, Shipping, Supply, Surface
from auditor.model.shipment import ChangedFile, Copy
from auditor.obligations.run import judge_shipping

PIECE = BSD.replace("Pallets", "Somebody")
HOSTILE = {
    "one long word": "a" * 500_000,
    "one line": "source code flask Pallets " * 20_000,
    "the notice, nearly, over and over": PIECE * 200,
    "the notice over and over": BSD * 200,
    "holders": "Copyright 2010 Pallets\n" * 5_000,
    "strangers": "".join(f"Copyright {1900 + number % 120} Team {number}\n" for number in range(5_000)),
    "pieces of the notice": " ".join(BSD.split()[:40]) * 1_000,
    "sentences": "Endorsed by Flask. " * 10_000,
    "lists": "Trusted by " + "Foo, " * 50_000 + "Flask",
    "paragraphs": "x\n\n" * 100_000,
    "brackets": "<" * 300_000,
    "nothing but signs": "*/#;-\n" * 50_000,
    "NUL": "\0" * 100_000,
    "lone surrogates": "\ud800 Copyright 2010 \udcff\n" * 2_000,
    "empty": "",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_judged_in_time(content: str) -> None:
    file = ShippedText("NOTICES", content, LicenseText(), "third-party")
    artifact = Artifact("a", "binary", (file,), tuple(map(component, NAMES)), certain=True)
    supplies = (*project().supplies, supply("rocket2", upstream("rocket") | {"NOTICE": content or "x"}))
    start = time.monotonic()
    judge_shipping(Shipping(Distribution(("binary",)), supplies, (artifact,), (Surface("README.md", content),)))
    assert time.monotonic() - start < 10


def test_many_dependencies_and_texts() -> None:
    texts = tuple(ShippedText(f"n/{number}", MIT, LicenseText()) for number in range(200))
    artifact = Artifact("a", "binary", texts, certain=True)
    supplies = tuple(supply("dice", use="bundled") for _ in range(100))
    start = time.monotonic()
    judge_shipping(Shipping(Distribution(("binary",)), supplies, (artifact,)))
    assert time.monotonic() - start < 20


def test_a_file_that_could_not_be_compared_is_not_fulfilled() -> None:
    changed = ChangedFile("a.py", "a.py", trouble="too large")
    shipping = Shipping(
        Distribution(("source",)), (supply("rocket", source=Copy(changed=(changed,))),), project().artifacts[1:]
    )
    made = [one.subject for one in judge_shipping(shipping) if isinstance(one.subject, Obligation)]
    assert {one.verdict for one in made if one.when == "modified"} == {"unexamined"}


def test_names_without_words_do_no_harm() -> None:
    one = supply("flask", use="bundled")
    nameless = Supply(Dependency("???", place("x"), use="bundled"), one.subject, one.texts)
    shipping = Shipping(
        Distribution(("binary",)), (nameless,), (wheel(notices(flask="")),), (surface("??? endorsed by ???"),)
    )
    assert judge_shipping(shipping)
