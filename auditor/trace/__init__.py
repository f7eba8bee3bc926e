"""A stage: a program is run, or a traceback read, and becomes a `Trace`: the calls that lead to a target.

Names are loaded when they are first asked for: the plugin for pytest is loaded by every run of pytest.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from auditor.trace.pasted import parse_traceback
    from auditor.trace.record import TraceOptions, record_command
    from auditor.trace.tracefile import parse_trace, print_trace, read_trace, write_trace

__all__ = [
    "TraceOptions",
    "parse_trace",
    "parse_traceback",
    "print_trace",
    "read_trace",
    "record_command",
    "write_trace",
]


def __getattr__(name: str) -> object:
    """Load a public name from where it lives (PEP 562)."""
    import importlib

    homes = {
        "TraceOptions": "record",
        "parse_trace": "tracefile",
        "parse_traceback": "pasted",
        "print_trace": "tracefile",
        "read_trace": "tracefile",
        "record_command": "record",
        "write_trace": "tracefile",
    }
    if name not in homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"auditor.trace.{homes[name]}"), name)
