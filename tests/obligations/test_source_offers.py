"""Binaries of copyleft code come with their source, its address, or an offer."""

from dataclasses import replace

import pytest
from shipped_project import COMMIT, component, supply, text

from auditor.licenses.texts.index import text_words
from auditor.model import Place
from auditor.model.manifest import Distribution
from auditor.model.obligation import Artifact, Obligation, Shipping
from auditor.obligations.run import judge_shipping

GPL = text_words("GPL-2.0").text
COMPILED = ("lib/flask/core.so", "lib/flask/data.txt")


def offered(readme: str = "", files: tuple[str, ...] = COMPILED, archives: tuple[str, ...] = ()) -> Obligation:
    part = replace(component("flask"), files=files)
    texts = (text("COPYING", GPL), text("README", readme))
    artifact = Artifact("dist/p.binary", "binary", texts, (part,), certain=True, archives=archives)
    shipping = Shipping(Distribution(("binary",)), (supply("flask", {"COPYING": GPL}),), (artifact,))
    subjects = (made.subject for made in judge_shipping(shipping))
    (found,) = (
        one for one in subjects if isinstance(one, Obligation) and one.clause and one.clause.atom == "source-offer"
    )
    return found


def test_a_compiled_part_without_source_is_a_violation() -> None:
    found = offered("A program.")
    assert (found.verdict, found.breach) == ("violated", "source-offer-missing")


ENOUGH = [
    "The source code of flask is at https://example.org/flask-1.0.tar.gz",
    f"flask: source at https://github.com/o/flask/tree/{COMMIT}",
    "We offer flask's users a written offer: the complete corresponding source code for flask on request.",
]


@pytest.mark.parametrize("readme", ENOUGH)
def test_an_address_or_an_offer_is_enough(readme: str) -> None:
    found = offered(f"Ours\n\n{readme}\n")
    assert found.verdict == "fulfilled"
    assert [(one.path, one.lines.start if one.lines else 0) for one in found.evidence] == [("README", 3)]


@pytest.mark.parametrize(
    "readme",
    [
        "flask is great. Our own source is at https://example.org/ours-1.0",
        "flask is under https://www.gnu.org/licenses/gpl-2.0.html",
        "Ours is open source.",
    ],
)
def test_another_address_is_not(readme: str) -> None:
    assert offered(readme).verdict == "violated"


def test_an_offer_for_nobody_in_particular_is_for_review() -> None:
    found = offered("The corresponding source code may be obtained from us.")
    assert (found.verdict, found.breach) == ("review", "source-offer-missing")


def test_the_licence_speaks_of_offers_itself() -> None:
    assert "written offer" in GPL
    assert offered().verdict == "violated"


def test_an_archive_of_its_name_is_its_source() -> None:
    assert offered(archives=("src/Flask-1.0.tar.gz",)).verdict == "fulfilled"
    assert offered(archives=("src/dice-1.0.tar.gz",)).verdict == "violated"


def test_source_files_are_their_own_source() -> None:
    assert offered(files=("flask/core.py", "flask/data.txt")).verdict == "fulfilled"
    assert offered(files=("flask/core.py", "flask/fast.cpython-311.so")).verdict == "violated"


def test_where_the_form_is_not_known_a_person_decides() -> None:
    assert offered(files=()).verdict == "review"


def test_an_exception_may_allow_it() -> None:
    one = supply("flask", {"COPYING": f"{GPL}\n\nSPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0\n"})
    part = replace(component("flask"), files=COMPILED)
    artifact = Artifact("dist/p.binary", "binary", (text("COPYING", GPL),), (part,), certain=True)
    found = [made.subject for made in judge_shipping(Shipping(Distribution(("binary",)), (one,), (artifact,)))]
    offers = [made for made in found if isinstance(made, Obligation) and made.breach == "source-offer-missing"]
    assert [made.verdict for made in offers] == ["review"]
    assert offers[0].dependency.place == Place("auditor.toml", 1, 1, 1, 1)
