"""One pass over everything in a shipment: what each file is, and the notices that stand within source files."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from auditor.errors import ShipmentError
from auditor.licenses.find import is_source
from auditor.shipment import Shipment, blob_id
from auditor.shipment.vendored_headers import HeaderText

_BUNDLES = (".js", ".mjs", ".cjs", ".css")
_HEAD = 1 << 14  # bytes of a source file in which its header is looked for
_LONGEST_BUNDLE = 8 << 20
_MOST_COMMENTS = 1 << 20  # characters of one bundle
# Without one of these, in lower case, nothing is a notice. To look for each is much faster than for all by a pattern.
_TELLING = (b"copyright", b"licen", b"permission", b"redistribut", b"(c)", b"\xc2\xa9")
_LONGEST = 4 << 20  # bytes of one text; the largest notices file that was seen, of an office suite, has 3 MB
_ALL_TEXTS = 64 << 20  # bytes; more than all notices in an image of several hundred packages
_ALL_COMMENTS = 16 << 20  # characters, each text once; a million lines of C++ with a header of its own per file


@dataclass(frozen=True, slots=True)
class Scan:
    """`blobs` are git blob ids by path, `sizes` in bytes, `contents` the bytes (or the trouble) of what was wanted.

    `comments` are the legal comments of source files, each text once, at the lines where they stand. `unread` are the
    paths that could not be read, with the reason.
    """

    blobs: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    contents: dict[str, bytes | ShipmentError] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)


def scan_shipment(shipment: Shipment, wanted: Collection[str]) -> Scan:
    """Reads every file once; nothing but what is `wanted` and the comments stays in memory, and of these not all.

    What is too large, or too much, to be kept is unread.
    """
    scan = Scan()
    texts, comments = _ALL_TEXTS, _ALL_COMMENTS
    seen: set[str] = set()
    wanted = frozenset(wanted)
    for path, content in shipment.read_many(shipment.paths):
        if isinstance(content, bytes):
            scan.blobs[path], scan.sizes[path] = blob_id(content), len(content)
        if path in wanted:
            texts -= len(content) if isinstance(content, bytes) else 0
            content = scan.contents[path] = _bounded(path, content, texts)
        if isinstance(content, ShipmentError):
            scan.unread[path] = str(content)
        elif path not in wanted and (found := _comments(path, content)) and found.strip() not in seen:
            comments -= len(found)
            if comments < 0:
                scan.unread[path] = f"{path}: its notices were not read; those before fill {_ALL_COMMENTS} characters"
                continue
            seen.add(found.strip())
            scan.comments[path] = found
    return scan


def _bounded(path: str, content: bytes | ShipmentError, left: int) -> bytes | ShipmentError:
    """The content of a text, if it is not too long and there is room `left` for it."""
    if isinstance(content, bytes) and len(content) > _LONGEST:
        return ShipmentError(f"{path}: larger than {_LONGEST} bytes")
    if isinstance(content, bytes) and left < 0:
        return ShipmentError(f"{path}: was not read; the texts before it fill {_ALL_TEXTS} bytes")
    return content


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
