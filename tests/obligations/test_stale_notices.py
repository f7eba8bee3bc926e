"""Notices on what is not carried are told, and only where that is certain."""

from dataclasses import replace

from shipped_project import BSD, MIT, NAMES, OWN, component, notices, project, supply, text, wheel

from auditor.model import Lines
from auditor.model.manifest import Distribution
from auditor.model.obligation import Artifact, NoticePart, Shipping, StaleNotice, Supply
from auditor.obligations.run import judge_shipping

OTHER = MIT.replace("Jane Roe", "Nobody Here")


def stale(shipping: Shipping) -> list[StaleNotice]:
    return [one.subject for one in judge_shipping(shipping) if isinstance(one.subject, StaleNotice)]


def ship(artifact: Artifact, *supplies: Supply) -> Shipping:
    return Shipping(Distribution(("binary",)), supplies or project().supplies, (artifact,))


def test_a_notice_of_nobody_is_told_with_its_lines() -> None:
    shipped = f"{notices()}\n\n## gone\n\n{OTHER}"
    first = shipped[: shipped.index("Nobody Here")].count("\n") + 1
    (found,) = stale(ship(wheel(shipped)))
    assert (found.artifact, found.path, found.name) == (
        "dist/p.binary",
        "THIRD_PARTY_NOTICES",
        "Copyright (c) 2021 Nobody Here",
    )
    assert found.lines.start <= first <= found.lines.end


def test_nothing_is_stale_where_parts_are_unknown() -> None:
    shipped = f"{notices()}\n\n{OTHER}"
    assert stale(ship(replace(wheel(shipped), certain=False))) == []
    unlooked = replace(project().supplies[0], subject=None, unlooked="no network")
    assert stale(ship(wheel(shipped), unlooked, *project().supplies[1:])) == []
    more = replace(wheel(shipped), components=tuple(map(component, (*NAMES, "unlisted"))))
    assert stale(ship(more)) == []


def test_the_project_s_own_text_is_never_stale() -> None:
    artifact = wheel(f"{notices()}\n\n{OWN}")
    assert stale(ship(artifact)) == []


def test_a_text_that_another_component_needs_is_not_stale() -> None:
    twin = supply("twin", {"LICENSE": BSD}, use="linked")
    assert stale(ship(wheel(notices()), *project().supplies, twin)) == []


def test_other_texts_are_stale_only_for_known_dependencies() -> None:
    artifact = replace(wheel(notices()), texts=(*wheel(notices()).texts, text("doc/example", OTHER)))
    assert stale(ship(artifact)) == []
    gone = supply("gone", {"LICENSE": OTHER}, use="linked")
    (found,) = stale(ship(artifact, *project().supplies, gone))
    assert (found.path, found.name) == ("doc/example", "gone")


def test_parts_that_a_notices_file_names() -> None:
    parts = (NoticePart("Flask", Lines(1, 2)), NoticePart("gone", Lines(60, 61)))
    file = replace(text("THIRD_PARTY_NOTICES", notices(), third_party=True), parts=parts)
    artifact = replace(wheel(notices()), texts=(file,))
    assert [one.name for one in stale(ship(artifact))] == ["gone"]


def test_a_bundled_part_of_what_is_carried_is_not_stale() -> None:
    made = project().supplies[0]
    assert made.subject is not None
    part = replace(supply("x", {"vendor/x/LICENSE": OTHER}).subject.files[0], bundled=True)  # type: ignore[union-attr]
    carrier = replace(made, subject=replace(made.subject, files=(*made.subject.files, part)))
    assert stale(ship(wheel(f"{notices()}\n\n{OTHER}"), carrier, *project().supplies[1:])) == []
