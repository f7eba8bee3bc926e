from auditor.model import (
    Finding,
    LicenseFile,
    LicenseText,
    Lines,
    Place,
    QuoteFact,
    Statement,
    StatementFact,
    TextChange,
)
from auditor.resolve.statements import judge_statement
from auditor.rules.license_quote_altered import check

URL, SHA = "https://github.com/o/r", "1" * 40
TEXT = """Rules of the house

1. Neither the name of the house nor the names of its guests may be
   used to praise another house without a letter from the owner.
"""
RULE = "Neither the name of the house nor the names of its guests may be used to praise another house without a letter"


def found(written: str, repository: str = URL) -> list[Finding]:
    statement = Statement("quote", Place("report.md", 3, 1, 3, 99), written, repository, True)
    files = [LicenseFile("LICENSE.txt", "0" * 40, LicenseText())]
    return list(check(judge_statement(statement, files, {"LICENSE.txt": TEXT}, SHA)))


def test_the_words_of_the_text_are_fine() -> None:
    assert found(RULE) == []
    assert found(RULE.upper() + " ...") == []


def test_what_is_like_no_condition_is_left_alone() -> None:
    assert found("Nobody may use the name of this house to praise any other house in a letter") == []


def test_another_name_is_shown_and_replaced() -> None:
    (finding,) = found(RULE.replace("of the house", "of python-house"))
    assert (finding.rule, finding.severity) == ("license-quote-altered", "error")
    assert finding.message == "the quotation says “python-house”, LICENSE.txt L3 says “the house”"
    assert finding.replacement is not None
    assert (finding.replacement.text, finding.replacement.safe) == (RULE, True)
    (related,) = finding.related
    assert (related.url, related.start, related.end) == (f"{URL}/blob/{SHA}/LICENSE.txt#L3-L4", 3, 4)


def test_markup_and_line_ends_are_kept() -> None:
    written = RULE.replace("of the house", "of python-house").replace("may be", "may\n> **be**")
    (finding,) = found(written)
    assert finding.replacement is not None
    assert finding.replacement.safe
    assert finding.replacement.text == written.replace("python-house", "the house")


def test_a_word_that_stands_there_twice_is_not_replaced_unasked() -> None:
    (finding,) = found(RULE.replace("name of the house", "name of house"))
    assert finding.replacement is not None
    assert not finding.replacement.safe


def test_words_left_out_and_added_are_shown() -> None:
    (left_out,) = found(RULE.replace("another ", ""))
    (added,) = found(RULE.replace("may be", "may only be"))
    assert left_out.message == "the quotation leaves out “another”, which LICENSE.txt L4 says"
    assert added.message == "the quotation says “only”, which LICENSE.txt L3 does not"
    for finding in (left_out, added):
        assert finding.replacement is not None
        assert not finding.replacement.safe


def test_many_differences_are_cut_short() -> None:
    changes = tuple(TextChange("replaced", Lines(3, 3), f"one{n}", f"other{n}") for n in range(5))
    statement = Statement("quote", Place("report.md", 3, 1, 3, 99), "one0 one1 one2 one3 one4", URL, True)
    (finding,) = check(StatementFact(statement, SHA, quote=QuoteFact("LICENSE.txt", Lines(3, 4), "others", changes)))
    assert finding.message.endswith("says “other2”; and 2 more differences")
    assert finding.replacement is not None
    assert finding.replacement.text == "other0 other1 other2 other3 other4"


def test_the_fingerprint_is_that_of_the_quotation() -> None:
    first, again = found(RULE.replace("another", "no")), found(RULE.replace("another", "no").replace(" ", "\n"))
    assert first[0].fingerprint == again[0].fingerprint
