"""Only prose is read: what Markdown takes for code, raw HTML or an escaped sign is no reference."""

import pytest

from auditor.cite import parse_references

REFERENCE = "[[project:a.py]]"

PROSE = {
    "a paragraph": "See [[project:a.py]].",
    "a heading": "## [[project:a.py]] ##",
    "an item": "- [[project:a.py]]",
    "an item of an item": "- a\n  - b\n    - [[project:a.py]]",
    "the second paragraph of an item": "1.  a\n\n    [[project:a.py]]",
    "a lazy line": "text\n      [[project:a.py]]",
    "a row": "| a | b |\n|---|---|\n| [[project:a.py|b]] | c |",
    "a quotation": "> > [[project:a.py]]",
    "a quotation in an item": "- a\n\n  > [[project:a.py]]",
    "after a fence": "```\n```\n[[project:a.py]]",
    "after a fence of tildes": "~~~ py ```\n~~~\n[[project:a.py]]",
    "after the quotation that a fence stands in": "> ```\n> x\n\n[[project:a.py]]",
    "after the item that a fence stands in": "- ```\n  x\n\n[[project:a.py]]",
    "after inline code": "`[[` [[project:a.py]]",
    "after a lone backtick": "the ` sign [[project:a.py]]",
    "after a lone backtick in a paragraph before": "the ` sign\n\n[[project:a.py]] ` too",
    "after backticks of another length": "`` x ` [[project:a.py]]",
    "after a backslash that is escaped": "\\\\[[project:a.py]]",
    "after less-than": "a <b [[project:a.py]] c> d",
    "after a tag": '<b class="[[x:y]]">[[project:a.py]]</b>',
    "after a comment": "<!-- a --> [[project:a.py]]",
    "in a block of HTML, as Markdown may begin in it": "<details>\n\n[[project:a.py]]\n</details>",
    "below a number that is no item": "text\n10. ``` [[project:a.py]]",
    "in an item that begins with an empty line": "10.  \n    [[project:a.py]]",
    "behind a quotation's mark and a tab": "> \t[[project:a.py]]",
    "after a line across the page": "* * *\n  ```\n```\n  [[project:a.py]]",
    "below an underlined heading": "a ``\n==\n[[project:a.py]] ``",
    "in outer brackets": "([[project:a.py]]) and [[[project:a.py]]",
    "beside another": "[[project:a.py]][[project:a.py]]",
}
CODE = {
    "a code span": "`[[project:a.py]]`",
    "a code span over two lines": "``a ` b\n[[project:a.py]]``",
    "a fence": "```\n[[project:a.py]]\n```",
    "a fence that a shorter one does not close": "````\n```\n[[project:a.py]]\n````",
    "a fence that nothing closes": "~~~\n[[project:a.py]]",
    "a fence in a quotation": "> ```\n> [[project:a.py]]\n> ```",
    "a fence that the same in a quotation does not close": "```\n> ```\n[[project:a.py]]\n```",
    "a fence in an item": "-   ```\n    [[project:a.py]]\n    ```",
    "an indented block": "text\n\n    [[project:a.py]]",
    "a block indented by a tab": "\t[[project:a.py]]",
    "an indented block after a heading": "# a\n    [[project:a.py]]",
    "an indented block in an item": "- a\n\n      [[project:a.py]]",
    "an indented block in a quotation": ">     [[project:a.py]]",
    "an item that begins with code": "-     [[project:a.py]]",
    "a block below an item that stayed empty": "10. \n\n\t [[project:a.py]]",
    "a code span behind an escaped backtick": "\\``` [[project:a.py]] ``",
    "a comment": "text <!-- [[project:a.py]] -->",
    "a comment over paragraphs": "<!-- a\n\n[[project:a.py]]\n-->",
    "preformatted text": "<pre>\n[[project:a.py]]\n\n[[project:a.py]]\n</pre>",
    "a script": "<script>\nx = '[[project:a.py]]'\n</script>",
    "an attribute": '<a title="[[project:a.py]]">',
    "escaped": "\\[[project:a.py]]",
    "both escaped": "\\[\\[project:a.py]]",
}
OTHER = {
    "a table of TOML": "the table [[dependency]] of the manifest",
    "lists of lists": "[[1, 2], [3, 4]] and [[1:2], [3:4]]",
    "an attribute of C++": "[[nodiscard]], [[gnu::packed]]",
    "a character class": "[[:alpha:]] and [[:space:]",
    "a wiki's page": "[[Page]], [[Page|title]], [[Help: Page]]",
    "a wiki's link": "[[https://example.org/a::b]]",
    "the text of a link": "[[RFC:1]](https://example.org), [[RFC:1]][rfc]",
    "only half": "a [[project:a.py",
    "over two lines": "[[project:\na.py]]",
    "empty": "[[]] [[:]] [[::]]",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_references_in_prose_are_found(text: str) -> None:
    found = parse_references(text, "report.md")
    assert found
    assert {reference.written.partition("|")[0].rstrip("]") for reference in found} == {"[[project:a.py"}


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_code_is_left_alone(text: str) -> None:
    assert parse_references(text, "report.md") == ()


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_other_brackets_are_left_alone(text: str) -> None:
    assert parse_references(text, "report.md") == ()
