import pytest
from audits import audit, finding_of, judgement_of, replacement_of, rules_of

FILES = {"src/a_b.py": "x = 1\n" * 20}
LINK = "https://github.com/o/r/blob/{sha}/src/a_b.py"

# What is written behind the commit, and the lines that are meant.
BROKEN = [
    ("/src/a_b.py#L1-#L9", "#L1-L9"),
    ("/src/a_b.py#LL4", "#L4"),
    ("/src/a_b.py#4", "#L4"),
    (r"/src/a\_b.py#L4", "#L4"),
    (r"/src/a_b.py\#L4", "#L4"),
    ("/src/a_b.py\n#L4", "#L4"),
    ("/src/a_b.py #L4", "#L4"),
]
SOFT = [("#L1-9", "#L1-L9"), ("#l4", "#L4"), ("#L4/", "#L4"), ("#lines-4", "#L4"), ("#n4", "#L4")]
FINE = ["", "#L4", "#L1-L9", "#L4-L4", "#L4C2-L5C3", "?plain=1#L4", "#:~:text=def%20x", "#a-heading"]


@pytest.mark.parametrize(("written", "meant"), BROKEN)
def test_what_no_host_understands_is_an_error(written: str, meant: str) -> None:
    found = audit(FILES, f"see https://github.com/o/r/blob/{{sha}}{written} there")
    assert rules_of(found) == ["malformed-link"]
    assert finding_of(found, "malformed-link").severity == "error"
    assert judgement_of(found).verdict == "broken"
    replacement = replacement_of(found)
    assert replacement is not None
    assert replacement.safe
    assert replacement.text.endswith(f"/src/a_b.py{meant}")


@pytest.mark.parametrize(("written", "meant"), SOFT)
def test_what_a_host_understands_in_part_is_a_warning(written: str, meant: str) -> None:
    found = audit(FILES, f"see {LINK}{written} there")
    assert finding_of(found, "malformed-link").severity == "warning"
    assert judgement_of(found).verdict == "resolved"
    replacement = replacement_of(found)
    assert replacement is not None
    assert replacement.text.endswith(f"/src/a_b.py{meant}")


@pytest.mark.parametrize("written", FINE)
def test_a_form_that_the_host_knows_is_fine(written: str) -> None:
    assert rules_of(audit(FILES, f"see {LINK}{written} there")) == []


def test_one_finding_tells_all_defects() -> None:
    found = audit(FILES, r"see https://github.com/o/r/blob/{sha}/src/a\_b.py#L1-#L9 there")
    message = finding_of(found, "malformed-link").message
    assert "a second # stands inside the line range" in message
    assert ";" in message


def test_a_commit_cut_short_with_its_rest_outside_of_the_link() -> None:
    whole = "https://github.com/o/r/blob/{sha}/src/a_b.py#L4"
    link = '<p>See <a href="{start}">{start}</a>\n{rest}/src/a_b.py#L4</p>'
    sha = audit(FILES, whole).judgements[0].permalink
    assert sha is not None
    commit = sha.split("/")[6]
    start = f"https://github.com/o/r/blob/{commit[:36]}"
    found = audit(FILES, link.replace("{start}", start).replace("{rest}", commit[36:]), "report.html")
    assert rules_of(found) == ["malformed-link"]
    replacement = replacement_of(found)
    assert replacement is not None
    assert replacement.text == sha
