"""Which findings a change is about."""

from collections.abc import Mapping
from dataclasses import replace

from output_audits import audit_of, big_audit, finding, judgement

from auditor.changes import keep_changed, touched_documents
from auditor.model import Audit, LicenseJudgement, LicenseSubject, Lines, Place, StatementJudgement, Unstated
from auditor.model.change import Changes, Touched
from auditor.model.obligation import Shipping, ShippingJudgement
from auditor.model.worktree import Worktree

HERE = Worktree("/w", "/w")
LINES = Touched((Lines(3, 4), Lines(9, 9)))


def kept(audit: Audit, files: Mapping[str, Touched], *manifests: str) -> list[tuple[str, int]]:
    """The documents and lines of the findings that are kept; the others are counted."""
    after = keep_changed(audit, Changes("/w", files), HERE, manifests)
    assert len(after.findings) + len(after.set_aside.untouched) == len(audit.findings)
    return [(one.place.document, one.place.line) for one in after.findings]


def on_lines(*numbers: int, document: str = "a.md") -> Audit:
    """An audit with a finding on each of the lines."""
    return audit_of(*(judgement(finding(line, document=document)) for line in numbers))


def test_touched_lines_count() -> None:
    assert kept(on_lines(2, 3, 4, 5, 8, 9, 10), {"a.md": LINES}) == [("a.md", 3), ("a.md", 4), ("a.md", 9)]


def test_a_finding_over_several_lines_counts_with_one_of_them() -> None:
    spread = audit_of(
        judgement(finding(at=Place("a.md", 1, 1, 3, 5))), judgement(finding(at=Place("a.md", 5, 1, 8, 5)))
    )
    assert kept(spread, {"a.md": LINES}) == [("a.md", 1)]


def test_other_documents_do_not_count() -> None:
    assert kept(on_lines(3), {"b.md": Touched(whole=True)}) == []
    assert kept(on_lines(3), {"a.md": Touched()}) == []  # only renamed


def test_a_new_document_counts_as_a_whole() -> None:
    assert kept(on_lines(1, 70), {"a.md": Touched(whole=True)}) == [("a.md", 1), ("a.md", 70)]


def test_a_pdf_that_changed_counts_as_a_whole() -> None:
    audit = audit_of(judgement(finding(at=Place("a.pdf", 700, 1, 700, 2, page=3))))
    assert kept(audit, {"a.pdf": LINES}) == [("a.pdf", 700)]


def test_what_lies_elsewhere_counts() -> None:
    for document in ("<stdin>", "/elsewhere/a.md", "../a.md"):
        assert kept(on_lines(1, document=document), {}) == [(document, 1)]


def test_what_is_left_unsaid_counts_once_the_document_was_touched() -> None:
    one = finding(70, rule="license-unstated", document="a.md")
    stated = StatementJudgement(Unstated("https://github.com/o/r", one.place), (one,))
    assert kept(Audit(statements=(stated,)), {"a.md": LINES}) == [("a.md", 70)]
    assert kept(Audit(statements=(stated,)), {"a.md": Touched()}) == []


def test_licences_count_with_their_file() -> None:
    subject = LicenseSubject("LICENSE")
    audit = Audit(licenses=(LicenseJudgement(subject, (finding(1, document="LICENSE"),)),))
    assert kept(audit, {"LICENSE": LINES}) == [("LICENSE", 1)]
    assert kept(audit, {"COPYING": LINES}) == []


def test_a_touched_lock_file_judges_everything_anew_that_depends_on_it() -> None:
    findings = (finding(50, document="auditor.toml"), finding(7, document="vendor/x.py"))
    shipping = ShippingJudgement(Shipping(), findings=findings)
    audit = replace(on_lines(1), shipping=shipping)
    manifests = ("auditor.toml", "./uv.lock")
    assert kept(audit, {"uv.lock": LINES}, *manifests) == [("auditor.toml", 50), ("vendor/x.py", 7)]
    assert kept(audit, {"b.md": LINES}, *manifests) == []
    assert kept(audit, {"vendor/x.py": Touched((Lines(7, 7),))}, *manifests) == [("vendor/x.py", 7)]


def test_documents_worth_reading() -> None:
    changes = Changes("/w", {"a.md": Touched(), "d/b.md": LINES})
    names = ["./a.md", "c.md", "/w/d/b.md", "<stdin>"]
    assert touched_documents(names, changes, HERE) == ("./a.md", "/w/d/b.md", "<stdin>")


def test_many_findings_and_many_changes() -> None:
    odd = Touched(tuple(Lines(line, line) for line in range(1, 200_000, 2)))
    audit = big_audit(5000)
    after = keep_changed(audit, Changes("/w", {f"docs/report-{n}.md": odd for n in range(40)}), HERE)
    assert all(one.place.line % 2 for one in after.findings)
    assert len(after.set_aside.untouched) == sum(one.place.line % 2 == 0 for one in audit.findings)
