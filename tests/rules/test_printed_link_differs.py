from audits import audit, finding_of, rules_of

FILES = {"a_b.py": "x = 1\n" * 9}
AT = "https://github.com/o/r/blob/{sha}/a_b.py"


def test_another_line_is_printed_than_opens() -> None:
    found = audit(FILES, f"[{AT}#L3]({AT}#L5)")
    finding = finding_of(found, "printed-link-differs")
    assert finding.severity == "warning"
    assert "#L5, but " in finding.message
    assert "#L3 is printed" in finding.message
    assert len(found.judgements) == 2


def test_the_same_in_html() -> None:
    found = audit(FILES, f'<a href="{AT}#L5">{AT}#L3</a>', "report.html")
    assert rules_of(found) == ["printed-link-differs"]


def test_copies_escapes_and_shortened_copies_are_the_same() -> None:
    escaped = AT.replace("a_b", r"a\_b")
    assert rules_of(audit(FILES, f"[{AT}#L3]({AT}#L3) [{escaped}#L3]({AT}#L3) [{AT}]({AT}#L3) [text]({AT}#L3)")) == []
