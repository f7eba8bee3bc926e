"""Which dependencies are to be looked up: those of the manifest, then what else was found in artifacts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from auditor.gather.artifacts import OpenArtifact, with_components
from auditor.gather.copies import find_place
from auditor.gather.releases import stated_repository
from auditor.gather.supplies import Wanted
from auditor.model import Place
from auditor.model.manifest import ECOSYSTEMS, Dependency, Ecosystem, Manifest, ManifestProblem
from auditor.model.shipment import Component
from auditor.obligations.carried import find_component, is_same_package
from auditor.spelling import plain_name

_CORE_METADATA = ("METADATA", "PKG-INFO")


def claim_components(opened: OpenArtifact, manifest: Manifest) -> OpenArtifact:
    """The artifact with its components named as the manifest names what lies there."""
    names = {
        place: one.dependency for one in manifest.vendored if (place := find_place(opened.shipment.paths, one.path))
    }
    claimed = tuple(
        replace(one, name=names[one.root], kind="bundled", evidence=manifest.document, troubles=())
        if one.kind == "unknown" and one.root in names
        else one
        for one in opened.artifact.components
    )
    return with_components(opened, claimed)


def list_parts(manifest: Manifest | None, artifacts: Sequence[OpenArtifact]) -> tuple[Wanted, ...]:
    """The entries of the manifest in their order, then what was found, by name.

    What an artifact itself is counts as a part only where no manifest says whose project it is.
    """
    entries = manifest.dependencies if manifest else ()
    listed = tuple(_entry(dependency, manifest) for dependency in entries) if manifest else ()
    found: dict[tuple[str, str, str | None], Wanted] = {}
    for opened in artifacts:
        artifact = opened.artifact
        for component in artifact.components:
            own = component.kind == "distribution"
            if (own and manifest is not None) or any(is_same_package(one, component) for one in entries):
                continue
            key = (plain_name(component.name), component.ecosystem, component.version)
            made = found.get(key) or Wanted(_dependency(component, opened), ())
            found[key] = replace(made, found_in=tuple(dict.fromkeys((*(made.found_in or ()), artifact.name))))
    return (*listed, *(found[key] for key in sorted(found, key=lambda key: (key[0], key[1], key[2] or ""))))


def version_problems(manifest: Manifest, artifacts: Sequence[OpenArtifact]) -> Iterator[ManifestProblem]:
    """Where an artifact carries another release than the one that the manifest pins: what was judged is not shipped."""
    for dependency in manifest.dependencies:
        if dependency.version is None:
            continue
        for opened in artifacts:
            component = find_component(dependency, opened.artifact)
            if component is None or component.version in (None, dependency.version):
                continue
            carried = f"{opened.artifact.name} carries {component.name} {component.version}"
            yield ManifestProblem(
                "version-differs",
                "warning",
                dependency.place_of("version"),
                f"{carried}, not {dependency.version} ({component.evidence})",
                "pin the release that is shipped, or build anew",
                f"dependency.{dependency.name}.version.{opened.artifact.name}",
            )


def _entry(dependency: Dependency, manifest: Manifest) -> Wanted:
    folder = Path(manifest.document).parent
    copies = [one for one in manifest.vendored if plain_name(one.dependency) == plain_name(dependency.name)]
    return Wanted(dependency, None, tuple((one.path, str(folder / one.path)) for one in copies))


def _dependency(component: Component, opened: OpenArtifact) -> Dependency:
    """An entry as the manifest would have it."""
    name = opened.artifact.name
    document = f"{name}/{component.evidence}" if component.evidence else name
    system: Ecosystem = next((one for one in ECOSYSTEMS if one == component.ecosystem), "generic")
    return Dependency(
        component.name,
        Place(document, 1, 1, 1, 1),
        system,
        component.version,
        component.repository or _stated(component, opened),
        component.commit,
    )


def _stated(component: Component, opened: OpenArtifact) -> str | None:
    """The repository that Python metadata name."""
    content = opened.scan.contents.get(component.evidence) if component.evidence.endswith(_CORE_METADATA) else None
    return stated_repository(content) if isinstance(content, bytes) else None
