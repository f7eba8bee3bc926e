"""Which files of a list are the metadata that speaks for the whole of it.

Only metadata at the root counts, or at the place that an ecosystem has for it: a `package.json` under `node_modules`
or `examples` speaks for that part alone, and held against the root's licence it would be a false alarm. Who wants to
know of a part can name its folder. The root is the folder that all files share (`numpy-2.0/` in an sdist).
"""

import re
from collections.abc import Iterable

# Per ecosystem what is tried in turn: the first that is there is used, all files of it. `*` is one name.
_PLACES: tuple[tuple[str, ...], ...] = (
    (
        r"[^/]+\.dist-info/METADATA",  # an installed distribution or a wheel
        r"PKG-INFO",  # an sdist
        r"[^/]+\.egg-info/PKG-INFO",
        r"EGG-INFO/PKG-INFO",
        r"src/[^/]+\.egg-info/PKG-INFO",
    ),
    (r"pyproject\.toml",),
    (r"setup\.cfg",),
    (r"setup\.py",),
    (r"package\.json",),
    (r"Cargo\.toml",),
    (r"pom\.xml", r"META-INF/maven/[^/]+/[^/]+/pom\.xml"),
    (r"[^/]+\.gemspec",),
    (r"composer\.json",),
)
_SHADED = 1  # a jar that holds more than one POM holds other projects', and none says which is its own


def metadata_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """The metadata files of the whole, in the order of the ecosystems above; those of parts are left out."""
    everything = sorted(paths)
    root = _shared_root(everything)
    below = [path[len(root) :] for path in everything]
    found: list[str] = []
    for places in _PLACES:
        own = next(filter(None, (_matching(place, below) for place in places)), [])
        if not (own and own[0].startswith("META-INF/") and len(own) > _SHADED):
            found += (root + path for path in own)
    return tuple(found)


def _matching(place: str, paths: list[str]) -> list[str]:
    pattern = re.compile(place)
    return [path for path in paths if pattern.fullmatch(path)]


def _shared_root(paths: list[str]) -> str:
    """The first folder with its slash if everything lies in it, else ""."""
    first = paths[0].partition("/")[0] + "/" if paths else ""
    shared = all(path.startswith(first) for path in paths) and not first.removesuffix("/").endswith(("-info", "-INF"))
    return first if shared else ""
