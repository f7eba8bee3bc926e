"""What is not raised, in numbers for people and in full for programs."""

from collections.abc import Iterator
from typing import Any

from auditor.model.aside import SetAside
from auditor.render.plain import plain_line


def aside_words(aside: SetAside) -> str:
    """Like "197 known from the baseline, 2 accepted in place": no word of it is from a document. "" without any."""
    parts = (
        (len(aside.known), "known from the baseline"),
        (len(aside.waived), "accepted in place"),
        (len(aside.untouched), "outside of what changed"),
    )
    return ", ".join(f"{count:,} {words}" for count, words in parts if count)


def aside_lines(aside: SetAside) -> Iterator[str]:
    """Lines below a summary: what was set aside, and that the baseline may shrink."""
    if words := aside_words(aside):
        yield f"not raised: {words}"
    gone = sum(entry.count for entry in aside.gone)
    if gone:
        are = "finding of the baseline is" if gone == 1 else "findings of the baseline are"
        yield f"{gone:,} {are} gone; write it anew: auditor baseline"


def aside_value(aside: SetAside) -> dict[str, Any]:
    """What was set aside as plain values for JSON."""
    return {
        "known": [finding.fingerprint for finding in aside.known],
        "gone": [
            {
                "fingerprint": entry.fingerprint,
                "rule": plain_line(entry.rule),
                "document": plain_line(entry.document),
                "message": plain_line(entry.message),
                "count": entry.count,
            }
            for entry in aside.gone
        ],
        "waived": [
            {
                "fingerprint": one.finding.fingerprint,
                "rule": one.finding.rule,
                "message": plain_line(one.finding.message),
                "document": plain_line(one.waiver.place.document),
                "line": one.waiver.place.line,
                "reason": plain_line(one.waiver.reason),
            }
            for one in aside.waived
        ],
        "untouched": [finding.fingerprint for finding in aside.untouched],
    }
