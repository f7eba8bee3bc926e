"""A branch link then and now: same, moved, changed, past the end, gone."""

import pytest
from audits import Files, audit, judgement_of, resolution_of

from auditor.model import Drift, Lines

OLD = "".join(f"line{number} = {number}\n" for number in range(1, 9))
LINK = "https://github.com/o/r/blob/main/a.py#L3-L4"
TWICE = "# new\n" + OLD + OLD


def drift(now: str | None, link: str = LINK, then: str = OLD) -> Drift | None:
    files: list[Files] = [{"a.py": then}, {"a.py": now, "b.py": "\n"}]
    return resolution_of(audit(files, link, as_of="2020-01-01")).drift


@pytest.mark.parametrize(
    ("now", "state", "at"),
    [
        ("# new\n" + OLD, "moved", Lines(4, 5)),
        ("# new\n" * 30 + OLD, "moved", Lines(33, 34)),
        (OLD[OLD.index("line3") :], "moved", Lines(1, 2)),
        (TWICE, "changed", None),
        ("other = 1\n" * 8, "changed", None),
        ("x = 1\n", "past-end", None),
        ("x = 1\ny = 2\nline3 = 3\n", "past-end", None),
        (None, "path-gone", None),
    ],
)
def test_lines_that_are_not_there_any_more(now: str | None, state: str, at: Lines | None) -> None:
    found = drift(now)
    assert found is not None
    assert (found.state, found.at) == (state, at)
    assert found.then == "line3 = 3"


@pytest.mark.parametrize(
    "now", [OLD, OLD + "more = 1\n", OLD.replace("line1 =", "line0 ="), OLD.replace("\n", "  \r\n")]
)
def test_the_same_lines(now: str) -> None:
    assert drift(now) is None


def test_a_lone_bracket_is_not_looked_for() -> None:
    found = drift("x = 1\n}\n", LINK.replace("#L3-L4", "#L1"), "}\n")
    assert found is not None
    assert (found.state, found.at) == ("changed", None)


def test_a_whole_file_does_not_drift() -> None:
    assert drift("x = 1\n", LINK.partition("#")[0]) is None


def test_the_permalink_is_that_of_the_day() -> None:
    found = audit([{"a.py": OLD}, {"a.py": None, "b.py": "\n"}], LINK, as_of="2020-01-01")
    revision = resolution_of(found).revision
    assert revision is not None
    assert revision.tip not in (None, revision.commit)
    assert judgement_of(found).permalink == LINK.replace("main", revision.commit)


def test_without_a_day_there_is_no_drift() -> None:
    assert resolution_of(audit([{"a.py": OLD}, {"a.py": "# new\n" + OLD}], LINK)).drift is None
