"""Of an audit only what a change is about: findings on touched lines, and those that depend on a touched manifest."""

import bisect
from collections.abc import Collection, Iterator
from dataclasses import replace

from auditor.model import Audit, Finding, Place, Unstated
from auditor.model.change import Changes, Touched
from auditor.model.worktree import Worktree


def keep_changed(audit: Audit, changes: Changes, worktree: Worktree, manifests: Collection[str] = ()) -> Audit:
    """The audit with the findings that a change is about; the others are kept as untouched.

    A finding counts if one of its lines was touched, and in a PDF or a new file always. What a report leaves unsaid
    counts once any line of it was touched. `manifests` are the documents that say what is used, lock files too: once
    one of them was touched, every finding in any of them and on what is shipped counts. Findings outside of the
    repository always count: nobody knows whether they are new.
    """
    said = {worktree.path_of(manifest) for manifest in manifests}
    judged_anew = not said.isdisjoint(changes.files)
    shipping = frozenset(map(id, _about_shipping(audit)))
    whole = frozenset(map(id, _about_documents(audit)))
    untouched: list[Finding] = []

    def keep(finding: Finding) -> bool:
        path = worktree.path_of(finding.place.document)
        depends = judged_anew and (id(finding) in shipping or path in said)
        if path is None or depends or _is_touched(finding.place, changes.files.get(path), id(finding) in whole):
            return True
        untouched.append(finding)
        return False

    kept = audit.keeping(keep)
    return replace(kept, set_aside=replace(kept.set_aside, untouched=tuple(untouched)))


def _about_shipping(audit: Audit) -> Iterator[Finding]:
    if audit.shipping is not None:
        yield from audit.shipping.findings
        yield from (finding for one in audit.shipping.judgements for finding in one.findings)


def _about_documents(audit: Audit) -> Iterator[Finding]:
    """Findings about a document as a whole: what it leaves unsaid, which licence it holds."""
    yield from (finding for one in audit.statements if isinstance(one.fact, Unstated) for finding in one.findings)
    yield from (finding for one in audit.licenses for finding in one.findings)


def _is_touched(place: Place, touched: Touched | None, anywhere: bool) -> bool:
    if touched is None:
        return False
    if touched.whole or place.page is not None:
        return True
    if anywhere:
        return bool(touched.lines)
    index = bisect.bisect_left(touched.lines, place.line, key=lambda lines: lines.end)
    return index < len(touched.lines) and touched.lines[index].start <= place.end_line


def touched_documents(documents: Collection[str], changes: Changes, worktree: Worktree) -> tuple[str, ...]:
    """The documents, by name, that a change is about, and those outside of the repository."""
    paths = {document: worktree.path_of(document) for document in documents}
    return tuple(document for document, path in paths.items() if path is None or path in changes.files)
