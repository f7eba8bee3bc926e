"""The way of `auditor report` on one page: gather, judge, resolve what the author cites, follow the code path."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor import __version__
from auditor.checkout import open_store
from auditor.compose.own import own_code
from auditor.compose.parts import make_parts
from auditor.compose.pins import OpenPins
from auditor.compose.steps import CodePath, make_steps
from auditor.compose.texts import Citing, read_texts, resolve_texts
from auditor.licenses.texts.index import catalogue
from auditor.model import Audit, Finding, Incident, Place, ReferenceJudgement
from auditor.model.document import Prose, Provenance, WrittenReport
from auditor.model.manifest import Manifest, ReportPlan
from auditor.model.reference import Outcome, Unresolved
from auditor.pipeline import CheckOptions, check_documents
from auditor.read import Document
from auditor.rules import OF_MANIFESTS, OF_REFERENCES
from auditor.shipping import Gathered, ShippingOptions, gather_shipping, judge_gathered

if TYPE_CHECKING:
    from auditor.fetch import FetchSettings, Store
    from auditor.model.trace import Trace
    from auditor.resolve.outlines import OutlineCache

Progress = Callable[[int, int, str], None]


def write_report(
    manifest: Manifest,
    settings: "FetchSettings",
    options: ShippingOptions,
    progress: Progress = lambda done, total, what: None,
    warn: Callable[[str], None] = lambda text: None,
) -> WrittenReport:
    """Everything that a template shows, from the manifest and the author's texts.

    Raises DocumentError for a text or a trace that cannot be read, EnvironmentTrouble without git.
    """
    from auditor.resolve.outlines import OutlineCache

    plan, folder = manifest.report, Path(manifest.document).parent
    own = [section.text for section in plan.sections if section.text]
    texts = read_texts(folder, [*plan.text, *own])
    links = check_documents(
        [Document(name, text.encode("utf-8", "replace"), Path(name)) for name, text in texts.items()],
        settings,
        CheckOptions(options.rules, options.hosts, options.jobs),
        progress,
        warn,
    )
    with ExitStack() as stack:
        gathered = gather_shipping(manifest, (), lambda: settings, options, stack, progress, warn)
        store = open_store(settings, warn)
        stack.callback(store.close)
        outlines = stack.enter_context(closing(OutlineCache(store.root / "outlines.sqlite")))
        progress(0, 0, "references resolved")
        citing = _citing(gathered, options, store, outlines, stack)
        prose, incidents = resolve_texts(texts, citing)
        mine = own_code(Path(manifest.document), options.hosts) if plan.trace else None
        path = make_steps(_trace(plan, folder), _trace_place(manifest), plan.steps, citing, mine)
    # Without a word on how the project is passed on there are no obligations to judge, only licences.
    passed_on = bool(manifest.distribution.kinds or manifest.distribution.artifacts)
    shipped = judge_gathered(gathered, manifest, options, passed_on)
    audit = _whole(links, shipped, prose, path, options, incidents)
    return _report(manifest, gathered, prose, path, audit, options)


def _citing(
    gathered: Gathered, options: ShippingOptions, store: "Store", outlines: "OutlineCache", stack: ExitStack
) -> Citing:
    pins = OpenPins(gathered.shipping.supplies, options.hosts, lambda: store, stack)
    return Citing(pins, outlines.outline, options.hosts)


def _trace(plan: ReportPlan, folder: Path) -> "Trace | None":
    from auditor.trace import read_trace

    return read_trace(folder / plan.trace.path) if plan.trace else None


def _trace_place(manifest: Manifest) -> Place:
    trace = manifest.report.trace
    return trace.place if trace else Place(manifest.document, 1, 1, 1, 1)


def _whole(
    links: Audit,
    shipped: Audit,
    prose: dict[str, Prose],
    path: CodePath,
    options: ShippingOptions,
    incidents: Sequence[Incident],
) -> Audit:
    """One audit of all that the report says."""
    outcomes = [outcome for one in prose.values() for outcome in one.references] + path.outcomes
    shipping = shipped.shipping
    if shipping is not None:
        rules = [rule for rule in options.rules if rule in OF_MANIFESTS]
        told = tuple(finding for problem in path.problems for rule in rules for finding in rule.check(problem))
        shipping = replace(shipping, findings=(*shipping.findings, *told))
    return replace(
        links,
        shipping=shipping,
        references=tuple(ReferenceJudgement(outcome, _findings(outcome, options)) for outcome in outcomes),
        incidents=(*links.incidents, *incidents, *path.incidents, *_unlooked(outcomes), *shipped.incidents),
    )


def _unlooked(outcomes: Sequence[Outcome]) -> Iterator[Incident]:
    """References of which nothing could be told."""
    for outcome in outcomes:
        if isinstance(outcome, Unresolved) and outcome.sort == "unlooked":
            place = outcome.reference.place
            yield Incident(f"{outcome.reference.written}: {outcome.detail}", place.document, place.line)


def _findings(outcome: Outcome, options: ShippingOptions) -> tuple[Finding, ...]:
    return tuple(finding for rule in options.rules if rule in OF_REFERENCES for finding in rule.check(outcome))


def _report(
    manifest: Manifest,
    gathered: Gathered,
    prose: dict[str, Prose],
    path: CodePath,
    audit: Audit,
    options: ShippingOptions,
) -> WrittenReport:
    plan, folder = manifest.report, Path(manifest.document).parent
    by_path = {str(Path(document).relative_to(folder)): one for document, one in prose.items()}
    parts = tuple(make_parts(gathered.shipping.supplies, plan.sections, by_path, options.hosts))
    name = Path(manifest.document).name
    provenance = Provenance(__version__, f"auditor report {name}", name, (("SPDX License List", catalogue().version),))
    first = tuple(by_path[file.path] for file in plan.text)
    title = plan.title or "Open-source report"
    return WrittenReport(
        title, provenance, plan.author, plan.date, first, parts, tuple(path.steps), path.left_out, audit
    )
