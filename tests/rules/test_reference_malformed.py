from auditor.cite import parse_references
from auditor.model.reference import MalformedReference, Sort, Unresolved
from auditor.rules import reference_malformed


def outcome(sort: Sort) -> Unresolved:
    (reference,) = parse_references("a\nsee [[project:a.py::]]", "report.md")
    assert isinstance(reference, MalformedReference)
    return Unresolved(reference, sort, reference.problem, reference.hint)


def test_a_form_that_cannot_be_read_is_an_error() -> None:
    (finding,) = reference_malformed.check(outcome("malformed"))
    assert (finding.rule, finding.severity) == ("reference-malformed", "error")
    assert finding.message == "nothing follows :: ([[project:a.py::]])"
    assert (finding.place.line, finding.place.column, finding.place.end_column) == (2, 5, 22)
    assert finding.remedy == "write a name, or leave :: out to cite the whole file"
    assert finding.replacement is None


def test_other_trouble_is_told_by_other_rules() -> None:
    for sort in ("unknown", "ambiguous", "unlooked"):
        assert list(reference_malformed.check(outcome(sort))) == []
