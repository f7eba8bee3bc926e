"""Whether an artifact carries a dependency's code, from what was found in it and what the manifest says."""

from dataclasses import dataclass
from typing import Literal

from auditor.model.manifest import Dependency
from auditor.model.obligation import Artifact, Supply, VendoredCopy
from auditor.model.shipment import Component
from auditor.spelling import plain_name

# The system of the packages that a manifest's "generic" entries, and components without one, may belong to: any.
_ANY = ("", "generic")


@dataclass(frozen=True, slots=True)
class Carried:
    """Whether a dependency is in an artifact, and how that is known.

    `stated`: only a list says so; such lists name what was used to build as well.
    """

    answer: Literal["yes", "no", "unknown"]
    reason: str
    copies: tuple[VendoredCopy, ...] = ()
    stated: bool = False


def is_carried(supply: Supply, artifact: Artifact) -> Carried:
    """Whether the dependency's code is in the artifact."""
    dependency = supply.dependency
    if dependency.use == "dev-only":
        return Carried("no", "it is used for development only")
    copies = tuple(one for one in supply.copies if one.artifact == artifact.name and _is_filled(one))
    if supply.found_in is not None:
        return _is_found(supply, artifact, copies)
    component = find_component(dependency, artifact)
    if component is not None:
        return Carried("yes", f"{component.evidence or component.root} says that it is carried", copies)
    if copies:
        return Carried("yes", f"{copies[0].path or artifact.name} is a copy of it", copies)
    if dependency.use in ("vendored", "bundled"):
        if any(_is_filled(one) for one in supply.copies) or (supply.copies and artifact.certain):
            return Carried("no", f"no copy of it is in {artifact.name}")
        return Carried("yes", "the manifest says that it is carried")
    if dependency.use == "linked":
        return Carried("no", f"{artifact.name} does not carry it; it is used beside it")
    if artifact.certain:
        return Carried("no", f"{artifact.name} does not carry it")
    return Carried("unknown", f"whether {artifact.name} carries it is not known: not every part of that was told")


def _is_found(supply: Supply, artifact: Artifact, copies: tuple[VendoredCopy, ...]) -> Carried:
    """Of what no manifest names nothing is known but where it was found."""
    if artifact.name not in (supply.found_in or ()):
        return Carried("no", f"nothing in {artifact.name} says that it carries it")
    component = find_component(supply.dependency, artifact)
    stated = component is not None and component.kind == "stated"
    return Carried("yes", f"it was found in {artifact.name}", copies, stated)


def find_component(dependency: Dependency, artifact: Artifact) -> Component | None:
    """The component of an artifact that a dependency is, by name, in the same system of packages."""
    known = (one for one in artifact.components if one.kind != "unknown")
    return next((one for one in known if is_same_package(dependency, one)), None)


def is_same_package(dependency: Dependency, component: Component) -> bool:
    """Whether both have one name, as far as names are compared, in the same system of packages."""
    same_system = component.ecosystem in (dependency.ecosystem, *_ANY) or dependency.ecosystem in _ANY
    return same_system and plain_name(component.name) == plain_name(dependency.name)


def is_modified(supply: Supply, said_of_all: bool) -> bool:
    """Whether the dependency's code was changed: what the copies show, what its entry says, what is said of all."""
    licenses = license_paths_of(supply)
    if any(file.upstream not in licenses for copy in supply.copies for file in copy.comparison.changed):
        return True
    modified = supply.dependency.modified
    return said_of_all if modified is None else modified


def license_paths_of(supply: Supply) -> frozenset[str]:
    """The licence files at the pin: clauses about notices tell what became of them; that is no change of code."""
    return frozenset(file.path for file in supply.subject.files) if supply.subject else frozenset()


def _is_filled(copy: VendoredCopy) -> bool:
    return bool(copy.comparison.unchanged or copy.comparison.changed)
