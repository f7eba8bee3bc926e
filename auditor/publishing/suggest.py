"""Safe replacements as suggestions: whole lines, as a code host takes them."""

import bisect
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.mend import Edit, apply_edits, safe_edits
from auditor.model import Audit, Finding, Judgement, Span, StatementJudgement
from auditor.model.publication import Suggestion
from auditor.publishing.comment import quiet

_LONE_RETURN = re.compile(r"\r(?!\n)")


Mendable = Judgement | StatementJudgement


@dataclass(slots=True)
class _Group:
    """Lines, one-based and inclusive, that must change together: the edits of them and the findings about them."""

    first: int
    last: int
    edits: list[Edit]
    findings: list[Finding]


def mendable(audit: Audit) -> dict[str, list[Mendable]]:
    """What `suggestions_for` needs, by document."""
    found: dict[str, list[Mendable]] = {}
    judgements: list[Mendable] = [*audit.judgements, *audit.statements]
    for judgement in judgements:
        found.setdefault(judgement.place.document, []).append(judgement)
    return found


def suggestions_for(judgements: Sequence[Mendable], path: str, text: str) -> Iterator[Suggestion]:
    """What would mend a document, in the order of its lines. `path` is its name in the repository.

    The lines of a text with lone carriage returns are not those of the host: for such a text there are none.
    """
    if _LONE_RETURN.search(text):
        return
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    seen: Counter[str] = Counter()
    for group in _groups(judgements, starts):
        key = _key(group.findings)
        seen[key] += 1
        key += f"-{seen[key]}" if seen[key] > 1 else ""
        yield Suggestion(path, group.first, group.last, _new_lines(text, starts, group), key, _reason(group.findings))


def _is_safe(finding: Finding) -> bool:
    return finding.replacement is not None and finding.replacement.safe


def _groups(judgements: Sequence[Mendable], starts: Sequence[int]) -> list[_Group]:
    """The edits of the document by the lines that they change: a link that is split over two lines is mended in one."""
    made = set(safe_edits(judgements))  # without those that overlap others
    single = [group for judgement in judgements if (group := _group(judgement, made, starts))]
    groups: list[_Group] = []
    for group in sorted(single, key=lambda group: group.first):
        if not groups or group.first > groups[-1].last:
            groups.append(group)
            continue
        groups[-1].last = max(group.last, groups[-1].last)
        groups[-1].edits += group.edits
        groups[-1].findings += group.findings
    return groups


def _group(judgement: Mendable, made: set[Edit], starts: Sequence[int]) -> _Group | None:
    """The lines that one judgement changes, None when it changes none."""
    edits = safe_edits([judgement])
    if not edits or not made.issuperset(edits):
        return None
    first = bisect.bisect_right(starts, edits[0].span.start)
    last = max(first, bisect.bisect_left(starts, max(edit.span.end for edit in edits)))
    return _Group(first, last, edits, [finding for finding in judgement.findings if _is_safe(finding)])


def _new_lines(text: str, starts: Sequence[int], group: _Group) -> tuple[str, ...]:
    """The lines of a group as they should be."""
    begin = starts[group.first - 1]
    end = starts[group.last] if group.last < len(starts) else len(text)
    moved = [Edit(Span(edit.span.start - begin, edit.span.end - begin), edit.text) for edit in group.edits]
    changed = apply_edits(text[begin:end], sorted(moved, key=lambda edit: edit.span.start))
    return tuple(line.removesuffix("\r") for line in changed.removesuffix("\n").split("\n"))


def _key(findings: Iterable[Finding]) -> str:
    """The same for the same findings, also when their lines have moved."""
    prints = sorted({finding.fingerprint for finding in findings})
    return hashlib.sha256("\0".join(prints).encode()).hexdigest()[:16]


def _reason(findings: Sequence[Finding]) -> str:
    messages = list(dict.fromkeys(finding.message for finding in findings))
    more = f" (and {len(messages) - 1} more)" if len(messages) > 1 else ""
    return f"{quiet(messages[0])}{more}"
