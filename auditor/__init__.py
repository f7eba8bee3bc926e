"""Proves what a document says about other people's code.

    import auditor

    audit = auditor.check(["report.md"])
    for finding in audit.findings:
        print(finding.place.line, finding.rule, finding.message)

    audit = auditor.examine_licenses(["vendor/", "https://github.com/pallets/flask@2.2.2"])
    for judgement in audit.licenses:
        for file in judgement.subject.files:
            print(file.path, file.text and file.text.expression)

    audit = auditor.examine_obligations("dist/app-1.0-py3-none-any.whl")
    for obligation in audit.shipping.obligations:
        print(obligation.dependency.name, obligation.verdict, obligation.reason)

Everything else is loaded when it is first asked for, so that importing the package costs nothing.
"""

TYPE_CHECKING = False  # importing `typing` for it would be a quarter of the time of `auditor --help`
if TYPE_CHECKING:
    from auditor.api import check, examine_licenses, examine_obligations
    from auditor.errors import AuditorError
    from auditor.model import Audit

__version__ = "0.1.0"

__all__ = ["Audit", "AuditorError", "__version__", "check", "examine_licenses", "examine_obligations"]


def __getattr__(name: str) -> object:
    """Load a public name from where it lives (PEP 562)."""
    import importlib

    homes = {
        "Audit": "auditor.model",
        "AuditorError": "auditor.errors",
        "check": "auditor.api",
        "examine_licenses": "auditor.api",
        "examine_obligations": "auditor.api",
    }
    if name not in homes:
        raise AttributeError(f"module 'auditor' has no attribute {name!r}")
    return getattr(importlib.import_module(homes[name]), name)
