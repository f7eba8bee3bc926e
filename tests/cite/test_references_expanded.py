"""Prose becomes prose with links; every other character of it stays."""

import re
import time
from dataclasses import replace

import pytest
from cited import FILES_OF_A_SERVER as FILES
from cited import URL, expanded, outcomes_of
from hypothesis import given
from hypothesis import strategies as st

from auditor.cite import expand_references, parse_references, write_place
from auditor.markdown import code_span, escape_text, fenced_lines
from auditor.model import Lines, Permalink
from auditor.model.reference import CitedPlace, CodeReference, Outcome, Unresolved

LINK = re.compile(r"https://github\.com/o/project/blob/[0-9a-f]{40}/")


def shown(prose: str) -> str:
    """The prose with links, the part of them that all share left out."""
    return LINK.sub("", expanded(FILES, prose))


LABELS = {
    "src/server.py": "[`src/server.py`](<src/server.py>)",
    "server.py::Server.run()": "[`Server.run`](<src/server.py#L2-L5>)",
    "server.py::run#1": "[`run`](<src/server.py#L2-L5>)",
    'server.py::run@"while True:"': "[`while True:`](<src/server.py#L3>)",
    "server.py::run@call:accept": "[`accept()`](<src/server.py#L4>)",
    'server.py::run@"while".."handle"': "[`run` L3-L5](<src/server.py#L3-L5>)",
    "server.py::L3-L4": "[`server.py` L3-L4](<src/server.py#L3-L4>)",
    "server.py::L3": "[`server.py` L3](<src/server.py#L3>)",
    "LICENSE::grant": "[grant](<LICENSE#L5-L10>)",
    "server.py::run|the *loop* | 1": r"[the \*loop\* \| 1](<src/server.py#L2-L5>)",
}


@pytest.mark.parametrize("target", LABELS)
def test_what_a_reader_sees_of_a_link(target: str) -> None:
    assert shown(f"see [[project:{target}]].") == f"see {LABELS[target]}."


def test_what_is_not_resolved_stays_visible() -> None:
    prose = (
        "[[project:server.py::runn]] [[project:server.py::]] `[[project:server.py]]` [[project:server.py::Server]]\n"
    )
    assert shown(prose) == prose.replace("[[project:server.py::Server]]", "[`Server`](<src/server.py#L1-L5>)")


EXCERPT = """\
[`run`](<src/server.py#L2-L5>) (`o/project@COMMIT src/server.py L2-L5`, BSD-3-Clause)

```python
    def run(self):
        while True:
            request = self.accept()
            self.handle(request)
```
"""


def test_an_excerpt_says_where_it_is_from() -> None:
    text = shown("![[project:server.py::run]]\n")
    assert re.sub("@[0-9a-f]{7} ", "@COMMIT ", text) == EXCERPT


def test_an_excerpt_stays_in_its_list_or_quotation() -> None:
    text = shown("1. a\n2. ![[project:server.py::L1]]\n   b\n\n> ![[project:server.py::L1]]\n> c\n")
    heading = r"\[`server.py` L1\]\(<src/server.py#L1>\) \(`o/project@[0-9a-f]{7} src/server.py L1`, BSD-3-Clause\)"
    expected = rf"""1\. a
2\. {heading}

   ```python
   class Server:
   ```

   b

> {heading}
>
> ```python
> class Server:
> ```
>
> c
"""
    assert re.fullmatch(expected, text), text


def test_line_ends_are_those_of_the_document() -> None:
    assert "\n" not in expanded(FILES, "![[project:server.py::run]]\r\nend\r\n").replace("\r\n", "")


def test_a_document_may_write_its_places_itself() -> None:
    outcomes = outcomes_of(FILES, "a [[project:server.py::run]] b")
    text = expand_references("a [[project:server.py::run]] b", outcomes, lambda place, margin: f"<{place.lines}>")
    assert text == f"a <{Lines(2, 5)}> b"


def hostile_place(name: str, path: str, lines: tuple[str, ...]) -> CitedPlace:
    """A place whose every text was chosen by a stranger."""
    (reference,) = parse_references("![[project:server.py::run]]", "report.md")
    assert isinstance(reference, CodeReference)
    link = Permalink("github", "https://github.com", "o/project", "blob", "a" * 40, "commit", path)
    named = replace(reference, path=path, label=name)
    return CitedPlace(named, link, URL, "b" * 40, name, Lines(1, max(1, len(lines))), excerpt=lines)


def test_nobody_leaves_the_excerpt() -> None:
    name = "](javascript:alert(1)) <script>\u202e\n# x"
    place = hostile_place(name, "a`b.py", ("```", "````` <script>", "\x1b[31m\u202e\u2066x"))
    heading, blank, *block = write_place(place).split("\n")
    assert blank == ""
    assert block[0] == block[-1] == "``````"
    assert block[1:-1] == ["```", "````` <script>", "�[31m��x"]
    assert not re.search(r"(?<!\\)[<#](?!https)|(?<!\\)\]\(j", heading)
    assert "\u202e" not in heading
    assert "``o/project@aaaaaaa a`b.py L1-L3``" in heading


@given(st.text(), st.lists(st.text(st.characters(exclude_characters="\n")), max_size=5))
def test_texts_of_strangers_stay_texts(text: str, lines: list[str]) -> None:
    assert "\n" not in escape_text(text) + code_span(text)
    fence, *body, end = fenced_lines(lines, None)
    assert fence == end
    assert len(body) == len(lines)
    assert not any(line.strip().startswith(fence) for line in body)


@given(
    st.lists(st.sampled_from(["[[project:a.py]]", "![[project:a.py]]\n", "`", "x ", "\r\n", "\n\n", "- "])).map("".join)
)
def test_what_is_no_reference_stays_byte_for_byte(prose: str) -> None:
    outcomes: list[Outcome] = []
    for reference in parse_references(prose, "report.md"):
        if isinstance(reference, CodeReference) and not reference.embed:
            outcomes.append(replace(hostile_place("x", "a.py", ()), reference=reference))
        else:
            outcomes.append(Unresolved(reference, "unknown", "", ""))
    text = expand_references(prose, outcomes, lambda place, margin: place.reference.written)
    assert text == prose


def test_many_links_on_one_line_take_no_longer() -> None:
    prose = "[[project:a.py]] " * 20_000
    places = [
        replace(hostile_place("x", "a.py", ()), reference=reference)
        for reference in parse_references(prose, "report.md")
        if isinstance(reference, CodeReference)
    ]
    began = time.process_time()
    assert expand_references(prose, places) == f"[`a.py`](<{URL}>) " * 20_000
    assert time.process_time() - began < 5  # about 0.3 s here
