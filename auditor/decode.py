"""Bytes of a document to text and back, so that what is not changed stays byte for byte."""

import codecs
import re
from dataclasses import dataclass

from auditor.errors import DocumentError

# The document itself says so: `<meta charset=…>`, an XML declaration, an Emacs or Vim line.
_DECLARED = re.compile(rb"""(?:charset|encoding|coding)\s*[=:]\s*["']?([A-Za-z0-9_.:-]{2,40})""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
# C0 controls that text does not hold; tab, line feed, form feed, carriage return and escape do occur.
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded document. `encode(text)` gives bytes in the same encoding, with the same BOM."""

    text: str
    encoding: str
    bom: bytes = b""

    def encode(self, text: str) -> bytes:
        """The bytes of `text` as this document is written. Raises UnicodeEncodeError."""
        return self.bom + text.encode(self.encoding)


def decode_text(data: bytes, name: str) -> Text:
    """Decode by BOM, by NUL pattern, as UTF-8, by what the document declares, else as Windows-1252 or Latin-1.

    Raises DocumentError when the bytes are no text; `name` is for the message.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode(data[len(bom) :], encoding, name, bom)
    if guess := _utf16_without_bom(data):
        return _decode(data, guess, name)
    if _looks_binary(data):
        raise DocumentError(f"{name}: this is binary data, not text; name a Markdown, HTML, RST, text or PDF file")
    for encoding in ("utf-8", _declared(data), "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        # A codec that does not give the same bytes back could damage the document when it is mended.
        if text.encode(encoding) == data:
            return Text(text, encoding)
    raise DocumentError(f"{name}: the text encoding could not be told; save it as UTF-8")


def _decode(data: bytes, encoding: str, name: str, bom: bytes = b"") -> Text:
    try:
        return Text(data.decode(encoding), encoding, bom)
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name}: broken {encoding} text at byte {error.start}; save it as UTF-8") from error


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 of mostly western text has a NUL in every second byte."""
    sample = data[:_SAMPLE]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return b"\0" in sample or controls > len(sample) * 0.02


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_SAMPLE])
    return match[1].decode("ascii") if match else "utf-8"
