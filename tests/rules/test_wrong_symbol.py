import pytest
from audits import audit, finding_of, judgement_of, rules_of

SERVER = '''\
"""A server."""

import functools


class Server:
    """Answers requests."""

    limit = 10

    # Runs until it is told to stop.
    # It can be called once.
    @functools.cache
    @staticmethod
    def serve_forever(
        interval=0.5,
    ):
        """Serve.

        For ever.
        """
        while True:
            handle_request(interval)


def handle_request(interval):
    """Handle one."""
    total = 1
    total += 2
    total += 3
    total += 4
    total += 5
    total += 6
    return total


def main():
    """Start."""
    server = Server()
    print("ready")
    print("steady")
    server.serve_forever()
'''
FILES = {"server.py": SERVER, "notes.txt": SERVER}
AT = "https://github.com/o/r/blob/{sha}/server.py"

SHOWN = {
    "the comment above": "L11",
    "a decorator": "L13",
    "the definition": "L15",
    "an argument": "L16",
    "the docstring": "L18",
    "inside": "L22-L23",
    "a call": "L42",
    "one of the lines of a range": "L30-L42",
    "three lines from the header": "L10",
    "three lines from a call": "L39",
    "more than the definition": "L1-L24",
}


@pytest.mark.parametrize("lines", SHOWN.values(), ids=SHOWN)
def test_lines_that_show_the_name_are_fine(lines: str) -> None:
    found = audit(FILES, f"See [`serve_forever`]({AT}#{lines}).")
    assert [rule for rule in rules_of(found) if rule != "blank-lines"] == []
    assert judgement_of(found).verdict == "verified"


@pytest.mark.parametrize("lines", ["L6", "L9", "L27", "L30-L34"])
def test_lines_that_show_something_else_are_an_error(lines: str) -> None:
    found = audit(FILES, f"See [`serve_forever`]({AT}#{lines}).")
    finding = finding_of(found, "wrong-symbol")
    assert finding.severity == "error"
    assert "defines it at line 15" in finding.message
    assert [related.start for related in finding.related] == [13]
    assert judgement_of(found).verdict == "mismatched"


def test_the_one_definition_is_the_replacement() -> None:
    line = finding_of(audit(FILES, f"[`serve_forever`]({AT}#L30)"), "wrong-symbol").replacement
    lines = finding_of(audit(FILES, f"[`serve_forever`]({AT}#L30-L34)"), "wrong-symbol").replacement
    assert line is not None
    assert lines is not None
    assert (line.safe, line.text[-4:]) == (True, "#L15")
    assert (lines.safe, lines.text[-8:]) == (True, "#L13-L23")


def test_several_definitions_are_not_chosen_from() -> None:
    code = (
        "class A:\n    def go(self):\n        return 1\n\n\nclass B:\n    def go(self):\n        return 2\n"
        + "x = 1\n" * 9
    )
    finding = finding_of(audit({"a.py": code}, "[`go()`](https://github.com/o/r/blob/{sha}/a.py#L15)"), "wrong-symbol")
    assert finding.replacement is not None
    assert not finding.replacement.safe
    assert "#L2" in finding.remedy
    assert "#L7" in finding.remedy


SPELLINGS = ["serve_forevr", "ServeForever", "server_forever", "Server.serve_forever()", "Base.serve_forever"]


@pytest.mark.parametrize("name", SPELLINGS)
def test_another_spelling_of_what_is_there_is_fine(name: str) -> None:
    found = audit(FILES, f"[`{name}`]({AT}#L15)")
    assert rules_of(found) == []
    assert judgement_of(found).verdict == "verified"


SURE = {
    "link text": "[`serve_forever`]({at}#L30)",
    "call": "[serve_forever()]({at}#L30)",
    "heading": "### `serve_forever`\n\n{at}#L30\n",
    "frame": "serve_forever, server.py:22\n{at}#L30\n",
}


@pytest.mark.parametrize("report", SURE.values(), ids=SURE)
def test_what_leaves_no_doubt_is_an_error(report: str) -> None:
    assert finding_of(audit(FILES, report.replace("{at}", AT)), "wrong-symbol").severity == "error"


LIKELY = {
    "lead-in": "`serve_forever` is defined here: {at}#L30",
    "table": "| `serve_forever` | {at}#L30 |",
}


@pytest.mark.parametrize("report", LIKELY.values(), ids=LIKELY)
def test_prose_right_before_the_link_is_a_warning(report: str) -> None:
    assert finding_of(audit(FILES, report.replace("{at}", AT)), "wrong-symbol").severity == "warning"


DOUBTFUL = {
    "a sentence before": "We like `serve_forever`. See {at}#L30",
    "a verb between": "`serve_forever` needs an interval, explained in {at}#L30",
    "behind the link": "{at}#L30 is not `serve_forever`",
    "two names": "`serve_forever` and `main` come after {at}#L30",
    "plain words": "[serve forever]({at}#L30)",
    "a paragraph before": "## `serve_forever`\n\nIt is long.\n\nSomething else: see {at}#L30",
    "no grammar": "[`serve_forever`](https://github.com/o/r/blob/{sha}/notes.txt#L30)",
    "no lines": "[`serve_forever`]({at})",
    "imported here, defined elsewhere": "[`functools`]({at}#L30)",
}


@pytest.mark.parametrize("report", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_may_be_about_something_else_is_no_finding(report: str) -> None:
    assert rules_of(audit(FILES, report.replace("{at}", AT))) == []
