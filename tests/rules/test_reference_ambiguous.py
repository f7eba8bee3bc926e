from auditor.cite import parse_references
from auditor.model import Lines
from auditor.model.reference import Choice, Sort, Unresolved
from auditor.rules import reference_ambiguous

CHOICES = tuple(
    Choice(f"[[project:a.py::run#{number}]]", "run", "a.py", Lines(line, line + 1), f"https://example.org#{line}")
    for number, line in ((1, 3), (2, 8))
)


def outcome(sort: Sort) -> Unresolved:
    (reference,) = parse_references("see [[project:a.py::run]]", "report.md")
    return Unresolved(reference, sort, "a.py defines run 2 times", "write the full name", CHOICES)


def test_several_places_are_an_error_that_lists_them() -> None:
    (finding,) = reference_ambiguous.check(outcome("ambiguous"))
    assert (finding.rule, finding.severity) == ("reference-ambiguous", "error")
    assert finding.remedy == (
        "perhaps [[project:a.py::run#1]] (line 3), or [[project:a.py::run#2]] (line 8); else write the full name"
    )
    assert finding.replacement is None
    assert [related.start for related in finding.related] == [3, 8]


def test_other_trouble_is_told_by_other_rules() -> None:
    for sort in ("malformed", "unknown", "unlooked"):
        assert list(reference_ambiguous.check(outcome(sort))) == []
