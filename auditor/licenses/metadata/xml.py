"""pom.xml (Maven). Entities are not expanded: a document type, which could define some, is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from auditor.licenses.metadata.statements import MetadataError, alternatives, declaration
from auditor.model.license import Declaration

_LICENSE = ["project", "licenses", "license"]
_DEEPEST = 200
# Python lends expat all its codecs, also such as "unicode_escape"; POMs are written in these.
_ENCODINGS = frozenset("utf-8 utf8 utf-16 us-ascii ascii iso-8859-1 iso-8859-15 latin1 windows-1252 cp1252".split())


def pom(path: str, data: bytes) -> Iterator[Declaration]:
    """`licenses`: "If multiple licenses are listed, it is assumed that the user can select any of them" (Maven model).

    Where a licence's name is unclear and its address is not, the address counts.
    """
    licenses = [one for one in _read(data) if one.name.strip() or one.url.strip()]
    best = [_clearer(path, one) for one in licenses]
    if best:
        yield alternatives(path, licenses[0].line, best)


@dataclass(slots=True)
class _License:
    line: int
    name: str = ""
    url: str = ""


@dataclass(slots=True)
class _Reader:
    """Follows the elements; keeps nothing but the licences."""

    parser: expat.XMLParserType
    stack: list[str] = field(default_factory=list)
    licenses: list[_License] = field(default_factory=list)

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise MetadataError(f"is written in {encoding[:40]!r}, which is not read")

    def start(self, tag: str, _: dict[str, str]) -> None:
        self.stack.append(tag.rpartition(" ")[2])
        if len(self.stack) > _DEEPEST:
            raise MetadataError("is nested too deeply")
        if self.stack == _LICENSE:
            self.licenses.append(_License(self.parser.CurrentLineNumber))

    def end(self, _: str) -> None:
        self.stack.pop()

    def text(self, text: str) -> None:
        if self.stack[:-1] != _LICENSE:
            return
        if self.stack[-1] == "name":
            self.licenses[-1].name += text
        elif self.stack[-1] == "url":
            self.licenses[-1].url += text

    def refuse(self, *_: object) -> None:
        raise MetadataError("has a document type, which is not read")


def _read(data: bytes) -> list[_License]:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    reader = _Reader(parser)
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.XmlDeclHandler = reader.declared
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, reader.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise error if isinstance(error, MetadataError) else MetadataError(f"is not XML: {error}") from None
    return reader.licenses


def _clearer(path: str, license_: _License) -> str:
    named = declaration(path, None, license_.name)
    if named.expression is None and declaration(path, None, license_.url).expression is not None:
        return license_.url.strip()
    return license_.name.strip() or license_.url.strip()
