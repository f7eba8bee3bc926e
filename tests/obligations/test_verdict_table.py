"""A project that vendors three packages: every mutation gives exactly its verdict, and undoing it gives none."""

from dataclasses import replace

import pytest
from shipped_project import (
    BSD,
    DISCLAIMER,
    MIT,
    NAMES,
    NOTICE,
    apache,
    copy,
    notices,
    package,
    project,
    sdist,
    told,
    upstream,
    verdicts,
    wheel,
    with_copy,
)

from auditor.model.obligation import Shipping

HEADER_LINES = 3


def test_the_project_as_it_should_be_has_no_finding() -> None:
    assert told(project()) == []
    assert set(verdicts(project()).values()) == {"fulfilled", "not-applicable"}


def shown(**changed: str) -> Shipping:
    """The project with other parts in the notices file of its wheel."""
    return replace(project(), artifacts=(wheel(notices(**changed)), project().artifacts[1]))


def kept(**changed: dict[str, str]) -> Shipping:
    """The project with other licence files in its source archive."""
    return replace(project(), artifacts=(project().artifacts[0], sdist(**changed)))


def edited(name: str, code: str) -> Shipping:
    """The project with another `core.py` in a vendored copy."""
    return with_copy(project(), name, copy(name, core=code))


def headless(name: str) -> str:
    return "".join(package(name)["core.py"].splitlines(keepends=True)[HEADER_LINES:])


def moved(name: str, folder: str) -> dict[str, str]:
    return {f"{folder}/{name}-{path}": content for path, content in upstream(name).items()}


def marked(name: str) -> str:
    return (
        package(name)["core.py"].replace("\n\n", "\n# Changed by Our Company on 2026-01-02: other steps.\n\n", 1)
        + "x = 1\n"
    )


RELEASES = {
    "notice dropped, BSD": (shown(flask=""), [("notice-missing", "flask")]),
    "notice dropped, MIT": (shown(dice=""), [("notice-missing", "dice")]),
    "notice dropped, Apache": (shown(rocket=NOTICE), [("notice-missing", "rocket")]),
    "notice dropped, Apache's NOTICE": (shown(rocket=apache()), [("apache-notice-missing", "rocket")]),
    "holder changed, BSD": (shown(flask=BSD.replace("Pallets", "Somebody")), [("notice-altered", "flask")]),
    "holder changed, MIT": (shown(dice=MIT.replace("Jane Roe", "The Dice Team")), [("notice-altered", "dice")]),
    "holder left out": (shown(flask=BSD.partition("\n")[2]), [("notice-altered", "flask")]),
    "disclaimer cut, BSD": (shown(flask=BSD.replace(DISCLAIMER, "")), [("notice-altered", "flask")]),
    "disclaimer cut, MIT": (shown(dice=MIT[: MIT.index("THE SOFTWARE IS")]), [("notice-altered", "dice")]),
    "only the holder kept": (shown(flask="Copyright 2010 Pallets"), [("notice-missing", "flask")]),
    "one word changed": (shown(dice=MIT.replace("without rest", "with rest")), [("notice-altered", "dice")]),
    "title left out": (shown(dice=MIT.partition("\n")[2]), []),
    "years changed": (shown(flask=BSD.replace("2010", "2010-2026")), []),
    "wrapped otherwise": (shown(flask=" ".join(BSD.split())), []),
    "as a comment": (shown(flask="\n".join(f"# {line}" for line in BSD.splitlines())), []),
    "the source's notice dropped": (kept(dice={"README": "none"}), [("notice-missing", "dice")]),
    "the source's holder changed": (
        kept(flask={"p/_vendor/flask/LICENSE.rst": BSD.replace("Pallets", "Somebody")}),
        [("notice-altered", "flask")],
    ),
    "the source's disclaimer cut": (
        kept(dice={"p/_vendor/dice/LICENSE": MIT[: MIT.index("THE SOFTWARE IS")]}),
        [("notice-altered", "dice")],
    ),
    "notices moved to LICENSES": (kept(**{name: moved(name, "LICENSES") for name in NAMES}), []),
    "notice moved out of the copy": (kept(flask=moved("flask", "doc")), [("notice-missing", "flask")]),
}  # fmt: skip


@pytest.mark.parametrize(("shipping", "findings"), RELEASES.values(), ids=RELEASES)
def test_what_happens_to_a_notice(shipping: Shipping, findings: list[tuple[str, str]]) -> None:
    assert told(shipping) == findings


def test_a_notice_that_only_left_the_copy_is_for_review() -> None:
    assert verdicts(kept(flask=moved("flask", "doc")))["flask", "clause 1", "source", "source"] == "review"


COPIES = {
    "header stripped, BSD": (edited("flask", headless("flask")), [("notice-missing", "flask")]),
    "header stripped, MIT": (edited("dice", headless("dice")), [("notice-missing", "dice")]),
    "header stripped, Apache": (edited("rocket", headless("rocket")), [("notice-missing", "rocket")]),
    "changed, BSD": (edited("flask", package("flask")["core.py"] + "x = 1\n"), []),
    "changed, MIT": (edited("dice", package("dice")["core.py"] + "x = 1\n"), []),
    "changed without mark, Apache": (
        edited("rocket", package("rocket")["core.py"] + "x = 1\n"),
        [("changes-unmarked", "rocket")],
    ),
    "changed with mark, Apache": (edited("rocket", marked("rocket")), []),
    "a file left out": (with_copy(project(), "rocket", copy("rocket", util=None)), []),
}


@pytest.mark.parametrize(("shipping", "findings"), COPIES.values(), ids=COPIES)
def test_what_happens_to_a_vendored_file(shipping: Shipping, findings: list[tuple[str, str]]) -> None:
    assert told(shipping) == findings


def test_a_header_that_mit_does_not_ask_for_is_for_review() -> None:
    found = verdicts(edited("dice", headless("dice")))
    assert found["dice", "permission notice condition", "source", "source"] == "review"
    found = verdicts(edited("flask", headless("flask")))
    assert found["flask", "clause 1", "source", "source"] == "violated"


def test_a_dependency_that_was_removed_leaves_its_notice_behind() -> None:
    left = tuple(one for one in project().supplies if one.dependency.name != "dice")
    names = ("flask", "rocket")
    assert told(replace(project(), supplies=left, artifacts=(wheel(notices(), names),))) == [
        ("notice-stale", "Copyright (c) 2021 Jane Roe")
    ]
    assert told(replace(project(), supplies=left, artifacts=(wheel(notices(dice=""), names),))) == []


def test_a_dependency_that_is_no_longer_carried_is_named() -> None:
    unused = replace(
        project().supplies[1], dependency=replace(project().supplies[1].dependency, use="linked"), copies=()
    )
    supplies = (project().supplies[0], unused, project().supplies[2])
    shipping = replace(project(), supplies=supplies, artifacts=(wheel(notices(), ("flask", "rocket")),))
    assert told(shipping) == [("notice-stale", "dice")]
    assert verdicts(shipping)["dice", "permission notice condition", "binary", "binary"] == "not-applicable"
