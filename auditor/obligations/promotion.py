"""Names in promotion and advertising: sentences for a person to judge, and few of them.

A sentence counts only when a promotional wording stands directly at a protected name: "endorsed by Jane Roe", "official
Flask partner". That something is built with, needs, supports or is powered by a thing is a fact about it.
"""

import re
from collections.abc import Iterator

from auditor.licenses.words import plain_words
from auditor.model import Lines
from auditor.model.obligation import Evidence
from auditor.obligations.case import Case, Outcome, not_found
from auditor.obligations.pages import Page
from auditor.obligations.wordings import party_words, wordings

_LIST_WORD = re.compile(r"[A-Z]|and$|the$|our$|&$")
_LISTED = 8  # words between "trusted by" and the name: "trusted by Foo, Bar and Flask"
_QUOTING = frozenset(("advertising-ack", "any-form-ack"))  # atoms whose clauses quote a sentence to show
_SHOWN = 300  # characters of a sentence


_NO_SURFACE = "no promotion surface was named, or none is there"


def check_promotion(case: Case) -> Outcome:
    """Sentences that promote with a protected name."""
    if not case.surfaces:
        return Outcome("unexamined", _NO_SURFACE)
    names = [*protected_names(case), plain_words(case.name)]
    found = tuple(evidence for page in case.surfaces for evidence in _promotions(page, names, case))
    if found:
        reason = f"a sentence promotes with the name of {case.name} or its holders: {found[0].note}"
        return Outcome("review", reason, found, "endorsement-review")
    return Outcome("fulfilled", f"no such sentence was found on {_count(case.surfaces)}")


def check_advertising(case: Case) -> Outcome:
    """The acknowledgement on each surface that mentions the dependency."""
    if _deleted(case):
        reason = "the University of California deleted this condition on 22 July 1999 for the code that it owns"
        return Outcome("not-applicable", reason)
    if not case.surfaces:
        return Outcome("unexamined", _NO_SURFACE)
    name, wanted = plain_words(case.name), [plain_words(text) for text in case.clause.names]
    without = [
        Evidence(page.path, lines, "mentions it without the acknowledgement", True, page.path)
        for page in case.surfaces
        if (lines := _mention(page, name)) and not all(map(page.has, wanted))
    ]
    if without:
        reason = f"{without[0].path} mentions {case.name} without the acknowledgement that advertising must show"
        return Outcome("review", reason, tuple(without), "advertising-review")
    return Outcome("fulfilled", f"no mention without the acknowledgement was found on {_count(case.surfaces)}")


def check_acknowledgement(case: Case) -> Outcome:
    """The sentence that everything passed on must show."""
    if case.shelf is None or not case.clause.names:
        return Outcome("unexamined", "the sentence that must be shown is not known")
    evidence: list[Evidence] = []
    for text in case.clause.names:
        found = case.shelf.find(plain_words(text))
        if found is None:
            return not_found(case, f"the sentence “{text}” is not in {case.artifact}", "acknowledgement-missing")
        evidence.append(Evidence(found[0].file.path, found[1], "the sentence"))
    return Outcome("fulfilled", "the sentence that must be shown is there", tuple(evidence))


def protected_names(case: Case) -> list[tuple[str, ...]]:
    """The parties that a clause names, or, where it names none in particular, the holders; as words."""
    named = [name for name in map(party_words, case.clause.names) if name]
    if named:
        return named
    holders = (part for one in case.owed.copyrights for part in re.split(r",|\band\b|&|<", one.holder))
    return [name for name in dict.fromkeys(map(party_words, holders)) if name]


def _promotions(page: Page, names: list[tuple[str, ...]], case: Case) -> Iterator[Evidence]:
    names = [name for name in names if page.has(name)]
    quoted = (text for clause in case.owed.clauses if clause.atom in _QUOTING for text in clause.names)
    acknowledgements = [words for words in map(plain_words, quoted) if words]
    for sentence in page.sentences if names else ():
        if not wordings().denials.isdisjoint(sentence.words) or any(map(sentence.has, acknowledgements)):
            continue
        if any(sentence.has(name) and _promotes(sentence.words, name, sentence.written) for name in names):
            yield Evidence(page.path, sentence.lines, f"“{sentence.text[:_SHOWN]}”", True, page.path)


def _promotes(words: tuple[str, ...], name: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Whether a promotional wording stands at the name somewhere in a sentence."""
    for at in range(len(words) - len(name) + 1):
        if words[at : at + len(name)] != name:
            continue
        after = words[at + len(name) :]
        if after[:1] and after[0] in wordings().citing:
            continue
        if any(after[: len(wording)] == wording for wording in wordings().after):
            return True
        if at and words[at - 1] == "official" and after[:1] and after[0] in wordings().kinds:
            return True
        if any(_stands_before(words, at, wording, written) for wording in wordings().before):
            return True
    return False


def _stands_before(words: tuple[str, ...], at: int, wording: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Whether a wording leads up to the name, with nothing but other names of a list in between."""
    for end in range(at, max(len(wording), at - _LISTED) - 1, -1):
        start = end - len(wording)
        if words[start:end] == wording:
            return not start or words[start - 1] != "as"  # "as recommended by" cites somebody
        if not _LIST_WORD.match(written[end - 1].lstrip("*_[`\"'“")):
            return False
    return False


def _mention(page: Page, name: tuple[str, ...]) -> Lines | None:
    """The first sentence that names the dependency."""
    return next((sentence.lines for sentence in page.sentences if sentence.has(name)), None) if page.has(name) else None


def _deleted(case: Case) -> bool:
    regents = plain_words("Regents of the University of California")
    return bool(case.owed.copyrights) and all(
        " ".join(regents) in " ".join(plain_words(one.holder)) for one in case.owed.copyrights
    )


def _count(surfaces: tuple[Page, ...]) -> str:
    return f"{len(surfaces)} promotion surface{'s' if len(surfaces) != 1 else ''}"
