"""Source code for binaries: the code itself, where to get it, or a written offer."""

import re
from collections.abc import Iterator

from auditor.licenses.expressions import base_id
from auditor.licenses.find import is_source
from auditor.licenses.words import plain_words
from auditor.model import Lines
from auditor.model.obligation import Evidence
from auditor.model.shipment import Component
from auditor.obligations.carried import find_component
from auditor.obligations.case import Case, Outcome, not_found
from auditor.obligations.shelf import Sheet, paragraphs
from auditor.spelling import plain_name

_URL = re.compile(r"https?://[^\s<>\"'()\[\]]{4,300}")
# Files that were made from source code by a machine.
_COMPILED = (
    ".so", ".pyd", ".dll", ".dylib", ".pyc", ".class", ".jar", ".exe", ".a", ".o", ".lib", ".wasm", ".node", ".bin",
    ".min.js", ".min.css", ".bundle.js", ".dex", ".apk",
)  # fmt: skip
# What an offer says, in the words of GPL-2.0, section 3(b), of the templates of OSADL, and of common practice.
_OFFERS = tuple(
    plain_words(text)
    for text in (
        "written offer",
        "corresponding source",
        "copy of the source code",
        "obtain the source code",
        "provide the source code",
        "request the source code",
        "source code available",
        "source code can be obtained",
        "source code for",
        "source code form is available",
        "source code is available",
        "source code may be obtained",
        "source code on request",
        "source is available",
        "sources are available",
        "the source code of",
    )
)


def check_source_offer(case: Case) -> Outcome:
    """An archive of the source beside the binary, the URL of it at its version, or an offer that names it."""
    if case.shelf is None:
        return Outcome("unexamined", "no artifact was given")
    component = find_component(case.supply.dependency, case.shelf.artifact)
    if component is not None and _is_source(component):
        return Outcome("fulfilled", "it is passed on as source code itself")
    for path in case.shelf.artifact.archives:
        if plain_name(case.name) in plain_name(path.rpartition("/")[2]):
            found = Evidence(path, None, "an archive of its name")
            return Outcome("fulfilled", f"{path} travels with it", (found,))
    places = [(sheet, lines, text) for sheet in case.shelf.sheets for lines, text in _paragraphs(sheet)]
    named = [place for place in places if _is_named(case.name, place[2])]
    for sheet, lines, text in named:
        if _pinned_url(case, text) or (_offers(text) and _URL.search(text)):
            found = Evidence(sheet.file.path, lines, "says where its source is")
            return Outcome("fulfilled", "it is said where its source is", (found,))
    offers = [place for place in places if _offers(place[2])]
    for sheet, lines, text in [place for place in named if place in offers] or offers:
        found = Evidence(sheet.file.path, lines, "speaks of source code")
        reason = "an offer of source code is there; whether it is for this dependency, and enough, a person must say"
        if _is_named(case.name, text):
            return Outcome("fulfilled", "an offer of its source code is there", (found,))
        return Outcome("review", reason, (found,), "source-offer-missing")
    reason = f"neither its source code nor an offer of it is in {case.artifact}"
    if links := [place for sheet in case.shelf.sheets for place in _links(sheet, case.name)]:
        reason = "an address is given; whether the source of what is carried can be had there, a person must say"
        return Outcome("review", reason, tuple(links[:3]), "source-offer-missing")
    if (
        component is None
        or not any(_is_compiled(path) for path in component.files)
        or _has_exception(case)
        or not _is_only_license(case)
    ):
        reason = f"{reason}; whether it is passed on in a form, or under terms, that ask for it, a person must say"
        return Outcome("review", reason, (), "source-offer-missing")
    return not_found(case, reason, "source-offer-missing")


def check_network_source(case: Case) -> Outcome:
    """Only a changed version that serves users over a network is asked for its source; the offer is in the program."""
    if not case.modified:
        return Outcome("not-applicable", "it was not changed")
    return Outcome(
        "review", "whether the program offers its users the source of the changed version, a person must see"
    )


def _links(sheet: Sheet, name: str) -> Iterator[Evidence]:
    """Addresses with the dependency's name in them, outside licence texts."""
    taken = [match.lines for match in sheet.file.read.matches]
    for number, line in enumerate(sheet.file.text.splitlines(), 1):
        if "://" not in line or any(one.start <= number <= one.end for one in taken):
            continue
        if any(plain_name(name) in plain_name(match[0]) for match in _URL.finditer(line)):
            yield Evidence(sheet.file.path, Lines(number, number), "an address with its name")


def _is_only_license(case: Case) -> bool:
    """Whether all of the dependency is under this licence, so that no part of it can be meant alone."""
    files = case.supply.subject.files if case.supply.subject else ()
    there = {base_id(one) for file in files if file.text and not file.bundled for one in file.text.licenses}
    return there <= {base_id(case.owed.license)}


def _is_source(component: Component) -> bool:
    """Whether the component consists of source files and what goes with them."""
    sources = any(is_source(path) and not path.endswith(_COMPILED) for path in component.files)
    return sources and not any(_is_compiled(path) for path in component.files)


def _is_compiled(path: str) -> bool:
    return path.lower().endswith(_COMPILED) or ".so." in path.lower()


def _has_exception(case: Case) -> bool:
    """Whether an exception to the licence is given beside it, which may allow binaries without source."""
    files = case.supply.subject.files if case.supply.subject else ()
    texts = [file.text for file in files if file.text and file.path == case.owed.path]
    named = (one.expression or "" for text in texts for one in text.references)
    return any("exception" in one for text in texts for one in text.licenses) or any(" WITH " in one for one in named)


def _paragraphs(sheet: Sheet) -> Iterator[tuple[Lines, str]]:
    """The paragraphs that speak of source and are no part of a licence text, which speaks of offers itself."""
    taken = [match.lines for match in sheet.file.read.matches]
    for lines, text in paragraphs(sheet.file.text):
        if "source" in text.lower() and not any(one.start <= lines.start and lines.end <= one.end for one in taken):
            yield lines, text


def _is_named(name: str, text: str) -> bool:
    return f" {' '.join(plain_words(name))} " in f" {' '.join(plain_words(text))} "


def _offers(text: str) -> bool:
    words = f" {' '.join(plain_words(text))} "
    return any(f" {' '.join(offer)} " in words for offer in _OFFERS)


def _pinned_url(case: Case, text: str) -> bool:
    """Whether a URL leads to what is carried: its commit is in it, or its name and version number."""
    dependency = case.supply.dependency
    commit, version = dependency.commit, dependency.version
    for match in _URL.finditer(text):
        if commit and commit in match[0]:
            return True
        if version and version in match[0] and plain_name(case.name) in plain_name(match[0]):
            return True
    return False
