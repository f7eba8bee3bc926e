"""The values that flow through an audit, in order of appearance; all frozen.

`report` holds claims, `resolution` facts, `finding` judgements, `audit` the whole.
"""

from auditor.model.audit import VERDICTS, Audit, Judgement, Verdict
from auditor.model.finding import SEVERITIES, Finding, Incident, Related, Replacement, Severity
from auditor.model.license import (
    Clause,
    Copyright,
    Declaration,
    LicenseFile,
    LicenseMatch,
    LicenseSubject,
    LicenseText,
    Passage,
    Reference,
    TextChange,
)
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
    "Clause",
    "Copyright",
    "Declaration",
    "Defect",
    "Drift",
    "Edits",
    "Finding",
    "Format",
    "Frame",
    "FrameFact",
    "Incident",
    "Judgement",
    "LicenseFile",
    "LicenseMatch",
    "LicenseSubject",
    "LicenseText",
    "Lines",
    "Located",
    "Missing",
    "Name",
    "NameFact",
    "Outline",
    "ParsedLink",
    "Passage",
    "Permalink",
    "Place",
    "Reference",
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
    "TextChange",
    "Unlooked",
    "Verdict",
]
