"""An artifact on disk becomes an `Artifact`: its components, and every text in it that is or may be a notice."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from auditor.errors import ShipmentError
from auditor.gather.allot import Allotted, allot_texts
from auditor.gather.scan import Scan, scan_shipment
from auditor.gather.subjects import SubjectReader
from auditor.licenses import endings
from auditor.licenses.find import is_source, license_paths
from auditor.model import Incident, LicenseFile
from auditor.model.manifest import DistributionKind
from auditor.model.obligation import Artifact, Form, NoticePart, ShippedText
from auditor.model.shipment import Component
from auditor.notices import read_notices
from auditor.shipment import Shipment
from auditor.shipment.components import find_components
from auditor.shipment.troubles import is_loss

_ARCHIVES = re.compile(r"\.(?:zip|whl|egg|jar|war|ear|aar|nupkg|gem|crate|tar|tgz|tbz2?|txz|tzst|tar\.\w{2,4})$", re.I)
# Made by a machine from sources that it does not show, whoever they are of.
_COMPILED = re.compile(
    r"\.(?:so(?:\.[\d.]+)?|pyd|dll|dylib|exe|a|o|lib|wasm|node|bin|class|dex|pyc)$|[.-]min\.(?:js|css)$|bundle\.js$",
    re.I,
)
_BINARY_NAMES = re.compile(r"\.(?:whl|jar|war|ear|aar|exe|apk|msi|deb|rpm|nupkg|vsix|pyz|egg)$", re.I)
_SOURCE_NAMES = re.compile(r"\.(?:crate|gem)$", re.I)
# What marks the root of a source distribution: PyPA's PKG-INFO, and the manifests of other ecosystems.
_SOURCE_MARKS = frozenset("PKG-INFO pyproject.toml setup.py Cargo.toml go.mod pom.xml CMakeLists.txt configure".split())
# "documentation and/or other materials": documents in which projects put the notices of others.
_MATERIALS = re.compile(r"(?:readme|credits?|authors?|acknowledge?ments?|attributions?|thanks|about)\b", re.I)
_METADATA = re.compile(r"(?:^|/)(?:METADATA|PKG-INFO)$")
_THIRD_PARTY = re.compile(
    r"third[-_. ]?part(?:y|ies)|3rd[-_. ]?part|attributions?|(?:oss|open[-_]?source|vendored|bundled)[-_. ]?"
    r"(?:licen[cs]e|notice)|(?:licen[cs]es|notices)[-_. ](?:bundled|vendored|third)|\.m?js\.licen[cs]e\.txt$",
    re.I,
)
_MOST_TEXTS = 5000


@dataclass(frozen=True, slots=True)
class OpenArtifact:
    """An artifact with the shipment that it was read from and what one pass over that found.

    `files` are what was read in its texts, by path; `given` those that name a component, by its name; `left` what
    remains of the files they are from.
    """

    artifact: Artifact
    shipment: Shipment
    scan: Scan
    files: Mapping[str, LicenseFile] = field(default_factory=dict)
    given: Allotted = field(default_factory=dict)
    left: Allotted = field(default_factory=dict)


def read_artifact(
    name: str,
    shipment: Shipment,
    reader: SubjectReader,
    kinds: Sequence[DistributionKind] = (),
    notices: str | None = None,
) -> OpenArtifact:
    """Everything in a shipment that matters for obligations.

    `name` is how it is shown, `kinds` are how the project is passed on, `notices` is the name of its notices file.
    Raises nothing: what could not be read is in `unread`.
    """
    components = find_components(shipment)
    wanted, left_out = _text_paths(shipment.paths, components)
    scan = scan_shipment(shipment, wanted)
    own = {path for one in components if one.kind == "distribution" for path in one.license_files}
    texts, unread = [], [*filter(is_loss, shipment.troubles), *left_out]
    for path in wanted:
        found = _read(path, scan.contents.get(path), reader, own, notices)
        if isinstance(found, str):
            unread.append(found)
        else:
            texts.append(found)
    texts += [ShippedText(path, text, role="header") for path, text in scan.comments.items()]
    artifact = Artifact(
        name,
        form_of(shipment, kinds),
        tuple(texts),
        archives=tuple(path for path in shipment.paths if _ARCHIVES.search(path)),
        unread=tuple(unread),
    )
    files = {one.path: reader.file(one.path, scan.contents[one.path]) for one in texts if one.path in scan.contents}
    return with_components(OpenArtifact(artifact, shipment, scan, files), components)


def with_components(opened: OpenArtifact, components: tuple[Component, ...]) -> OpenArtifact:
    """The artifact with these components: the texts that name one of them are its own."""
    certain = not opened.artifact.unread and _is_told(opened.shipment.paths, components, opened.scan)
    artifact = replace(opened.artifact, components=components, certain=certain)
    given, left = allot_texts(components, artifact.texts, opened.files)
    return replace(opened, artifact=artifact, given=given, left=left)


def form_of(shipment: Shipment, kinds: Sequence[DistributionKind] = ()) -> Form:
    """Whether passing a shipment on is doing so in source or in binary form, by its name and what lies at its root."""
    if _BINARY_NAMES.search(shipment.name):
        return "binary"
    if _SOURCE_NAMES.search(shipment.name):
        return "source"
    said = {kind for kind in kinds if kind in ("source", "binary")}
    if len(said) == 1:
        return "source" if "source" in said else "binary"
    roots = {path.split("/", 1)[-1] if path.count("/") == 1 else path for path in shipment.paths if path.count("/") < 2}
    return "source" if roots & _SOURCE_MARKS else "binary"


def _text_paths(paths: Sequence[str], components: Sequence[Component]) -> tuple[list[str], list[str]]:
    """The files that may be notices, those whose names say so first; and a line if some were left out."""
    named = [*license_paths(paths), *(path for one in components for path in one.license_files)]
    other = [path for path in paths if _METADATA.search(path) or _is_material(path)]
    there = frozenset(paths)
    every = [path for path in dict.fromkeys((*named, *other)) if path in there]
    if len(every) <= _MOST_TEXTS:
        return every, []
    return every[:_MOST_TEXTS], [
        f"only {_MOST_TEXTS} of {len(every)} texts were read, from {every[_MOST_TEXTS]} on none"
    ]


def unread_files(opened: OpenArtifact) -> Iterator[Incident]:
    """An incident if anything was left out, or texts or sources could not be read: nobody has seen what they say."""
    scan = opened.scan
    lost = [one for one in opened.shipment.troubles if is_loss(one)]
    lost += [why for path, why in scan.unread.items() if path in scan.contents or is_source(path)]
    if lost:
        more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
        yield Incident(f"{lost[0]}{more}", opened.artifact.name)


def _is_material(path: str) -> bool:
    place = PurePosixPath(path)
    return bool(_MATERIALS.match(place.name)) and place.suffix.lower() in endings.TEXT and path.count("/") < 4


def _read(
    path: str, content: bytes | ShipmentError | None, reader: SubjectReader, own: Collection[str], notices: str | None
) -> ShippedText | str:
    """A text with what was read in it, or why it could not be read."""
    if content is None:
        return f"{path}: was not there when it was read"
    file = reader.file(path, content)
    text = reader.text(file)
    if text is None or file.text is None:
        return f"{file.trouble}" if path in (file.trouble or "") else f"{path}: {file.trouble}"
    parts = tuple(_parts(text))
    if parts or _THIRD_PARTY.search(path.rpartition("/")[2]) or (notices and path.endswith(notices)):
        return ShippedText(path, text, file.text, "third-party", parts)
    return ShippedText(path, text, file.text, "own" if path in own else "other")


def _parts(text: str) -> Iterator[NoticePart]:
    """The components that a notices file of our own make names."""
    written = read_notices(text)
    for one in written.notices if written else ():
        yield NoticePart(one.notice.name, one.lines, one.notice.version)


def _is_told(paths: Sequence[str], components: Sequence[Component], scan: Scan) -> bool:
    """Whether it can be said what every file is: none is compiled, closed, unread or of an unknown origin."""
    if any(one.kind == "unknown" or one.troubles for one in components) or scan.unread:
        return False
    return not any(_COMPILED.search(path) or _ARCHIVES.search(path) for path in paths)
