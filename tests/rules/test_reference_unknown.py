from auditor.cite import parse_references
from auditor.model import Lines, Replacement
from auditor.model.reference import Choice, Sort, Unresolved
from auditor.rules import reference_unknown

URL = "https://github.com/o/r/blob/" + "a" * 40 + "/src/a.py"
RUN = Choice("[[project:src/a.py::Server.run]]", "Server.run", "src/a.py", Lines(3, 9), f"{URL}#L3-L9")
NAME = Choice("[[project2:a.py::runn]]", "project2")


def outcome(*choices: Choice, sort: Sort = "unknown", certain: bool = False) -> Unresolved:
    (reference,) = parse_references("see [[project:a.py::runn]]", "report.md")
    return Unresolved(reference, sort, "src/a.py defines no runn", "name a definition", choices, certain)


def test_what_is_not_there_is_an_error() -> None:
    (finding,) = reference_unknown.check(outcome())
    assert (finding.rule, finding.severity) == ("reference-unknown", "error")
    assert finding.message == "src/a.py defines no runn ([[project:a.py::runn]])"
    assert (finding.remedy, finding.replacement, finding.related) == ("name a definition", None, ())
    assert (finding.place.line, finding.place.column) == (1, 5)


def test_the_only_choice_replaces_it_safely_when_it_is_beyond_doubt() -> None:
    for certain in (False, True):
        (finding,) = reference_unknown.check(outcome(RUN, certain=certain))
        assert finding.replacement == Replacement("[[project:src/a.py::Server.run]]", safe=certain)
        assert finding.remedy == "perhaps [[project:src/a.py::Server.run]] (line 3); else name a definition"
        (related,) = finding.related
        assert (related.url, related.path, related.start, related.end) == (RUN.url, "src/a.py", 3, 9)


def test_several_choices_are_only_listed() -> None:
    (finding,) = reference_unknown.check(outcome(RUN, NAME))
    assert finding.replacement is None
    assert "(line 3), or [[project2:a.py::runn]]; else" in finding.remedy
    assert len(finding.related) == 1


def test_other_trouble_is_told_by_other_rules() -> None:
    for sort in ("malformed", "ambiguous", "unlooked"):
        assert list(reference_unknown.check(outcome(sort=sort))) == []
