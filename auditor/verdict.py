"""Stage 4: resolutions become judgements: the rules' findings and a verdict."""

from collections.abc import Iterable
from types import ModuleType

from auditor.model import Finding, Judgement, Located, Missing, Resolution, Unlooked, Verdict
from auditor.rules.base import permalink_of

# Findings that say that the lines are not what the report says, and forms that no host follows.
_MISMATCHES = frozenset({"wrong-symbol", "unknown-symbol", "drifted-link"})
_BREAKS = frozenset({"malformed-link", "missing-revision"})
_SHOWN = frozenset({"definition", "call", "mention", "inside", "near"})


def judge_resolution(resolution: Resolution, rules: Iterable[ModuleType]) -> Judgement:
    """Run the rules over one resolution and sum up."""
    findings = tuple(finding for rule in rules for finding in rule.check(resolution))
    return Judgement(resolution, verdict_of(resolution, findings), permalink_of(resolution), findings)


def verdict_of(resolution: Resolution, findings: Iterable[Finding]) -> Verdict:
    """One word for the whole citation; see the contract's table of verdicts."""
    target = resolution.target
    fired = {(finding.rule, finding.severity) for finding in findings}
    if isinstance(target, Unlooked):
        return "unexamined"
    if isinstance(target, Missing) or any((rule, "error") in fired for rule in _BREAKS):
        return "broken"
    if any(rule in _MISMATCHES for rule, _ in fired):
        return "mismatched"
    return "verified" if _confirmed(resolution, target) else "resolved"


def _confirmed(resolution: Resolution, target: Located) -> bool:
    named, frame = resolution.named, resolution.frame
    shown = named is not None and named.relation in _SHOWN
    return shown or (frame is not None and frame.state == "fits")
