"""What a clause asks depends on how the dependency is passed on; what is not known is never fulfilled."""

from dataclasses import replace

import pytest
from shipped_project import (
    BSD,
    COMMIT,
    MIT,
    NAMES,
    apache,
    component,
    copy,
    notices,
    project,
    supply,
    surface,
    text,
    verdicts,
    wheel,
)

from auditor.licenses.texts.index import text_words
from auditor.model import Declaration, LicenseFile, Lines, Passage, Review
from auditor.model.manifest import Dependency, Distribution, DistributionKind, Use
from auditor.model.obligation import Artifact, Obligation, Shipping, Supply, VendoredCopy
from auditor.model.shipment import Copy
from auditor.obligations.run import judge_shipping

ZERO = text_words("0BSD").text


def alone(one: Supply, *artifacts: Artifact, kinds: tuple[DistributionKind, ...] = ("binary",)) -> Shipping:
    return Shipping(Distribution(kinds), (one,), artifacts, (surface("# Ours\n"),))


def obligations(shipping: Shipping) -> list[Obligation]:
    return [one.subject for one in judge_shipping(shipping) if isinstance(one.subject, Obligation)]


def only(shipping: Shipping, atom: str) -> Obligation:
    (found,) = (one for one in obligations(shipping) if one.clause and one.clause.atom == atom)
    return found


EMPTY = Artifact("dist/p.binary", "binary", certain=True)


@pytest.mark.parametrize("use", ["linked", "dev-only", None])
def test_what_is_not_carried_owes_nothing_in_a_binary(use: Use | None) -> None:
    assert only(alone(supply("flask", use=use), EMPTY), "binary-reproduce").verdict == "not-applicable"


@pytest.mark.parametrize("use", ["vendored", "bundled"])
def test_the_manifest_may_say_that_it_is_carried(use: Use) -> None:
    assert only(alone(supply("flask", use=use), EMPTY), "binary-reproduce").verdict == "violated"


def test_a_component_of_its_name_is_it() -> None:
    artifact = replace(EMPTY, components=(replace(component("Flask"), kind="distribution"),))
    assert only(alone(supply("flask", use=None), artifact), "binary-reproduce").verdict == "violated"


def test_a_component_of_another_system_is_another() -> None:
    artifact = replace(EMPTY, components=(replace(component("flask"), ecosystem="npm"),))
    assert only(alone(supply("flask", use=None), artifact), "binary-reproduce").verdict == "not-applicable"


def test_a_part_that_nobody_knows_may_be_it() -> None:
    found = only(alone(supply("flask", use=None), replace(EMPTY, certain=False)), "binary-reproduce")
    assert (found.verdict, found.breach) == ("unexamined", None)


def test_what_could_not_be_read_may_be_the_notice() -> None:
    artifact = replace(EMPTY, unread=("NOTICE: encrypted",))
    found = only(alone(supply("flask"), artifact), "binary-reproduce")
    assert (found.verdict, found.breach) == ("unexamined", None)
    assert "encrypted" in found.reason


def test_nothing_is_owed_where_nothing_is_passed_on() -> None:
    found = obligations(alone(supply("flask"), kinds=("internal",)))
    assert {one.verdict for one in found} == {"not-applicable"}


def test_without_an_artifact_nothing_was_examined() -> None:
    assert only(alone(supply("flask")), "binary-reproduce").verdict == "unexamined"


def test_without_a_surface_promotion_was_not_examined() -> None:
    shipping = replace(alone(supply("flask"), EMPTY), surfaces=())
    assert only(shipping, "no-endorse").verdict == "unexamined"


def test_the_clause_is_linked_at_the_pin() -> None:
    found = only(alone(supply("flask"), EMPTY), "binary-reproduce")
    assert found.clause_permalink == f"https://github.com/o/flask/blob/{COMMIT}/LICENSE.rst#L9-L10"
    assert found.clause_path == "LICENSE.rst"


def with_files(*files: LicenseFile, troubles: tuple[str, ...] = ()) -> Supply:
    made = supply("flask")
    assert made.subject is not None
    return replace(made, subject=replace(made.subject, files=files, troubles=troubles))


def original() -> LicenseFile:
    made = supply("flask").subject
    assert made is not None
    return made.files[0]


def bound() -> LicenseFile:
    read = original().text
    assert read is not None
    passage = Passage(Lines(1, 1), "for non-commercial use only", True)
    return replace(original(), text=replace(read, passages=(passage,)))


GAPS = {
    "nothing was looked at": (replace(supply("flask"), subject=None, unlooked="no network"), "no network"),
    "no licence file": (with_files(), "holds no licence text"),
    "a part could not be read": (with_files(original(), troubles=("x.zip is broken",)), "x.zip is broken"),
    "a file could not be read": (with_files(LicenseFile("COPYING", "", None, "too large")), "too large"),
    "a text was changed": (supply("flask", {"LICENSE": MIT.replace("without", "with")}), "changed from MIT"),
    "a rider lies beside it": (with_files(replace(original(), riders=("PATENTS",))), "PATENTS adds conditions"),
    "a passage binds": (with_files(bound()), "belong to no known licence"),
    "no catalogue": (supply("flask", {"LICENSE": text_words("QPL-1.0").text}), "in no catalogue"),
    "the text is not at hand": (replace(supply("flask"), texts={}), "is not at hand"),
}  # fmt: skip


@pytest.mark.parametrize(("one", "reason"), GAPS.values(), ids=GAPS)
def test_what_is_not_known_of_a_licence_is_said(one: Supply, reason: str) -> None:
    gaps = [made for made in obligations(alone(one, EMPTY)) if made.clause is None]
    assert [made.verdict for made in gaps] == ["unexamined"]
    assert reason in gaps[0].reason
    here = alone(replace(one, dependency=replace(one.dependency, use="dev-only")), EMPTY)
    assert {made.verdict for made in obligations(here) if made.clause is None} == {"not-applicable"}


def test_a_reviewed_text_is_known() -> None:
    digest = "0" * 40
    reviewed = replace(bound(), review=Review(digest, "LICENSE.rst", "BSD-3-Clause"))
    assert all(made.clause for made in obligations(alone(with_files(reviewed), EMPTY)))


def test_a_licence_that_asks_for_nothing_is_a_fact() -> None:
    (found,) = obligations(alone(supply("flask", {"LICENSE": ZERO}), EMPTY))
    assert (found.verdict, found.license, found.clause) == ("not-applicable", "0BSD", None)


def dual(expected: str | None = None) -> Supply:
    made = supply("dice", {"LICENSE-MIT": MIT, "LICENSE-APACHE": apache()})
    assert made.subject is not None
    written = "MIT OR Apache-2.0"
    subject = replace(made.subject, declarations=(Declaration("Cargo.toml", 3, written, written),))
    return replace(made, subject=subject, dependency=replace(made.dependency, license=expected))


def violated(shipping: Shipping) -> set[str | None]:
    return {one.license for one in obligations(shipping) if one.verdict == "violated"}


def shipped(content: str) -> Artifact:
    return replace(EMPTY, texts=(text("NOTICES", content),))


def test_of_a_choice_one_licence_is_enough() -> None:
    assert violated(alone(dual(), shipped(MIT))) == set()
    assert violated(alone(dual(), shipped(apache()))) == set()
    assert len(violated(alone(dual(), EMPTY))) == 1


def test_the_manifest_may_choose() -> None:
    assert violated(alone(dual("MIT"), shipped(apache()))) == {"MIT"}
    assert violated(alone(dual("Apache-2.0"), shipped(MIT))) == {"Apache-2.0"}
    assert violated(alone(dual("MIT OR Apache-2.0"), shipped(MIT))) == set()


def test_two_licences_without_a_choice_both_bind() -> None:
    both = supply("dice", {"LICENSE-MIT": MIT, "LICENSE-APACHE": apache()})
    assert violated(alone(both, shipped(MIT))) == {"Apache-2.0"}


def test_source_in_a_wheel_is_source() -> None:
    here = replace(supply("flask", binary=copy("flask")))
    found = verdicts(alone(here, wheel(notices())))
    assert found["flask", "clause 1", "source", "binary"] == "review"  # the notices file is not beside the copy
    assert found["flask", "clause 2", "binary", "binary"] == "fulfilled"


def test_an_empty_copy_is_none() -> None:
    here = replace(supply("flask"), copies=(VendoredCopy("dist/p.binary", "p/flask", Copy(missing=("a.py",))),))
    assert only(alone(here, EMPTY), "binary-reproduce").verdict == "not-applicable"


def test_changes_that_nobody_compared_were_not_examined() -> None:
    here = alone(supply("rocket"), EMPTY)
    assert only(here, "mark-changes").verdict == "not-applicable"
    modified = replace(here, distribution=Distribution(("binary",), modified=True))
    assert only(modified, "mark-changes").verdict == "unexamined"


@pytest.mark.parametrize(
    ("kinds", "modified", "verdict"),
    [
        (("service",), True, "review"),
        (("service",), False, "not-applicable"),
        (("binary",), True, "not-applicable"),
        ((), True, "unexamined"),
    ],
)
def test_agpl_asks_for_changed_services(kinds: tuple[DistributionKind, ...], modified: bool, verdict: str) -> None:
    one = supply("flask", {"COPYING": text_words("AGPL-3.0").text})
    shipping = Shipping(Distribution(kinds, modified), (one,), (EMPTY,))
    assert only(shipping, "network-source").verdict == verdict


def test_both_readings_of_notice_files_are_told_for_unchanged_copies() -> None:
    found = only(alone(supply("rocket"), shipped(apache())), "keep-notice-file")
    assert (found.verdict, len(found.readings)) == ("violated", 2)
    modified = Shipping(Distribution(("binary",), True), (supply("rocket"),), (shipped(apache()),))
    assert only(modified, "keep-notice-file").readings == ()


def test_an_empty_notice_file_asks_for_nothing_to_be_shown() -> None:
    found = only(
        alone(supply("rocket", {"LICENSE": apache(), "NOTICE": "\n\n"}), shipped(apache())), "keep-notice-file"
    )
    assert found.verdict == "not-applicable"


def test_everything_is_judged_in_the_order_of_the_project() -> None:
    names = [one.dependency.name for one in obligations(project())]
    assert list(dict.fromkeys(names)) == list(NAMES)
    assert obligations(project()) == obligations(project())


def test_a_notice_of_unknown_dependencies_does_no_harm() -> None:
    dependency = Dependency("mystery", supply("flask").dependency.place, use="bundled")
    shipping = alone(Supply(dependency), shipped(BSD))
    assert [one.verdict for one in obligations(shipping)] == ["unexamined"]
