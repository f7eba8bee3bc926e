"""The result as SARIF 2.1.0 (OASIS), in the shape that code scanning of GitHub accepts and shows.

Each finding is a result in a file of the audited repository; the cited code is a related location, the stack it is
part of a stack. Findings that somebody has accepted are no results: GitHub would open alerts for them.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditor import __version__
from auditor.edits import edits_of, inserted_text
from auditor.model import Audit, Finding, Incident, Place
from auditor.model.worktree import UNKNOWN, Worktree
from auditor.render.plain import plain_text
from auditor.render.rule_help import RuleHelp, catalogue_help, project_url
from auditor.render.sarif_places import ROOT, Columns, Places, Value, related_location, sentence
from auditor.render.sarif_stacks import Stacks
from auditor.render.text import plural
from auditor.render.told import Told, tell_findings

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# What GitHub accepts of a file (docs.github.com, "SARIF support for code scanning", limits).
MOST_RESULTS = 25_000
MOST_RELATED = 1_000
MOST_BYTES = 10_000_000  # compressed by gzip
_RESERVE = 1_000_000  # of these for all but the results, and for compression that is worse than ours
_MOST_NOTIFICATIONS = 1_000
_NOTIFICATIONS = (
    ("unexamined", "NotExamined", "Something could not be examined; it is not known to be right."),
    ("cut", "FindingsLeftOut", "Not everything that was found is in this file."),
)


@dataclass(frozen=True, slots=True)
class SarifOptions:
    """`texts` are decoded documents by name: columns and fixes are given for these. `category` tells runs apart."""

    worktree: Worktree = UNKNOWN
    texts: Mapping[str, str] = field(default_factory=dict)
    category: str = ""


def render_sarif(audit: Audit, options: SarifOptions = SarifOptions()) -> str:
    """The audit as SARIF text, ending in a line feed; what does not fit into the limits is said in a notification."""
    told = tell_findings(audit)
    wanted = {one.finding.place.document for one in told}
    columns = {name: Columns(text) for name, text in options.texts.items() if name in wanted}
    places = Places(options.worktree, columns)
    maker = _Results(places, options.texts, Stacks(audit, places))
    results = list(_fitting(maker.result(one) for one in told[:MOST_RESULTS]))
    notes = _notifications(audit, places, told[len(results) :])
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(options, results, notes, not audit.incidents)]}
    return json.dumps(log, ensure_ascii=False, separators=(",", ":")) + "\n"


def _run(options: SarifOptions, results: list[Value], notes: list[Value], complete: bool) -> Value:
    run: Value = {
        "tool": {"driver": _driver()},
        "invocations": [{"executionSuccessful": complete, "toolExecutionNotifications": notes}],
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The top of the audited repository."}}},
        "results": results,
    }
    if options.category:
        run["automationDetails"] = {"id": f"{options.category}/"}
    worktree = options.worktree
    if worktree.repository and "://" in worktree.repository:
        known = {"revisionId": worktree.commit, "branch": worktree.branch}
        provenance = {"repositoryUri": worktree.repository, "mappedTo": {"uriBaseId": ROOT}}
        run["versionControlProvenance"] = [provenance | {key: value for key, value in known.items() if value}]
    return run


def _driver() -> Value:
    driver = {
        "name": "auditor",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": project_url("Homepage"),
        "rules": [_rule(one) for one in catalogue_help()],
        "notifications": [_descriptor(RuleHelp(*kind)) for kind in _NOTIFICATIONS],
    }
    return {key: value for key, value in driver.items() if value}


def _rule(one: RuleHelp) -> Value:
    url = project_url("Rules")
    return _descriptor(one) | ({"helpUri": f"{url}#{one.id}"} if url else {})


def _descriptor(one: RuleHelp) -> Value:
    return {
        "id": one.id,
        "name": one.name,
        "shortDescription": {"text": one.summary},
        "fullDescription": {"text": dict(one.parts).get("What it checks", one.summary)},
        "help": {"text": one.text, "markdown": one.markdown},
    }


@dataclass(frozen=True, slots=True)
class _Results:
    """Makes results out of findings."""

    places: Places
    texts: Mapping[str, str]
    stacks: Stacks

    def result(self, told: Told) -> Value:
        finding = told.finding
        related = [related_location(number, one) for number, one in enumerate(finding.related[:MOST_RELATED])]
        result: Value = {
            "ruleId": finding.rule,
            "level": finding.severity,
            "message": {"text": _message(finding)},
            "locations": [self.places.location(finding.place)],
            # The name that GitHub tells alerts apart by; it stays when lines move.
            "partialFingerprints": {"primaryLocationLineHash": told.key},
        }
        index = _RULE_INDEX.get(finding.rule)
        if index is not None:
            result["ruleIndex"] = index
        if related:
            result["relatedLocations"] = related
        if stack := self.stacks.stack(told):
            result["stacks"] = [stack]
        if fix := self._fix(told):
            result["fixes"] = [fix]
        return result

    def _fix(self, told: Told) -> Value | None:
        """The replacement that may be made without asking."""
        finding, subject = told.finding, told.subject
        replacement, document = finding.replacement, finding.place.document
        columns, text = self.places.columns.get(document), self.texts.get(document)
        if subject is None or replacement is None or not replacement.safe or columns is None or text is None:
            return None
        edits = sorted(edits_of(subject, replacement), key=lambda edit: edit.span.start)
        texts = [inserted_text(edit, text) for edit in edits]
        if not edits or any(plain_text(inserted) != inserted for inserted in texts):
            return None  # what cannot be written as it is must not be written at all
        changes = [
            {"deletedRegion": columns.region_of(edit.span), "insertedContent": {"text": inserted}}
            for edit, inserted in zip(edits, texts, strict=True)
        ]
        change = {"artifactLocation": self.places.artifact(document), "replacements": changes}
        return {"description": {"text": sentence(finding.remedy)}, "artifactChanges": [change]}


_RULE_INDEX = {one.id: index for index, one in enumerate(catalogue_help())}


def _message(finding: Finding) -> str:
    page = f"Page {finding.place.page}: " if finding.place.page is not None else ""
    return f"{page}{sentence(finding.message)}\n{sentence(finding.remedy)}"


def _fitting(results: Iterator[Value]) -> Iterator[Value]:
    """The first results that fit into the bytes."""
    packer = zlib.compressobj(level=1)  # what gzip makes at its usual level is smaller
    size = 0
    for result in results:
        size += len(packer.compress(json.dumps(result).encode()))
        if size > MOST_BYTES - _RESERVE:
            return
        yield result


def _notifications(audit: Audit, places: Places, left_out: Sequence[Told]) -> list[Value]:
    """What could not be examined, and what is not in this file."""
    notes = [_unexamined(incident, places) for incident in audit.incidents[:_MOST_NOTIFICATIONS]]
    cut = []
    if left_out:
        worst = left_out[0].finding.severity
        cut.append(f"{plural(len(left_out), 'finding')}, at worst of severity {worst!r}, did not fit into this file")
    if len(audit.incidents) > len(notes):
        cut.append(f"{plural(len(audit.incidents) - len(notes), 'more place')} could not be examined")
    return notes + [_note("cut", "warning", text) for text in cut]


def _unexamined(incident: Incident, places: Places) -> Value:
    note = _note("unexamined", "error", incident.message)
    if incident.document is not None:
        line = incident.line or 1
        note["locations"] = [places.location(Place(incident.document, line, 1, line, 1))]
    return note


def _note(kind: str, level: str, text: str) -> Value:
    return {"descriptor": {"id": kind}, "level": level, "message": {"text": sentence(text)}}
