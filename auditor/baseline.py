"""What was wrong when a project began to use the tool: a file of fingerprints, so that only what is new is raised.

A fingerprint stays when lines move. The same mistake made twice has one fingerprint and is counted: a third one is new.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from auditor.errors import DocumentError
from auditor.model import Audit, Finding
from auditor.model.aside import BaselineEntry

NAME = "auditor-baseline.json"
VERSION = 1
_LONGEST_MESSAGE = 200  # for a person who reads the file; the fingerprint alone decides


def write_baseline(audits: Iterable[Audit]) -> str:
    """The findings of audits as the text of a baseline, sorted, so that a change of it is a small difference.

    Those that a baseline took out of them are part of it.
    """
    findings: dict[str, Finding] = {}
    counts: Counter[str] = Counter()
    for finding in (one for audit in audits for one in (*audit.set_aside.known, *audit.findings)):
        fingerprint = finding.fingerprint
        findings.setdefault(fingerprint, finding)
        counts[fingerprint] += 1
    entries = [_entry(finding, counts[fingerprint]) for fingerprint, finding in findings.items()]
    entries.sort(key=lambda entry: (entry["document"], entry["rule"], entry["fingerprint"]))
    return json.dumps({"baseline": VERSION, "findings": entries}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _entry(finding: Finding, count: int) -> dict[str, Any]:
    text = " ".join(finding.message.split())
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "document": _valid(finding.place.document),
        "message": _valid(text if len(text) <= _LONGEST_MESSAGE else f"{text[: _LONGEST_MESSAGE - 1]}…"),
        "count": count,
    }


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def read_baseline(data: bytes, name: str) -> tuple[BaselineEntry, ...]:
    """The entries of a baseline file; `name` is for messages. Raises DocumentError for one that is damaged or newer."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{name}: this baseline is damaged: no JSON; write it anew: auditor baseline") from error
    version = value.get("baseline") if isinstance(value, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise DocumentError(f"{name}: baseline format {version} is newer than this program; update auditor")
    if version != VERSION or not isinstance(value.get("findings"), list):
        raise DocumentError(f"{name}: this is no baseline of auditor; write one: auditor baseline")
    return tuple(_read(entry, number, name) for number, entry in enumerate(value["findings"], 1))


def _read(entry: Any, number: int, name: str) -> BaselineEntry:
    """One entry. What is only for people may be missing."""
    if not isinstance(entry, dict):
        entry = {}
    fingerprint, count = entry.get("fingerprint"), entry.get("count", 1)
    rule, document, message = (entry.get(key, "") for key in ("rule", "document", "message"))
    counted = isinstance(count, int) and not isinstance(count, bool) and count > 0
    told = all(isinstance(text, str) for text in (rule, document, message))
    if not (isinstance(fingerprint, str) and fingerprint and counted and told):
        raise DocumentError(f"{name}: this baseline is damaged: finding {number}; write it anew: auditor baseline")
    return BaselineEntry(fingerprint, rule, document, message, count)


def apply_baseline(audit: Audit, baseline: Iterable[BaselineEntry], rules: Iterable[str]) -> Audit:
    """The audit without the findings of the baseline; of those that are alike the first ones are taken for the known.

    Entries that nothing matches any more are told as gone, if their rule is among `rules` (ids of those that ran) and
    their document was examined without an incident; of any other nobody knows.
    """
    entries = tuple(baseline)
    left: Counter[str] = Counter()
    for entry in entries:
        left[entry.fingerprint] += entry.count
    known: list[Finding] = []

    def is_new(finding: Finding) -> bool:
        fingerprint = finding.fingerprint
        if left[fingerprint] <= 0:
            return True
        left[fingerprint] -= 1
        known.append(finding)
        return False

    kept = audit.keeping(is_new)
    ran, examined = frozenset(rules), _examined(audit)
    first = {entry.fingerprint: entry for entry in reversed(entries)}
    gone = tuple(
        replace(entry, count=left[entry.fingerprint])
        for entry in first.values()
        if left[entry.fingerprint] > 0 and entry.rule in ran and entry.document in examined
    )
    gone = tuple(sorted(gone, key=lambda entry: (entry.document, entry.rule, entry.fingerprint)))
    return replace(kept, set_aside=replace(kept.set_aside, known=tuple(known), gone=gone))


def _examined(audit: Audit) -> frozenset[str]:
    """The documents in which everything could be looked at."""
    documents = {_valid(report.document) for report in audit.reports}
    troubled = {_valid(one.document) if one.document else None for one in audit.incidents}
    if audit.shipping is not None:
        documents |= {_valid(one.dependency.place.document) for one in audit.shipping.shipping.supplies}
    if None in troubled or (audit.shipping is not None and troubled):
        return frozenset()  # it may concern any of them
    return frozenset(documents - troubled)
