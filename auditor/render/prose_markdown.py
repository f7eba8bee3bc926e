"""An author's prose in a Markdown report: references written out, headings below the report's, all else as it is."""

from auditor.cite import expand_references
from auditor.markdown import plain_line
from auditor.model.document import Prose
from auditor.render.headings import move_headings
from auditor.render.markdown_parser import find_headings


def write_line(text: str) -> str:
    """A few words of the author's, Markdown too, in one line that fits into a table."""
    return plain_line(" ".join(text.split())).replace("\\|", "|").replace("|", "\\|")


def write_prose(prose: Prose, top: int) -> str:
    """The prose, with LF at its line ends, in which the highest headings are of level `top`."""
    text = expand_references(prose.text, prose.references).replace("\r\n", "\n").replace("\r", "\n")
    return move_headings(text, find_headings(text), top).strip("\n")
