"""A large report is written quickly and stays small enough to be sent."""

import time
from dataclasses import replace

import pytest
from sample_report import PINS, Files, project, sample

from auditor.cite import parse_references, resolve_references
from auditor.model import ReferenceJudgement, Unlooked
from auditor.model.document import Prose, WrittenReport
from auditor.model.reference import Pin
from auditor.permalinks import DEFAULT
from auditor.render.templates import render_template
from auditor.symbols import outline_source

REPOSITORIES, CITATIONS = 20, 1000
LARGEST = 5_000_000  # bytes of the page


def large_report() -> WrittenReport:
    """Each citation shows another definition, of ten lines on the average."""
    base = sample()
    texts = [_prose(f"part{number}") for number in range(REPOSITORIES)]
    judged = tuple(ReferenceJudgement(outcome) for text in texts for outcome in text.references)
    assert len(judged) == CITATIONS
    parts = tuple(replace(base.parts[0], prose=text) for text in texts)
    return replace(base, parts=parts, audit=replace(base.audit, references=judged))


def _prose(name: str) -> Prose:
    source = project("teapot").files["src/teapot/serving.py"]
    body = "".join(
        source.replace("def ", f"def {name}_{copy}_").replace("class ", f"class C{copy}_") for copy in range(5)
    )
    files = Files({"a.py": body})
    outline = outline_source("a.py", body.encode())
    assert outline is not None
    names = [symbol.name for symbol in outline.symbols if symbol.kind != "variable"][: CITATIONS // REPOSITORIES]
    text = "".join(f"# {symbol}\n\nA few words about it.\n\n![[{name}:a.py::{symbol}]]\n\n" for symbol in names)
    pins: dict[str, Pin | Unlooked] = {
        name: Pin(f"https://github.com/o/{name}", PINS["teapot"][1], files, files, "MIT")
    }
    found = resolve_references(parse_references(text, name), pins, lambda blob, path, data: outline, DEFAULT)
    return Prose(f"{name}.md", text, found)


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_thousand_citations(form: str) -> None:
    report = large_report()
    render_template(f"open-source-report.{form}", sample())  # what is read once is read now
    start = time.process_time()
    text = render_template(f"open-source-report.{form}", report)
    assert time.process_time() - start < 6  # measured: 1.3; machines for tests are slow and shared
    assert len(text.encode()) < LARGEST
