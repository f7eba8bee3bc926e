"""What reports say about licences, judged once the licence files of the cited repositories are known."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

from auditor.licensed import Licensed
from auditor.model import Report, Statement, StatementFact, StatementJudgement, Unlooked
from auditor.permalinks import Hosts, parse_repository
from auditor.resolve.statements import judge_statement, unstated
from auditor.rules import OF_REPOSITORIES, OF_STATEMENTS

# By document, then by repository in lower case.
Known = Mapping[str, Mapping[str, Licensed]]


def judge_statements(
    reports: Iterable[tuple[Report, Path | None]], known: Known, rules: Iterable[ModuleType], hosts: Hosts
) -> tuple[StatementJudgement, ...]:
    """Every statement with what the rules say of it, then the repositories about which nothing is stated.

    The repository that a report lies in itself need not be mentioned there.
    """
    rules = tuple(rules)
    of_statements = [rule for rule in rules if rule in OF_STATEMENTS]
    of_repositories = [rule for rule in rules if rule in OF_REPOSITORIES]
    judgements: list[StatementJudgement] = []
    for report, path in reports:
        licensed = known.get(report.document, {})
        facts = [_fact(statement, licensed, hosts) for statement in report.statements]
        for fact in facts:
            found = tuple(finding for rule in of_statements for finding in rule.check(fact))
            judgements.append(StatementJudgement(fact, found))
        texts = {entry.repository: (entry.commit, entry.licenses) for entry in licensed.values()}
        for missing in unstated(report.citations, facts, texts):
            if missing.repository.lower() == _own_repository(path, hosts):
                continue
            found = tuple(finding for rule in of_repositories for finding in rule.check(missing))
            judgements.append(StatementJudgement(missing, found))
    return tuple(judgements)


def _fact(statement: Statement, licensed: Mapping[str, Licensed], hosts: Hosts) -> StatementFact:
    repository = parse_repository(statement.repository or "", hosts) or statement.repository or ""
    entry = licensed.get(repository.lower())
    if entry is None:
        return StatementFact(statement, unlooked=Unlooked("no commit of its repository is cited", incident=False))
    return judge_statement(statement, entry.files, entry.texts, entry.commit)


@cache
def _own_repository(path: Path | None, hosts: Hosts) -> str | None:
    """The repository that a document lies in, as its remote is called; None if in none."""
    if path is None:
        return None
    from auditor.fetch import own_repository

    own = own_repository(path)
    repository = parse_repository(own[2], hosts) if own and own[2] else None
    return repository.lower() if repository else None
