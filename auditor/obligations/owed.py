"""The licences of a dependency as notices that are owed, and the reasons why some of them cannot be judged."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from auditor.licenses.clauses import has_catalogue, is_notice
from auditor.licenses.copyrights import find_copyrights
from auditor.licenses.expressions import Combination, base_id, expression_tree, license_ids, normalise
from auditor.licenses.words import Words, read_words
from auditor.model import Clause, Copyright, LicenseFile, LicenseMatch, LicenseSubject, Lines
from auditor.model.obligation import Supply
from auditor.obligations.shelf import Key, key_of, word_range
from auditor.permalinks import file_link, render_link


@dataclass(frozen=True, slots=True)
class Owed:
    """One licence text of a dependency: its clauses, its copyright statements, and its words.

    `license` is the SPDX id; `path` the file at the pin, `words` all of that without copyright statements; `body` are
    those of the text, without its title, which begin at the word `first`. `by_name`: the licence is only named there,
    and the text is that of the SPDX list.
    """

    path: str
    license: str
    match: LicenseMatch
    copyrights: tuple[Copyright, ...]
    words: Words
    first: int
    body: tuple[str, ...]
    by_name: bool = False

    def shown(self, first: int, end: int) -> str:
        """Words of the body as they are written, counted from its first one."""
        return self.words.original(self.first + first, self.first + end)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The conditions, in their order."""
        return self.match.clauses

    @property
    def is_notice(self) -> bool:
        """Whether the text itself is the notice that its clauses speak of, as in BSD and MIT."""
        return is_notice(self.match)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Its copyright statements as they are compared."""
        return tuple(dict.fromkeys(key_of(one) for one in self.copyrights))


@dataclass(frozen=True, slots=True)
class Licensed:
    """A dependency with its licences, and a sentence for each reason why more may hold than they say."""

    supply: Supply
    owed: tuple[Owed, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[Key]:
        """All its copyright statements, as they are compared."""
        return frozenset(key for one in self.owed for key in one.keys)


def read_owed(supply: Supply) -> Licensed:
    """Reads the licence files of a dependency."""
    subject = supply.subject
    if subject is None:
        return Licensed(supply, gaps=(supply.unlooked or "its licence was not looked at",))
    gaps = [f"a part of its source could not be read: {trouble}" for trouble in subject.troubles]
    owed: dict[tuple[str, tuple[str, ...], tuple[Key, ...]], Owed] = {}
    for file in subject.files:
        if not file.bundled:
            gaps += _gaps(file)
            for one in _owed(file, supply.texts, gaps):
                owed.setdefault((one.license, one.body, one.keys), one)
    if not owed and not gaps:
        named = read_named(subject)
        if named:
            return Licensed(supply, named)
        gaps.append(_no_text(supply))
    return Licensed(supply, tuple(owed.values()), tuple(dict.fromkeys(gaps)))


def _no_text(supply: Supply) -> str:
    if supply.unlooked is None:
        return "its source holds no licence text whose conditions are known"
    return f"what is shipped holds no licence text of it, and {supply.unlooked}"


def read_named(subject: LicenseSubject) -> tuple[Owed, ...]:
    """The licences that a dependency only names, in its licence files or else in its metadata, by their SPDX texts.

    Nothing where any of them is not known or has no catalogue: then what is owed is not known either.
    """
    own = [file for file in subject.files if not file.bundled and file.text]
    references = [(file.path, one.expression) for file in own for one in (file.text.references if file.text else ())]
    stated = references or [(one.path, one.expression) for one in subject.declarations]
    if not all(expression for _, expression in stated):
        return ()
    pairs = [(base_id(one), path) for path, expression in stated for one in sorted(license_ids(expression or ""))]
    first: dict[str, str] = {}
    for license_id, path in pairs:
        first.setdefault(license_id, path)
    found = tuple(_by_name(license_id, path) for license_id, path in first.items())
    return tuple(one for one in found if one is not None) if all(found) else ()


def _by_name(license_id: str, path: str) -> Owed | None:
    """The conditions of a licence of which only the name is known; None if they are in no catalogue."""
    from auditor.licenses.identify import identify
    from auditor.licenses.texts.index import text_words

    for name in (license_id, f"{license_id}-only"):  # of the GNU licences the list has the text under such names
        with suppress(KeyError):
            words = text_words(name)
            for match in identify(words.text).matches[:1]:
                first, end = word_range(words, _without_title(match))
                if match.clauses or has_catalogue(license_id):
                    return Owed(path, license_id, match, (), words, first, words.words[first:end], by_name=True)
    return None


def _gaps(file: LicenseFile) -> Iterator[str]:
    """Why the conditions in a file are not all known."""
    if file.text is None:
        yield f"{file.path} could not be read: {file.trouble}"
        return
    if file.accepted:
        return
    if file.riders:
        yield f"{', '.join(file.riders)} adds conditions to {file.path}"
    for match in file.text.changed:
        yield f"{file.path} is changed from {match.nearest}"
    if any(passage.binding for passage in file.text.passages):
        yield f"{file.path} sets conditions that belong to no known licence"
    for license_id in file.text.licenses:
        if not has_catalogue(license_id) and not any(one.license == license_id and one.clauses for one in _all(file)):
            yield f"the conditions of {license_id} are in no catalogue; {file.path} must be read"


def _all(file: LicenseFile) -> tuple[LicenseMatch, ...]:
    return file.text.matches if file.text else ()


def _owed(file: LicenseFile, texts: Mapping[str, str], gaps: list[str]) -> Iterator[Owed]:
    matches = [match for match in _all(file) if match.license or (file.accepted and match.clauses)]
    if not matches:
        return
    if file.path not in texts:
        gaps.append(f"the text of {file.path} is not at hand")
        return
    words = read_words(texts[file.path])
    words = words.without(find_copyrights(words)[1])
    for match, statements in _with_copyrights(file, matches):
        reviewed = file.review.license if file.review else ""
        license_id = match.license or reviewed or match.nearest
        first, end = word_range(words, _without_title(match))
        yield Owed(file.path, license_id, match, statements, words, first, words.words[first:end])


def _with_copyrights(
    file: LicenseFile, matches: list[LicenseMatch]
) -> Iterator[tuple[LicenseMatch, tuple[Copyright, ...]]]:
    """Each text with the statements above it; those below the last one belong to that."""
    statements = file.text.copyrights if file.text else ()
    end = 0
    for match in matches:
        last = match is matches[-1]
        own = (one for one in statements if end < one.lines.start and (last or one.lines.start <= match.lines.end))
        # What stands within a licence that is no notice is part of its own text, as the FSF's statement in the GPL is.
        yield match, tuple(one for one in own if is_notice(match) or not _within(one.lines, match.lines))
        end = match.lines.end


def _without_title(match: LicenseMatch) -> Lines:
    """The lines from the first clause on; above it stand a title, which notices may lack, and copyright statements."""
    first = min((clause.lines.start for clause in match.clauses), default=match.lines.start)
    return Lines(first, match.lines.end)


def _within(inner: Lines, outer: Lines) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def notice_files(supply: Supply) -> list[str]:
    """The paths of the dependency's own NOTICE files (Apache-2.0, section 4(d): 'a "NOTICE" text file')."""
    files = supply.subject.files if supply.subject else ()
    named = (file.path for file in files if not file.bundled)
    return [path for path in named if path.rpartition("/")[2].upper().split(".")[0] == "NOTICE"]


def choice_of(supply: Supply) -> frozenset[str]:
    """The licences of which one may be chosen, as metadata or a licence file say; empty where nothing says so."""
    subject = supply.subject
    if subject is None:
        return frozenset()
    for file in subject.files:
        if not file.bundled and file.text and file.text.choice == "OR" and len(file.text.licenses) > 1:
            return frozenset(map(base_id, file.text.licenses))
    for declaration in subject.declarations:
        tree = expression_tree(declaration.expression or "")
        if isinstance(tree, Combination) and tree.operator == "OR" and all(isinstance(one, str) for one in tree.parts):
            return license_ids(declaration.expression or "")
    return frozenset()


def chosen_license(supply: Supply) -> str | None:
    """The licence that the manifest names for a dependency, if it is a single one; without "-only" or "-or-later"."""
    expected = normalise(supply.dependency.license or "").expression
    tree = expression_tree(expected) if expected else None
    return base_id(tree) if isinstance(tree, str) else None


def clause_link(subject: LicenseSubject | None, path: str, lines: Lines) -> str | None:
    """The permalink of a clause at the pin; None for what is no repository, or on a host that is not known."""
    if subject is None or subject.repository is None or subject.commit is None:
        return None
    link = file_link(subject.repository, subject.commit, path, (lines.start, lines.end))
    return render_link(link) if link else None
