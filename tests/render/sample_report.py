"""A written report about the projects of `examples/upstream`, put together in memory as `auditor report` does it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from auditor.cite import parse_references, resolve_references
from auditor.compose.parts import make_parts
from auditor.compose.steps import excerpt_of
from auditor.licenses.identify import identify
from auditor.model import (
    Audit,
    Citation,
    Finding,
    Incident,
    Judgement,
    LicenseFile,
    LicenseSubject,
    Lines,
    Located,
    Place,
    ReferenceJudgement,
    Resolution,
    Unlooked,
)
from auditor.model.checkout import Entry, EntryKind
from auditor.model.document import Excerpt, Prose, Provenance, Step, WrittenReport
from auditor.model.manifest import Dependency, Distribution, ReportSection, TextFile, Use
from auditor.model.obligation import Artifact, NoticePart, ShippedText, Shipping, ShippingJudgement, Supply, Surface
from auditor.model.reference import CitedPlace, Outcome, Pin
from auditor.model.shipment import Component
from auditor.obligations.run import judge_shipping
from auditor.permalinks import DEFAULT
from auditor.rules import OF_OBLIGATIONS, reference_unknown
from auditor.symbols import outline_source

UPSTREAM = Path(__file__).parent.parent.parent / "examples" / "upstream"
PINS = {
    "teapot": ("teapot/2024-03-04", "0a1729c9024afbefa1e479669cd7a09c484cfc61", "BSD-3-Clause"),
    "kettle": ("kettle/2024-04-11", "39942b3673b3176dbab70f7daf5c50ea8be9c27f", "MIT"),
}
INTRODUCTION = """\
The tea room's ordering page takes an order over TCP, puts it into a queue, and answers before the water is hot. This
report follows **one order** from the socket to the row in the database, and shows for each step which lines of other
people's code we rely on.

| project | what we use it for | since |
| :--- | :--- | ---: |
| teapot | the web application, and its development server | 2024 |
| kettle | a queue of tasks that survives a restart | 2024 |

# What an order is

An order is one row in a table. Everything before that can be repeated; everything after it is `kettle`'s business:

1. the browser sends a form,
2. our view calls [[kettle:queue.py::Queue.put]],
3. a worker takes the row in one transaction, by [[kettle:queue.py::Queue.take]].
"""
ABOUT_TEAPOT = """\
## From the socket to the view

[[teapot:serving.py::make_server]] binds the port. For every connection the server creates a
[[teapot:serving.py::RequestHandler]], which hands the request to the application:

![[teapot:serving.py::RequestHandler.run_wsgi]]

Nothing is sent before the view has returned. Status and headers are kept by [[teapot:serving.py::start_response]] and
go out with the first piece of the body. See <https://peps.python.org/pep-3333/>, which asks for exactly that.

> The body of a request is cut off at one megabyte, [[teapot:serving.py::@"LIMIT = 1 << 20"|by this limit]].

### Routing

Views are tried in the order in which they were registered. `Router.match` is documented at
[[teapot:routing.py::Router.matches]].

```python
@app.route("/orders/new")  # has to come before the next one
def new(request):
    queue.put("brew", cups=2)
```
"""
ABOUT_KETTLE = """\
Two workers never brew the same order, because reading and marking a row are one transaction:

![[kettle:queue.py::Queue.take]]

A failed task is given back by [[kettle:queue.py::Queue.retry]].
"""
STEPS = (
    ("Python", "BaseHTTPRequestHandler.handle_one_request", 12, "Reads the request line and finds the method for it."),
    ("teapot", "src/teapot/serving.py::RequestHandler.run_wsgi", 54, "Gives the application its environment."),
    (
        "teapot",
        "src/teapot/app.py::Teapot.__call__",
        62,
        "Is what the server calls; hands on to what middleware wraps.",
    ),
    ("teapot", "src/teapot/app.py::Teapot.wsgi_app", 56, "Runs what was registered with `before_request` first."),
    ("teapot", "src/teapot/app.py::Teapot.dispatch", 44, "Calls the view with the placeholders of its pattern."),
    (None, "orders/views.py::new", 17, "Our own view: checks the form and puts the order into the queue."),
    ("kettle", "kettle/queue.py::Queue.put", 25, "Writes the row. From here on the order is safe."),
    ("", "Connection.execute", None, "SQLite's own code; what ran is compiled."),
)


@dataclass(frozen=True)
class FileEntry:
    path: str
    id: str
    kind: EntryKind = "file"


class Files:
    """A commit in memory: trees and blobs in one, whose ids are the paths."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def entry(self, commit: str, path: str) -> Entry | None:
        return FileEntry(path, path) if path in self.files else None

    def paths(self, commit: str) -> Mapping[str, Entry]:
        return {path: FileEntry(path, path) for path in self.files}

    def read(self, blob_id: str) -> bytes:
        return self.files[blob_id].encode()


@cache
def project(name: str) -> Files:
    top = UPSTREAM / PINS[name][0]
    paths = sorted(path for path in top.rglob("*") if path.is_file())
    return Files({path.relative_to(top).as_posix(): path.read_text("utf-8") for path in paths})


def url(name: str) -> str:
    return f"https://github.com/example/{name}"


def entry(line: int) -> Place:
    return Place("auditor.toml", line, 1, line, 16)


def supply(name: str, line: int, use: Use) -> Supply:
    """A dependency with its licence file at the pin."""
    text, commit = project(name).files["LICENSE"], PINS[name][1]
    file = LicenseFile("LICENSE", "0" * 40, identify(text))
    subject = LicenseSubject(f"{url(name)}@{commit}", (file,), repository=url(name), commit=commit)
    version = {"teapot": "2.1.0", "kettle": "0.9.3"}[name]
    dependency = Dependency(name, entry(line), "pypi", version, url(name), commit, use=use)
    return Supply(dependency, subject, {"LICENSE": text})


def unknown_supply() -> Supply:
    """A dependency of which nothing could be read."""
    dependency = Dependency("saucer", entry(30), "npm", "3.0.1", "https://git.example.org/saucer", use="bundled")
    return Supply(dependency, unlooked="git.example.org could not be reached: no route to host")


def shipping() -> ShippingJudgement:
    """A wheel that carries the notice of one of its parts, and a source archive that carries both."""
    teapot, kettle = project("teapot").files["LICENSE"], project("kettle").files["LICENSE"]
    own = ShippedText("LICENSE", teapot.replace("The Teapot Authors", "The Tea Room"), role="own")
    lines = teapot.count("\n")
    notices = "tearoom-1.4.0.dist-info/THIRD_PARTY_NOTICES"
    only = ShippedText(notices, teapot, identify(teapot), "third-party", (NoticePart("teapot", Lines(1, lines)),))
    copies = tuple(
        ShippedText(f"tearoom/_vendor/{name}/LICENSE", text, identify(text))
        for name, text in (("teapot", teapot), ("kettle", kettle))
    )
    parts = tuple(
        Component(name, "bundled", f"tearoom/_vendor/{name}", f"tearoom/_vendor/{name}/METADATA", "1.0", "pypi")
        for name in ("teapot", "kettle", "saucer")
    )
    wheel = Artifact("dist/tearoom-1.4.0-py3-none-any.whl", "binary", (own, only), parts, certain=True)
    sdist = Artifact("dist/tearoom-1.4.0.tar.gz", "source", (own, *copies), parts, certain=True)
    supplies = (supply("teapot", 12, "bundled"), supply("kettle", 19, "bundled"), unknown_supply())
    readme = "# Tea Room\n\nOrders, served with Teapot.\n"
    given = Shipping(
        Distribution(("source", "binary")), supplies, (wheel, sdist), (Surface("README.md", readme, identify(readme)),)
    )
    return ShippingJudgement(given, judge_shipping(given, OF_OBLIGATIONS))


def resolved(text: str, document: str) -> tuple[Outcome, ...]:
    """What the references in a text stand for."""
    pins: dict[str, Pin | Unlooked] = {
        name: Pin(url(name), commit, project(name), project(name), license)
        for name, (_, commit, license) in PINS.items()
    }
    return resolve_references(
        parse_references(text, document), pins, lambda blob, path, data: outline_source(path, data), DEFAULT
    )


def prose(text: str, document: str) -> Prose:
    return Prose(document, text, resolved(text, document))


def step(number: int, owner: str | None, what: str, line: int | None, does: str) -> Step:
    """A step of the sample; those of known projects with the lines around the one that ran."""
    path, _, function = what.rpartition("::")
    place = Place("trace.json", number, 1, number, 1)
    skipped = {1: 4, 6: 2}.get(number, 0)
    thread = "Thread-1 (process_request_thread)"
    if owner is None:
        own = Step(number, function, path, line, place, call="new(request, **arguments)", does=does)
        return replace(own, skipped=skipped, thread=thread)
    if owner not in PINS:
        problem = "the manifest pins no Python (name it cpython); 3.11.7 ran"
        file = "http/server.py" if line else "sqlite3"
        return Step(number, function, file, line, place, owner or None, "method()" if line else "", does, None, None,
                    skipped, thread, problem)  # fmt: skip
    assert line is not None
    lines = project(owner).files[path].splitlines()
    first, last = max(1, line - 3), min(len(lines), line + 3)
    commit, license = PINS[owner][1:]
    link = f"{url(owner)}/blob/{commit}/{path}#L{line}"
    shown = tuple(lines[first - 1 : last])
    excerpt = Excerpt(url(owner), commit, path, link, first, shown, Lines(line, line), "python", 0, license)
    call = lines[line - 1].strip()
    return Step(number, function, path, line, place, owner, call, does, link, excerpt, skipped, thread)


def link_judgement() -> Judgement:
    """An ordinary link of the author's to a file that is not there."""
    place = Place("docs/how.md", 9, 5, 9, 90)
    written = f"{url('teapot')}/blob/{PINS['teapot'][1]}/src/teapot/routing.py#L38"
    located = Located(
        PINS["teapot"][1], "src/teapot/routing.py", "text", "0" * 40, 52, Lines(38, 38), ("    def match",)
    )
    citation = Citation("link", place, written, None)
    finding = Finding("wrong-symbol", "error", "line 38 is not in Router", place, "cite L30 instead", written)
    return Judgement(Resolution(citation, located, url("teapot")), "mismatched", written, (finding,))


def references(texts: Iterable[Prose]) -> tuple[ReferenceJudgement, ...]:
    outcomes = (outcome for text in texts for outcome in text.references)
    return tuple(ReferenceJudgement(one, tuple(reference_unknown.check(one))) for one in outcomes)


@cache
def sample() -> WrittenReport:
    """The report: three dependencies, eight steps in four lanes, some things wrong, some unknown."""
    texts = (
        prose(INTRODUCTION, "docs/order.md"),
        prose(ABOUT_TEAPOT, "docs/teapot.md"),
        prose(ABOUT_KETTLE, "docs/kettle.md"),
    )
    judged = shipping()
    sections = (
        ReportSection(
            "teapot", entry(40), ("`orders/app.py`, the ordering page",), TextFile("docs/teapot.md", entry(41))
        ),
        ReportSection("kettle", entry(45), ("the page", "the brewing worker"), TextFile("docs/kettle.md", entry(46))),
    )
    parts = tuple(make_parts(judged.shipping.supplies, sections, {text.document: text for text in texts}))
    audit = Audit(
        judgements=(link_judgement(),),
        incidents=(Incident("git.example.org could not be reached: no route to host", "auditor.toml", 30),),
        shipping=judged,
        references=references(texts),
    )
    return WrittenReport(
        "How an order reaches the kettle",
        Provenance("0.1.0", "auditor report auditor.toml", "auditor.toml", (("SPDX License List", "3.27.0"),)),
        "Ada Byron, Tea Room engineering",
        "21 May 2024",
        texts[:1],
        parts,
        tuple(step(number, *values) for number, values in enumerate(STEPS, 1)),
        3,
        audit,
    )


def cited_places(report: WrittenReport) -> tuple[CitedPlace, ...]:
    """The places of all references by name."""
    outcomes = (judgement.outcome for judgement in report.audit.references)
    return tuple(outcome for outcome in outcomes if isinstance(outcome, CitedPlace) and excerpt_of(outcome))
