"""The values that flow through an audit, in order of appearance; all frozen.

`report` holds claims, `resolution` facts, `finding` judgements, `audit` the whole.
"""

from auditor.model.audit import VERDICTS, Audit, Judgement, Verdict
from auditor.model.finding import SEVERITIES, Finding, Incident, Related, Replacement, Severity
from auditor.model.permalink import Anchor, Defect, ParsedLink, Permalink
from auditor.model.report import Citation, Edits, Format, Frame, Name, Place, Report, Span
from auditor.model.resolution import (
    Drift,
    FrameFact,
    Lines,
    Located,
    Missing,
    NameFact,
    Repair,
    Resolution,
    Revision,
    Target,
    Unlooked,
)
from auditor.model.symbol import Outline, Relation, Symbol

__all__ = [
    "SEVERITIES",
    "VERDICTS",
    "Anchor",
    "Audit",
    "Citation",
    "Defect",
    "Drift",
    "Edits",
    "Finding",
    "Format",
    "Frame",
    "FrameFact",
    "Incident",
    "Judgement",
    "Lines",
    "Located",
    "Missing",
    "Name",
    "NameFact",
    "Outline",
    "ParsedLink",
    "Permalink",
    "Place",
    "Related",
    "Relation",
    "Repair",
    "Replacement",
    "Report",
    "Resolution",
    "Revision",
    "Severity",
    "Span",
    "Symbol",
    "Target",
    "Unlooked",
    "Verdict",
]
