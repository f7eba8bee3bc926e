"""One component from several pieces of evidence."""

from collections.abc import Iterable
from dataclasses import replace

from auditor.model.shipment import Component
from auditor.shipment.components.drafts import same_name
from auditor.shipment.components.libraries import library_stem, table


def merge_roots(drafts: Iterable[Component]) -> list[Component]:
    """One component for each place, name and version: the first, which says most."""
    kept: dict[tuple[str, str, str, str | None], Component] = {}
    for draft in drafts:
        kept.setdefault((draft.root, draft.ecosystem, same_name(draft.name), draft.version), draft)
    return list(kept.values())


def merge_banners(folders: list[Component], banners: list[Component]) -> tuple[list[Component], list[Component]]:
    """Vendor folders with the version that a banner in them gives, and the banners that name something else.

    A banner names its folder when it begins with its name ("jQuery JavaScript Library" in `vendor/jquery`).
    """
    places = {folder.root: number for number, folder in enumerate(folders)}
    result, rest = list(folders), []
    for banner in banners:
        number = _place(banner.evidence, places)
        if number is None or not _begins(banner.name, result[number].name):
            rest.append(banner)
        elif result[number].version is None and not banner.ecosystem:
            folder = result[number]
            result[number] = replace(
                folder,
                kind="bundled",
                name=folder.name.partition(".")[0] if folder.kind == "unknown" else folder.name,
                version=banner.version,
                evidence=banner.evidence,
                license_declared=banner.license_declared,
            )
    return result, rest


def foreign_banners(components: list[Component], banners: list[Component]) -> list[Component]:
    """The banners that do not name the distribution itself, as `vue.js` does in the package `vue`."""
    own = [component.name for component in components if component.kind == "distribution"]
    return [banner for banner in banners if banner.ecosystem or not any(_begins(banner.name, name) for name in own)]


def merge_bills(components: list[Component], stated: list[Component]) -> list[Component]:
    """The components with what bills of materials add to them, and what only a bill names."""
    places: dict[str, list[int]] = {}
    for number, component in enumerate(components):
        for name in _names(component):
            places.setdefault(name, []).append(number)
    result, rest = list(components), dict[tuple[str, str | None], Component]()
    for one in stated:
        numbers = places.get(same_name(one.name), [])
        if not numbers and not _is_part(one, components):
            rest.setdefault((same_name(one.name), one.version), one)
        elif len(numbers) == 1:
            result[numbers[0]] = _completed(result[numbers[0]], one)
    return [*result, *rest.values()]


def _completed(component: Component, stated: Component) -> Component:
    """A library whose file says no version, with the package that a bill says it was taken from."""
    if component.kind == "distribution" or component.version is not None:
        return component
    name = stated.name if component.kind == "unknown" else component.name
    return replace(
        component,
        kind="bundled",
        name=name,
        version=stated.version,
        ecosystem=stated.ecosystem,
        purl=stated.purl,
        license_declared=component.license_declared or stated.license_declared,
    )


def _is_part(stated: Component, components: list[Component]) -> bool:
    """Whether a bill lists a module of the shipment itself: its purl, with a path in it, is the shipment's."""
    own = {component.purl for component in components if component.kind == "distribution"}
    return stated.purl is not None and stated.purl in own


def _names(component: Component) -> set[str]:
    """Under which names a bill may list a component."""
    names = {component.name}
    if component.kind == "unknown":
        names.add(library_stem(component.name))
    if not component.ecosystem and (library := table().get(component.name)) is not None:
        names.update(library.packages)
    return {same_name(name) for name in names if name}


def _place(path: str, places: dict[str, int]) -> int | None:
    while path:
        if path in places:
            return places[path]
        path = path.rpartition("/")[0]
    return None


def _begins(title: str, name: str) -> bool:
    title, name = same_name(title), same_name(name.removesuffix(".js").removesuffix(".min"))
    return title == name or title.startswith(f"{name}-")
