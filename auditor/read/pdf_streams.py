"""Opens a PDF and finds its pages, so that no stream in it can unpack to more than a bounded size.

pdfminer.six unpacks whatever it is given: a file of one megabyte can ask for a gigabyte, and
filters can be chained to ask for more. Every stream passes through `PDFParser.push`; there it is
replaced by one that unpacks within the limits below. Imported only when a PDF is read.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import lzwdecode
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, int_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor

# Text, fonts and object streams of real documents stay below one megabyte; pictures are never unpacked.
MAX_STREAM_BYTES = 32 * 1024 * 1024
MAX_DOCUMENT_BYTES = 256 * 1024 * 1024
# One byte of LZW can unpack to 2,700 (a table entry of 3,840 bytes for every 12 bits).
_MAX_LZW_BYTES = MAX_STREAM_BYTES // 2700
_MAX_COLUMNS = 100_000
_NAMES = {"Fl": "FlateDecode", "LZW": "LZWDecode", "A85": "ASCII85Decode", "AHx": "ASCIIHexDecode",
          "RL": "RunLengthDecode"}  # fmt: skip


class TooLarge(PDFException):
    """A document asks for more memory or time than any honest one."""


def open_document(data: bytes) -> PDFDocument:
    """The document, opened with the empty password. Raises what pdfminer.six raises."""
    return PDFDocument(_Parser(data))


def page_objects(document: PDFDocument, troubles: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Object number and attributes of every page, in order, inherited ones included.

    Walks the page tree (PDF 32000-1, 7.7.3) without recursion and visits each node once. What of the tree cannot be
    read is added to `troubles`.
    """
    seen: set[int] = set()
    stack: list[tuple[object, dict[str, Any]]] = [(document.catalog.get("Pages"), {})]
    while stack:
        reference, inherited = stack.pop()
        # Kids are references by the standard; a direct one could be part of an endless tree.
        if not isinstance(reference, PDFObjRef) or reference.objid in seen:
            continue
        seen.add(reference.objid)
        try:
            node, kids = _node(reference)
        except Exception as error:
            troubles.append(f"a part of the page tree could not be read: {type(error).__name__}")
            continue
        passed = inherited | {key: node[key] for key in PDFPage.INHERITABLE_ATTRS if key in node}
        if kids is None:
            yield reference.objid, passed | node
        else:
            stack += [(kid, passed) for kid in reversed(kids)]


def _node(reference: PDFObjRef) -> tuple[dict[str, Any], list[object] | None]:
    """A node of the page tree and its kids; None for a page."""
    node = resolve1(reference)
    if not isinstance(node, dict):
        return {}, []
    kids = resolve1(node.get("Kids"))
    return node, kids if isinstance(kids, list) else [] if literal_name(node.get("Type")) == "Pages" else None


class _Parser(PDFParser):
    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self._budget = _Budget()

    def push(self, *objs: Any) -> None:
        super().push(*((position, self._bounded(value)) for position, value in objs))

    def _bounded(self, value: Any) -> Any:
        if isinstance(value, PDFStream) and value.rawdata is not None:
            return _Stream(value, self._budget)
        return value


@dataclass(slots=True)
class _Budget:
    """Bytes that the streams of one document may still unpack to; the library keeps them all in memory."""

    left: int = MAX_DOCUMENT_BYTES


class _Stream(PDFStream):
    def __init__(self, stream: PDFStream, budget: _Budget) -> None:
        super().__init__(stream.attrs, stream.rawdata or b"", stream.decipher)
        self._budget = budget

    def decode(self) -> None:
        """Unpack `rawdata` into `data`; raises `TooLarge`."""
        if self._budget.left <= 0:
            raise TooLarge(f"the document unpacks to more than {MAX_DOCUMENT_BYTES >> 20} MiB")
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for name, parameters in self.get_filters():
            data = _unpack(_NAMES.get(literal_name(name), literal_name(name)), data)
            if len(data) > MAX_STREAM_BYTES:
                raise TooLarge(f"a stream unpacks to more than {MAX_STREAM_BYTES >> 20} MiB")
            if isinstance(parameters, dict) and "Predictor" in parameters:
                data = _unpredict(data, parameters)
        self._budget.left -= len(data)
        self.data, self.rawdata = data, None


def _unpack(name: str, data: bytes) -> bytes:
    match name:
        case "FlateDecode":
            return _inflate(data)
        case "LZWDecode":
            if len(data) > _MAX_LZW_BYTES:
                raise TooLarge(f"an LZW stream of {len(data):,} bytes")
            return lzwdecode(data)
        case "ASCII85Decode":
            return ascii85decode(data)
        case "ASCIIHexDecode":
            return asciihexdecode(data)
        case "RunLengthDecode":
            return rldecode(data[: MAX_STREAM_BYTES // 64])
    raise PDFException(f"filter {name} does not hold text")


def _inflate(data: bytes) -> bytes:
    """What can be unpacked of a perhaps damaged zlib stream, one byte over the limit at most."""
    unpacker, parts, size = zlib.decompressobj(), [], 0
    while data and size <= MAX_STREAM_BYTES:
        try:
            part = unpacker.decompress(data, min(1 << 16, MAX_STREAM_BYTES + 1 - size))
        except zlib.error:
            break
        parts.append(part)
        size += len(part)
        data = unpacker.unconsumed_tail
    return b"".join(parts)


def _unpredict(data: bytes, parameters: dict[str, Any]) -> bytes:
    """Undo the PNG predictors (PDF 32000-1, 7.4.4.4), which cross-reference streams use; TIFF's is for pictures."""
    predictor = int_value(parameters["Predictor"])
    if predictor < 10:
        return data
    colors, columns = int_value(parameters.get("Colors", 1)), int_value(parameters.get("Columns", 1))
    bits = int_value(parameters.get("BitsPerComponent", 8))
    if not (0 < colors <= 32 and 0 < columns <= _MAX_COLUMNS):
        raise TooLarge("a predictor over rows of absurd length")
    return apply_png_predictor(predictor, colors, columns, bits, data)
