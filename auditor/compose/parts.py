"""A dependency's supply becomes its section: which licences its own source has, and what each clause asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.gather.owed_notices import expression_of
from auditor.licenses.atoms import atom
from auditor.licenses.descriptions import describe_license
from auditor.licenses.texts.index import license_name
from auditor.model import LicenseFile, LicenseSubject, Lines
from auditor.model.document import DependencyPart, LicenseRow, Prose, Restriction
from auditor.model.manifest import ReportSection
from auditor.model.obligation import Supply
from auditor.permalinks import DEFAULT, Hosts, file_link, render_link
from auditor.spelling import plain_name


def make_parts(
    supplies: Sequence[Supply], sections: Sequence[ReportSection], texts: Mapping[str, Prose], hosts: Hosts = DEFAULT
) -> Iterator[DependencyPart]:
    """The sections in the order of the supplies, without what is used for development only.

    `texts` are the author's, by the path in `ReportSection.text`.
    """
    added = {plain_name(section.dependency): section for section in sections}
    for supply in supplies:
        section = added.get(plain_name(supply.dependency.name))
        if supply.dependency.use != "dev-only" or section is not None:
            yield _part(supply, section, texts, hosts)


def _part(supply: Supply, section: ReportSection | None, texts: Mapping[str, Prose], hosts: Hosts) -> DependencyPart:
    subject = supply.subject
    own = [file for file in subject.files if not file.bundled] if subject else []
    license_ = expression_of(own, subject)
    return DependencyPart(
        supply.dependency,
        supply,
        license_,
        describe_license(license_ or " AND ".join(dict.fromkeys(name for file in own for name in _names(file)))),
        tuple(row for file in own for row in _rows(subject, file, hosts)),
        tuple(one for file in own for one in _restrictions(subject, file, hosts)),
        section.used if section else (),
        texts.get(section.text.path) if section and section.text else None,
        _link(subject, "", None, hosts),
    )


def _names(file: LicenseFile) -> tuple[str, ...]:
    return file.text.licenses if file.text else ()


def _rows(subject: LicenseSubject | None, file: LicenseFile, hosts: Hosts) -> Iterator[LicenseRow]:
    for match in file.text.matches if file.text else ():
        name = license_name(match.license or match.nearest)
        yield LicenseRow(file.path, match.license, name, match.lines, _link(subject, file.path, match.lines, hosts))


def _restrictions(subject: LicenseSubject | None, file: LicenseFile, hosts: Hosts) -> Iterator[Restriction]:
    for match in file.text.matches if file.text else ():
        for clause in match.clauses:
            if atom(clause.atom).kind == "information":  # what is granted, and what is disclaimed
                continue
            yield Restriction(
                match.license or match.nearest, file.path, clause, _link(subject, file.path, clause.lines, hosts)
            )


def _link(subject: LicenseSubject | None, path: str, lines: Lines | None, hosts: Hosts) -> str | None:
    if subject is None or subject.repository is None or subject.commit is None:
        return None
    link = file_link(subject.repository, subject.commit, path, (lines.start, lines.end) if lines else None, hosts)
    if link is None:
        return None
    return render_link(link if path else replace(link, view="tree"))
