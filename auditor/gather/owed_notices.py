"""The notices that are owed: of each dependency that is passed on its texts, as they are at the pin."""

from collections.abc import Iterator

from auditor.licenses.clauses import is_notice
from auditor.model import LicenseFile, LicenseSubject, LicenseText
from auditor.model.notice import Notice, NoticeText
from auditor.model.obligation import Shipping, Supply
from auditor.obligations.carried import find_component, is_carried
from auditor.obligations.owed import read_owed

_NOT_PASSED_ON = ("dev-only", "linked")


def owed_notices(shipping: Shipping) -> Iterator[Notice]:
    """One for each dependency that any artifact carries, or may carry; without artifacts all that may be shipped."""
    for supply in shipping.supplies:
        if supply.dependency.use not in _NOT_PASSED_ON and _is_shipped(supply, shipping):
            yield _notice(supply, shipping)


def _is_shipped(supply: Supply, shipping: Shipping) -> bool:
    if not shipping.artifacts:
        return True
    return any(is_carried(supply, artifact).answer != "no" for artifact in shipping.artifacts)


def _notice(supply: Supply, shipping: Shipping) -> Notice:
    dependency, subject = supply.dependency, supply.subject
    files = [file for file in (subject.files if subject else ()) if _concerns(file, supply)]
    copyrights = (one for file in files for one in _holders(file))
    components = (find_component(dependency, artifact) for artifact in shipping.artifacts)
    by_text = {supply.texts[file.path]: file.path for file in reversed(files) if file.path in supply.texts}
    texts = [NoticeText(path, text) for text, path in by_text.items()]
    named = [one for one in read_owed(supply).owed if one.by_name]
    texts += [NoticeText(f"{one.license} (SPDX)", one.words.text) for one in named if not one.is_notice]
    return Notice(
        dependency.name,
        dependency.version,
        next((one.purl for one in components if one is not None and one.purl), None),
        subject.repository if subject and subject.repository else dependency.repository,
        expression_of(files, subject),
        tuple(texts),
        tuple(dict.fromkeys(copyrights)),
    )


def _holders(file: LicenseFile) -> Iterator[str]:
    """The copyright statements about the work; those within a text such as GPL-2.0 are about that text."""
    text = file.text or LicenseText()
    apart = [match.lines for match in text.matches if not is_notice(match)]
    for one in text.copyrights:
        if not any(lines.start <= one.lines.start <= lines.end for lines in apart):
            yield one.statement


def _concerns(file: LicenseFile, supply: Supply) -> bool:
    """Its own licence files, and those of bundled parts of which something is in a copy."""
    if not file.bundled:
        return True
    folder = file.path.rpartition("/")[0]
    used = (
        path
        for copy in supply.copies
        for path in (
            *(kept.upstream for kept in copy.comparison.unchanged),
            *(changed.upstream for changed in copy.comparison.changed),
        )
    )
    return any(path.startswith(f"{folder}/") and path != file.path for path in used)


def expression_of(files: list[LicenseFile], subject: LicenseSubject | None) -> str | None:
    """The licences of the texts as an SPDX expression, else what is declared; None where one of them is not known."""
    read = [file.text for file in files if file.text and (file.text.matches or file.text.references)]
    declared = subject.declarations if subject else ()
    stated = [_of_file(text) for text in read] or [one.expression for one in declared]
    if not stated or any(one is None for one in stated):
        return None
    names = list(dict.fromkeys(one for one in stated if one))
    return names[0] if len(names) == 1 else " AND ".join(f"({one})" if " OR " in one else one for one in names)


def _of_file(text: LicenseText) -> str | None:
    """The licences of one file; where it does not say how several relate, all of them hold."""
    if text.expression or text.changed or any(passage.binding for passage in text.passages):
        return text.expression
    return " AND ".join(text.licenses) or None
