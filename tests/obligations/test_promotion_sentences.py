"""Sentences that promote with somebody's name are found; facts about use are left alone."""

import pytest
from shipped_project import BSD, supply, surface, text

from auditor.model.manifest import Distribution
from auditor.model.obligation import Artifact, Obligation, Shipping
from auditor.obligations.run import judge_shipping
from auditor.rules import acknowledgement_missing, advertising_review, endorsement_review

NAMED = BSD.replace("the copyright holder nor the names of its contributors", "Jane Roe nor the names of Acme Labs")
SENTENCE = "This product includes software developed by the Acme Labs."
ADVERTISING = f"""\
3. All advertising materials mentioning features or use of this software must display the following
   acknowledgement: {SENTENCE}"""
BSD4 = NAMED.replace("3. Neither", f"{ADVERTISING}\n\n4. Neither")


def judged(license_text: str, page: str, atom: str) -> Obligation:
    one = supply("flask", {"LICENSE": license_text})
    shipping = Shipping(Distribution(("binary",)), (one,), (), (surface(page),))
    subjects = (made.subject for made in judge_shipping(shipping))
    (found,) = (one for one in subjects if isinstance(one, Obligation) and one.clause and one.clause.atom == atom)
    return found


PROMOTES = [
    "Endorsed by Jane Roe.",
    "Our app is **endorsed by** Jane Roe!",
    "Trusted by Foo, Bar and Acme Labs.",
    "trusted by Google, Mozilla, the Acme Labs",
    "We are an official Flask partner.",
    "The official client for Flask.",
    "An official extension of Flask, with batteries.",
    "A Flask-certified application server.",
    "Made in partnership with Acme Labs.",
    "From the creators of Flask.",
    "Brought to you by Jane Roe and friends",
    "Recommended by [Jane Roe](https://example.org).",
    "| Endorsed by Acme Labs |",
    "Jane Roe endorses it.",
]


@pytest.mark.parametrize("sentence", PROMOTES)
def test_promotion_is_for_review(sentence: str) -> None:
    found = judged(NAMED, f"# Ours\n\nSome program.\n\n{sentence}\n\nMore text.\n", "no-endorse")
    assert (found.verdict, found.breach) == ("review", "endorsement-review")
    (evidence,) = found.evidence
    assert (evidence.path, evidence.document) == ("README.md", "README.md")
    assert evidence.lines is not None
    assert evidence.lines.start == 5


FACTS = [
    "Built with Flask.",
    "It requires Flask 2.2 or later.",
    "Powered by Flask, supports Flask blueprints.",
    "See the official Flask documentation.",
    "As recommended by Jane Roe, the factory pattern is used.",
    "This layout is recommended by the Flask documentation.",
    "Not endorsed by Jane Roe.",
    "Ours is neither affiliated with nor endorsed by Acme Labs.",
    "Flask was written by Jane Roe.",
    "Jane Roe wrote the parser.",
    "Endorsed by the copyright holder.",
    "Trusted by contributors everywhere.",
    "Our official site shows how Flask works.",
    "Click here; flask and dice recommended reading follows.",
    "Approved by our board; Flask is used inside.",
    SENTENCE,
]


@pytest.mark.parametrize("sentence", FACTS)
def test_facts_are_left_alone(sentence: str) -> None:
    found = judged(NAMED, f"# Ours\n\n{sentence}\n", "no-endorse")
    assert (found.verdict, found.breach) == ("fulfilled", None)
    assert "1 promotion surface" in found.reason


def test_a_licence_text_on_a_surface_is_no_promotion() -> None:
    assert judged(NAMED, f"# Ours\n\n{NAMED}", "no-endorse").verdict == "fulfilled"


def test_without_a_named_party_the_holder_is_protected() -> None:
    assert judged(BSD, "Endorsed by Pallets.", "no-endorse").verdict == "review"


def test_advertising_that_mentions_it_needs_the_sentence() -> None:
    assert judged(BSD4, "Ours is built with Flask.", "advertising-ack").breach == "advertising-review"
    shown = judged(BSD4, f"Ours is built with Flask.\n\n{SENTENCE}\n", "advertising-ack")
    assert (shown.verdict, shown.breach) == ("fulfilled", None)
    assert judged(BSD4, "Ours is a program.", "advertising-ack").verdict == "fulfilled"


def test_the_university_of_california_deleted_its_condition() -> None:
    regents = BSD4.replace("2010 Pallets", "1990 The Regents of the University of California")
    found = judged(regents, "Ours is built with Flask.", "advertising-ack")
    assert found.verdict == "not-applicable"
    assert "1999" in found.reason


ANY_FORM = BSD.replace(
    "THIS SOFTWARE IS PROVIDED BY",
    f"4. Redistributions of any form whatsoever must retain the following acknowledgment:\n   '{SENTENCE}'\n\n"
    "THIS SOFTWARE IS PROVIDED BY",
)


@pytest.mark.parametrize(("content", "verdict"), [(SENTENCE, "fulfilled"), ("nothing", "violated")])
def test_an_acknowledgement_must_be_there(content: str, verdict: str) -> None:
    one = supply("flask", {"LICENSE": ANY_FORM})
    artifact = Artifact("dist/p.binary", "binary", (text("NOTICE", content),), certain=True)
    shipping = Shipping(Distribution(("binary",)), (one,), (artifact,), (surface("# Ours"),))
    rules = (acknowledgement_missing, endorsement_review, advertising_review)
    judgements = judge_shipping(shipping, rules)
    (found,) = (
        made
        for made in judgements
        if isinstance(made.subject, Obligation) and made.subject.clause and made.subject.clause.atom == "any-form-ack"
    )
    assert isinstance(found.subject, Obligation)
    assert found.subject.verdict == verdict
    assert [one.rule for one in found.findings] == ["acknowledgement-missing"] * (verdict == "violated")


def test_a_surface_that_denies_in_one_sentence_may_promote_in_the_next() -> None:
    found = judged(NAMED, "Not endorsed by Acme Labs. Endorsed by Jane Roe.", "no-endorse")
    assert [one.note for one in found.evidence] == ["“Endorsed by Jane Roe”"]


def test_a_page_in_html_is_read_as_text() -> None:
    page = "<html><body><h1>Ours</h1><p>Endorsed by <b>Jane Roe</b></p><p>Built with Flask</p></body></html>"
    assert judged(NAMED, page, "no-endorse").verdict == "review"
    page = page.replace("Endorsed by", "Written by")
    assert judged(NAMED, page, "no-endorse").verdict == "fulfilled"
