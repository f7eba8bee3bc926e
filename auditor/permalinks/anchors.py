"""The part of a URL that asks for lines: every host's way of writing it, and the usual mistakes."""

import re
from dataclasses import dataclass

from auditor.model.permalink import Anchor, Defect

# A longer number is no line. The bound also keeps int() far below its limit of 4300 digits (Python's
# sys.int_info.default_max_str_digits), where it raises.
_NUMBER = "[0-9]{1,99}"

_LINES = re.compile(
    rf"(?P<first>LL?|l|n|lines-|)(?P<start>{_NUMBER})(?:C(?P<start_column>{_NUMBER}))?"
    rf"(?:(?P<dash>[-:\u2013])(?P<hash>\#?)(?P<second>LL?|l|n|)(?P<end>{_NUMBER})(?:C(?P<end_column>{_NUMBER}))?)?"
    r"(?P<slash>/?)"
)

_HALF_RANGE = Defect("half-range", "the host marks only the first line of a range written so")


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a host writes lines: `first` before the first line, `second` between first and last ("": no ranges).

    `columns` says whether `C26` may follow a line.
    """

    first: str
    second: str
    columns: bool = False


GITHUB = LineStyle("L", "-L", columns=True)
GITEA = LineStyle("L", "-L")
GITLAB = LineStyle("L", "-")
SOURCEHUT = LineStyle("L", "-")
BITBUCKET = LineStyle("lines-", ":")
CGIT = LineStyle("n", "")
GITILES = LineStyle("", "")


def parse_lines(fragment: str, style: LineStyle) -> tuple[Anchor | None, tuple[Defect, ...]]:
    """Read the lines out of a URL's fragment (without its `#`), and say what `style` objects to.

    A fragment that names no lines (a heading, a comment) is no anchor and no defect. An inverted range stays as
    written. Columns are dropped where the host knows none.
    """
    match = _LINES.fullmatch(fragment)
    if match is None:
        return None, ()
    first, start, start_column, dash, _, _, end, end_column, _ = match.groups()
    if first == style.first and dash is None and start_column is None and not match["slash"]:
        return Anchor(int(start)), ()
    anchor = Anchor(
        int(start),
        int(end) if end else None,
        int(start_column) if start_column and style.columns else None,
        int(end_column) if end_column and style.columns else None,
    )
    return anchor, tuple(_objections(match, style))


def _objections(match: re.Match[str], style: LineStyle) -> list[Defect]:
    first, second = match["first"], match["second"]
    found = []
    if match["hash"]:
        found.append(Defect("second-hash", "a second # stands inside the line range"))
    if "LL" in (first, second):
        found.append(Defect("doubled-l", "the L before a line number is doubled"))
    if match["slash"]:
        found.append(Defect("trailing-slash", "a slash follows the line number"))
    columns = match["start_column"] or match["end_column"]
    if not first and style.first == "L":
        found.append(Defect("missing-l", "the L before the line number is missing"))
    elif first.replace("LL", "L") != style.first or (columns and not style.columns):
        found.append(Defect("foreign-fragment", "the lines are written as another host writes them"))
    elif match["dash"] and style.second:
        found.extend(_range_objections(match["dash"] + second.replace("LL", "L"), style))
    if match["dash"] and not style.second:
        found.append(_HALF_RANGE)
    return found


def _range_objections(written: str, style: LineStyle) -> list[Defect]:
    if written == style.second:
        return []
    if written == "-" and style.second == "-L":
        return [_HALF_RANGE]
    return [Defect("foreign-fragment", "the range is written as another host writes it")]


def render_lines(anchor: Anchor | None, style: LineStyle) -> str:
    """The fragment for `anchor`, without `#`; "" for None. What the host cannot say (columns, an end) is left out."""
    if anchor is None:
        return ""
    first = f"{style.first}{anchor.start}{_column(anchor.start_column, style)}"
    if anchor.end is None or not style.second:
        return first
    return f"{first}{style.second}{anchor.end}{_column(anchor.end_column, style)}"


def _column(column: int | None, style: LineStyle) -> str:
    return "" if column is None or not style.columns else f"C{column}"
