"""One pass over everything in a shipment: what each file is, and the notices that stand within source files."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.errors import ShipmentError
from auditor.licenses.find import is_source
from auditor.shipment import Shipment, blob_id
from auditor.shipment.vendored_headers import HeaderText

_BUNDLES = (".js", ".mjs", ".cjs", ".css")
_HEAD = 1 << 14  # bytes of a source file in which its header is looked for
_LONGEST_BUNDLE = 8 << 20
_MOST_COMMENTS = 1 << 20  # characters of one bundle
# Without one of these, in lower case, nothing is a notice. Looking for each is ten times as fast as for any by a pattern.
_TELLING = (b"copyright", b"licen", b"permission", b"redistribut", b"(c)", b"\xc2\xa9", b"\xa9")


@dataclass(frozen=True, slots=True)
class Scan:
    """`blobs` are git blob ids by path, `sizes` in bytes, `contents` the bytes (or the trouble) of what was wanted.

    `comments` are the legal comments of source files, each text once, at the lines where they stand. `unread` are the
    paths that could not be read, with the reason.
    """

    blobs: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    contents: Mapping[str, bytes | ShipmentError] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


def scan_shipment(shipment: Shipment, wanted: Collection[str]) -> Scan:
    """Reads every file once; nothing but what is `wanted` and the comments stays in memory."""
    blobs: dict[str, str] = {}
    sizes: dict[str, int] = {}
    contents: dict[str, bytes | ShipmentError] = {}
    unread: dict[str, str] = {}
    comments: dict[str, str] = {}
    seen: set[str] = set()
    wanted = frozenset(wanted)
    for path, content in shipment.read_many(shipment.paths):
        if path in wanted:
            contents[path] = content
        if isinstance(content, ShipmentError):
            unread[path] = str(content)
            continue
        blobs[path], sizes[path] = blob_id(content), len(content)
        if path not in wanted and (found := _comments(path, content)) and found.strip() not in seen:
            seen.add(found.strip())
            comments[path] = found
    return Scan(blobs, sizes, contents, comments, unread)


def _comments(path: str, content: bytes) -> str:
    """The notices in a source file, with empty lines for all else; "" for none."""
    if path.endswith(_BUNDLES):
        found = _legal_comments(content)
        if found:
            return found
    head = content[:_HEAD]
    if not is_source(path) or not _is_telling(head.lower()):
        return ""
    header = HeaderText(head.decode("utf-8", "replace"))
    if not header.legal:
        return ""
    return "\n" * (header.comments[0].start - 1) + header.leading


def _is_telling(head: bytes) -> bool:
    return any(word in head for word in _TELLING)


def _legal_comments(content: bytes) -> str:
    if len(content) > _LONGEST_BUNDLE or b"/*" not in content:
        return ""
    text = content.decode("utf-8", "replace")
    parts: list[str] = []
    at = length = 0
    for start, end in _spans(text):
        parts += ("\n" * text.count("\n", at, start), text[start:end])
        at, length = end, length + end - start
        if length > _MOST_COMMENTS:
            break
    return "".join(parts) if length else ""


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments are that minifiers keep: `/*!` (UglifyJS, esbuild), `@license`, `@preserve` (Closure)."""
    at = text.find("/*")
    while at >= 0:
        end = text.find("*/", at + 2)
        if end < 0:
            return
        if text.startswith("/*!", at) or "@license" in text[at:end] or "@preserve" in text[at:end]:
            yield at, end + 2
        at = text.find("/*", end + 2)
