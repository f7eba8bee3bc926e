from obligation_literals import ENTRY, obligation

from auditor.model import Lines
from auditor.model.manifest import Dependency
from auditor.model.obligation import StaleNotice
from auditor.rules.notice_stale import check


def test_a_notice_on_nothing_is_told_at_its_lines() -> None:
    (finding,) = check(StaleNotice("dist/p.whl", "NOTICES", Lines(3, 20), "Copyright 2010 Nobody"))
    assert (finding.rule, finding.severity) == ("notice-stale", "warning")
    assert (finding.place.document, finding.place.line, finding.place.end_line) == ("dist/p.whl/NOTICES", 3, 20)
    assert "Copyright 2010 Nobody" in finding.message


def test_of_a_known_dependency_at_its_entry() -> None:
    (finding,) = check(StaleNotice("dist/p.whl", "NOTICES", Lines(3, 20), "flask", Dependency("flask", ENTRY)))
    assert finding.place == ENTRY


def test_an_obligation_is_no_stale_notice() -> None:
    assert list(check(obligation("notice-missing"))) == []
