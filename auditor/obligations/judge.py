"""Every clause of every dependency's licence, on every occasion that the project's distribution is: a verdict."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.licenses.atoms import Atom, atom
from auditor.licenses.expressions import base_id
from auditor.model import Clause
from auditor.model.manifest import Distribution
from auditor.model.obligation import Obligation, Shipping, Supply, When
from auditor.obligations.carried import Carried, is_carried, is_modified
from auditor.obligations.case import Case, Outcome
from auditor.obligations.checks import ACTS, check_case
from auditor.obligations.owed import Licensed, Owed, choice_of, chosen_license, clause_link
from auditor.obligations.pages import Page, read_page
from auditor.obligations.shelf import Key, Shelf, key_of


@dataclass(frozen=True, slots=True)
class _Bench:
    """A dependency with everything that its clauses are judged by."""

    supply: Supply
    distribution: Distribution
    places: tuple[tuple[Shelf, Carried], ...]
    others: frozenset[Key]
    pages: tuple[Page, ...]
    modified: bool

    @property
    def internal(self) -> bool:
        """Whether nothing is passed on to anybody."""
        return self.distribution.kinds == ("internal",)


def judge_obligations(
    shipping: Shipping, licensed: Sequence[Licensed], shelves: Sequence[Shelf]
) -> tuple[Obligation, ...]:
    """The verdicts in the order of the dependencies, of the clauses in their licences, and of the artifacts.

    `licensed` are the supplies of `shipping`, `shelves` its artifacts, both read.
    """
    pages = tuple(map(read_page, shipping.surfaces))
    own_sheets = (sheet for shelf in shelves for sheet in shelf.sheets if sheet.file.role == "own")
    own = {key_of(one) for sheet in own_sheets for one in sheet.copyrights}
    owners = Counter(key for one in licensed for key in one.keys)
    found: list[Obligation] = []
    for one in licensed:
        mine = one.keys
        others = own | {key for key in owners if key not in mine or owners[key] > 1}
        places = tuple((shelf, is_carried(one.supply, shelf.artifact)) for shelf in shelves)
        modified = is_modified(one.supply, shipping.distribution.modified)
        found += _judge(one, _Bench(one.supply, shipping.distribution, places, frozenset(others), pages, modified))
    return tuple(found)


def _judge(licensed: Licensed, bench: _Bench) -> Iterator[Obligation]:
    """The verdicts on one dependency."""
    owed = licensed.owed
    judged = [made for one in owed for clause in one.clauses for made in _judge_clause(bench, one, clause)]
    yield from _choose(bench.supply, judged)
    for gap in licensed.gaps:
        yield from _gap(bench, gap)
    if not judged and not licensed.gaps:
        reason = f"{' and '.join(dict.fromkeys(one.license for one in owed))} asks for nothing"
        yield Obligation(bench.supply.dependency, owed[0].license, None, "inform", None, "not-applicable", reason)


def _judge_clause(bench: _Bench, owed: Owed, clause: Clause) -> Iterator[Obligation]:
    entry = atom(clause.atom)
    if entry.kind == "information":
        return
    if clause.atom in ACTS or entry.fires_on == ("inform",):
        reason = "it is about what you do; nothing in a shipment can show it"
        yield _made(bench, owed, clause, "inform", None, Outcome("not-applicable", reason))
        return
    if bench.internal or bench.supply.dependency.use == "dev-only":
        reason = "nothing is passed on" if bench.internal else "it is used for development only"
        yield _made(bench, owed, clause, _first_when(entry), None, Outcome("not-applicable", reason))
        return
    if {"source", "binary"} & set(entry.fires_on):
        yield from _passed_on(bench, owed, clause, entry)
    elif "modified" in entry.fires_on:
        yield from _modified(bench, owed, clause)
    elif "network" in entry.fires_on:
        yield _network(bench, owed, clause)
    else:
        case = Case(bench.supply, owed, clause, _first_when(entry), surfaces=bench.pages, others=bench.others)
        yield _made(bench, owed, clause, case.when, None, check_case(case))


def _passed_on(bench: _Bench, owed: Owed, clause: Clause, entry: Atom) -> Iterator[Obligation]:
    """In each artifact: as what it is, and as source code where a copy of that lies in it."""
    silent = True
    for shelf, carried in bench.places:
        forms: list[When] = [shelf.artifact.form]
        if carried.copies and "source" not in forms:
            forms.append("source")
        for when in forms:
            if when in entry.fires_on:
                silent = False
                outcome = _not_here(carried) or _check(bench, owed, clause, when, shelf, carried)
                yield _made(bench, owed, clause, when, shelf.artifact.name, outcome)
    if silent:
        yield _made(bench, owed, clause, _first_when(entry), None, _without_artifact(bench))


def _modified(bench: _Bench, owed: Owed, clause: Clause) -> Iterator[Obligation]:
    """In each artifact, if the code was changed."""
    for shelf, carried in bench.places:
        outcome = _not_here(carried)
        if outcome is None and not bench.modified:
            outcome = Outcome("not-applicable", "it was not changed")
        outcome = outcome or _check(bench, owed, clause, "modified", shelf, carried)
        yield _made(bench, owed, clause, "modified", shelf.artifact.name, outcome)
    if not bench.places:
        outcome = _without_artifact(bench) if bench.modified else Outcome("not-applicable", "it was not changed")
        yield _made(bench, owed, clause, "modified", None, outcome)


def _network(bench: _Bench, owed: Owed, clause: Clause) -> Obligation:
    kinds = bench.distribution.kinds
    if "service" in kinds:
        outcome = check_case(Case(bench.supply, owed, clause, "network", modified=bench.modified))
    elif kinds:
        outcome = Outcome("not-applicable", "it is not offered over a network")
    else:
        outcome = Outcome("unexamined", "it is not said whether people use it over a network")
    return _made(bench, owed, clause, "network", None, outcome)


def _not_here(carried: Carried) -> Outcome | None:
    if carried.answer == "yes":
        return None
    return Outcome("not-applicable" if carried.answer == "no" else "unexamined", carried.reason)


def _without_artifact(bench: _Bench) -> Outcome:
    if not bench.places:
        return Outcome("unexamined", "no artifact was given")
    forms = " and ".join(sorted({shelf.artifact.form for shelf, _ in bench.places}))
    return Outcome("not-applicable", f"it asks nothing of what is passed on as {forms}")


def _check(bench: _Bench, owed: Owed, clause: Clause, when: When, shelf: Shelf, carried: Carried) -> Outcome:
    """The verdict in an artifact; nothing is certain of what only a list says to be there."""
    case = Case(bench.supply, owed, clause, when, shelf, carried.copies, bench.others, bench.modified, bench.pages)
    outcome = check_case(case)
    if carried.stated and outcome.verdict == "violated":
        return replace(outcome, verdict="review", reason=f"if it is in there, as a list says: {outcome.reason}")
    return outcome


def _first_when(entry: Atom) -> When:
    """The occasion that stands for an atom where no particular one is there."""
    first = entry.fires_on[0]
    return "inform" if first == "always" else first


def _made(bench: _Bench, owed: Owed, clause: Clause, when: When, artifact: str | None, outcome: Outcome) -> Obligation:
    return Obligation(
        bench.supply.dependency,
        owed.license,
        clause,
        when,
        artifact,
        outcome.verdict,
        outcome.reason,
        f"the SPDX text of {owed.license}" if owed.by_name else owed.path,
        None if owed.by_name else clause_link(bench.supply.subject, owed.path, clause.lines),
        outcome.evidence,
        outcome.readings,
        outcome.breach,
    )


def _gap(bench: _Bench, reason: str) -> Iterator[Obligation]:
    """What is not known of a licence: one verdict per artifact that the dependency may be in."""
    dependency = bench.supply.dependency
    if bench.internal or dependency.use == "dev-only":
        told = "nothing is passed on" if bench.internal else "it is used for development only"
        yield Obligation(dependency, None, None, "inform", None, "not-applicable", told)
        return
    for shelf, carried in bench.places:
        artifact = shelf.artifact
        if carried.answer == "no":
            yield Obligation(dependency, None, None, artifact.form, artifact.name, "not-applicable", carried.reason)
        else:
            yield Obligation(dependency, None, None, artifact.form, artifact.name, "unexamined", reason)
    if not bench.places:
        yield Obligation(dependency, None, None, "inform", None, "unexamined", reason)


def _choose(supply: Supply, judged: list[Obligation]) -> list[Obligation]:
    """Of licences among which one may choose only one binds: the one named in the manifest, or the one kept best."""
    choice = choice_of(supply)
    there = [one for one in dict.fromkeys(base_id(made.license or "") for made in judged) if one in choice]
    if len(there) < 2:
        return judged
    chosen = chosen_license(supply)
    if chosen not in there:
        chosen = min(there, key=lambda one: _faults(one, judged))
    reason = f"{chosen} may be chosen instead"
    return [
        replace(made, verdict="not-applicable", reason=reason, evidence=(), readings=(), breach=None)
        if base_id(made.license or "") in choice and base_id(made.license or "") != chosen
        else made
        for made in judged
    ]


def _faults(license_id: str, judged: list[Obligation]) -> tuple[int, int]:
    """How badly one of several licences is kept by what is passed on; promotion has the same rules under most."""
    asked = (made for made in judged if made.when not in ("promotion", "advertising", "network"))
    verdicts = [made.verdict for made in asked if base_id(made.license or "") == license_id]
    return verdicts.count("violated") + verdicts.count("unexamined"), verdicts.count("review")
