"""What is owed for what is shipped as plain values for JSON."""

from collections.abc import Iterator
from typing import Any

from auditor.model.obligation import (
    Artifact,
    Evidence,
    Obligation,
    ObligationJudgement,
    Shipping,
    ShippingJudgement,
    StaleNotice,
    WaivedFinding,
    WaiverFact,
)
from auditor.model.shipment import Component
from auditor.render.obligation_view import waiver_of


def obligation_counts(shipping: ShippingJudgement | None) -> dict[str, int]:
    """How many obligations have each verdict, and how many findings were waived."""
    shipping = shipping or ShippingJudgement(Shipping())
    counts = {str(verdict): count for verdict, count in shipping.verdict_counts().items()}
    return counts | {"waived": len(shipping.accepted)}


def obligation_values(shipping: ShippingJudgement | None) -> Iterator[dict[str, Any]]:
    """An object per obligation, in order."""
    if shipping is None:
        return
    for judgement in shipping.judgements:
        if isinstance(judgement.subject, Obligation):
            yield _obligation(judgement.subject, judgement, waiver_of(judgement) is not None)


def shipping_value(shipping: ShippingJudgement | None) -> dict[str, Any] | None:
    """What was looked at, and what is about no obligation; None where nothing is shipped."""
    if shipping is None:
        return None
    given = shipping.shipping
    return {
        "kinds": list(given.distribution.kinds),
        "modified": given.distribution.modified,
        "artifacts": [_artifact(artifact) for artifact in given.artifacts],
        "surfaces": [surface.path for surface in given.surfaces],
        "stale": [_stale(one.subject, one) for one in shipping.judgements if isinstance(one.subject, StaleNotice)],
        "waived": [_waived(one) for one in shipping.accepted],
        "waivers": [_waiver(fact) for fact in shipping.waivers],
    }


def _obligation(one: Obligation, judgement: ObligationJudgement, waived: bool) -> dict[str, Any]:
    clause = one.clause
    return {
        "dependency": one.dependency.name,
        "version": one.dependency.version,
        "license": one.license,
        "clause": clause.name if clause else None,
        "atom": clause.atom if clause else None,
        "when": one.when,
        "artifact": one.artifact,
        "verdict": one.verdict,
        "reason": one.reason,
        "clause_path": one.clause_path or None,
        "clause_start": clause.lines.start if clause else None,
        "clause_end": clause.lines.end if clause else None,
        "clause_permalink": one.clause_permalink,
        "evidence": [_evidence(evidence) for evidence in one.evidence],
        "readings": list(one.readings),
        "findings": [finding.fingerprint for finding in judgement.findings],
        "waived": waived,
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "path": one.path,
        "start": one.lines.start if one.lines else None,
        "end": one.lines.end if one.lines else None,
        "note": one.note,
        "breaks": one.breaks,
    }


def _artifact(one: Artifact) -> dict[str, Any]:
    return {
        "name": one.name,
        "form": one.form,
        "certain": one.certain,
        "components": [_component(component) for component in one.components],
        "unread": list(one.unread),
    }


def _component(one: Component) -> dict[str, Any]:
    return {
        "name": one.name,
        "version": one.version,
        "kind": one.kind,
        "purl": one.purl,
        "root": one.root,
        "license_files": list(one.license_files),
    }


def _stale(one: StaleNotice, judgement: ObligationJudgement) -> dict[str, Any]:
    return {
        "artifact": one.artifact,
        "path": one.path,
        "start": one.lines.start,
        "end": one.lines.end,
        "name": one.name,
        "dependency": one.dependency.name if one.dependency else None,
        "findings": [finding.fingerprint for finding in judgement.findings],
    }


def _waived(one: WaivedFinding) -> dict[str, Any]:
    waiver = one.waiver
    return {
        "fingerprint": one.finding.fingerprint,
        "rule": one.finding.rule,
        "message": one.finding.message,
        "waiver": {
            "rule": waiver.rule,
            "dependency": waiver.dependency,
            "reason": waiver.reason,
            "by": waiver.by,
            "expires": waiver.expires.isoformat() if waiver.expires else None,
        },
    }


def _waiver(fact: WaiverFact) -> dict[str, Any]:
    waiver = fact.waiver
    return {"rule": waiver.rule, "dependency": waiver.dependency, "state": fact.state, "hidden": fact.hidden}
