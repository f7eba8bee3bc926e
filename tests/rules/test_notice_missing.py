from obligation_literals import ENTRY, URL, broken, obligation

from auditor.rules.notice_missing import check


def test_a_missing_notice_is_told_at_the_manifest_s_entry() -> None:
    (finding,) = check(obligation("notice-missing"))
    assert (finding.rule, finding.severity, finding.place) == ("notice-missing", "error", ENTRY)
    assert finding.message == "flask: something is wrong in dist/p.whl (BSD-3-Clause clause 2)"
    (related,) = finding.related
    assert (related.url, related.path, related.start, related.end) == (URL, "LICENSE", 10, 12)


def test_each_file_that_can_be_mended_is_told_there() -> None:
    files = (broken("p/a.py", document="src/a.py"), broken("p/b.py", document="src/b.py"), broken("p/c.py"))
    first, second = check(obligation("notice-missing", *files))
    assert (first.place.document, first.place.line, second.place.document) == ("src/a.py", 3, "src/b.py")
    assert first.fingerprint != second.fingerprint
    assert [one.path for one in first.related] == ["LICENSE", "src/a.py", "src/b.py", "dist/p.whl/p/c.py"]


def test_what_a_person_must_judge_is_a_warning() -> None:
    (finding,) = check(obligation("notice-missing", verdict="review"))
    assert finding.severity == "warning"


def test_a_notice_that_is_there_is_silent() -> None:
    assert list(check(obligation(None, verdict="fulfilled"))) == []
    assert list(check(obligation("notice-altered"))) == []
