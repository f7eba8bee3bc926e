"""JavaScript and CSS that was put together from several packages: banners, markers of bundlers, source maps."""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.licenses.metadata.statements import declaration
from auditor.model.shipment import Component
from auditor.shipment.components.drafts import plain
from auditor.shipment.components.node import npm_purl

# webpack puts the banners of `x.js` into `x.js.LICENSE.txt`.
_READ = (".js", ".mjs", ".cjs", ".css", ".js.map", ".mjs.map", ".css.map", ".js.LICENSE.txt")
# What minifiers keep: `/*!` (UglifyJS, esbuild: "legal comments"), `@license` and `@preserve` (Closure Compiler).
_BANNER = re.compile(r"/\*!|@licen[sc]e\b|@preserve\b")
_LEADERS = " \t*!/"
_TITLE = re.compile(
    r"(?P<name>@?[A-Za-z][\w@/.-]{0,60}(?: [A-Za-z(][\w.()&+-]{0,30}){0,5}?)(?: -|,|:)?"
    r"(?: ?@| v\.?| [Vv]ersion:?| ) ?(?P<version>\d{1,5}(?:\.\d{1,5}){1,3}(?:[-+][\w.+-]{1,30})?)(?=[\s|,;*)(]|$)"
)
# esbuild writes `// node_modules/NAME/…`, webpack `!*** ./node_modules/NAME/… ***!` and `"./node_modules/NAME/…":`.
_PACKAGE = r"(?P<name>(?:@[\w.~-]{1,100}/)?[\w~-][\w.~-]{0,100})/"
_MARKER = re.compile(
    r"""(?:^[ \t]{0,80}//[ ]|!\*\*\*[ ]|^[ \t/*]{0,80}["'](?=[^"'\n]{1,300}["']:))(?:\.{1,2}/){0,20}node_modules/"""
    rf"""(?:\.pnpm/(?P<pnpm>[^/\s"']{{1,200}})/node_modules/)?{_PACKAGE}""",
    re.MULTILINE,
)
_SOURCE = re.compile(rf"node_modules/(?:\.pnpm/(?P<pnpm>[^/]{{1,200}})/node_modules/)?(?!\.pnpm/){_PACKAGE}")
_MOST = 5000  # banners of one file; the largest bundles that were seen have some hundred
_REACH = 600  # characters of a banner in which its title is looked for
_LONGEST_TITLE = 200
_LONGEST_SOURCE = 2000


@dataclass(frozen=True, slots=True)
class _Package:
    """What a banner or a marker names; `npm`: it is a name of npm's."""

    name: str
    version: str | None
    npm: bool
    declared: tuple[str, ...] = ()


class BundleReader:
    """See `Reader`. A file that begins with a banner belongs to what the banner names; all else is within a file."""

    def __init__(self) -> None:
        self._within: dict[_Package, list[str]] = {}
        self._whole: dict[_Package, list[str]] = {}

    def wants(self, path: str) -> bool:
        # Of what lies in node_modules `package.json` tells.
        return path.endswith(_READ) and not path.startswith("node_modules/") and "/node_modules/" not in path

    def read(self, path: str, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        if path.endswith(".map"):
            packages = list(_mapped(text))
        else:
            packages = [*_banners(text), *_marked(text)]
            first = text[:_REACH].lstrip().partition("*/")[0]
            if first.startswith("/*") and (named := next(_banners(first), None)) is not None:
                self._whole.setdefault(named, []).append(path)
        for package in dict.fromkeys(packages):
            self._within.setdefault(package, []).append(path)

    def components(self) -> Iterator[Component]:
        for package, paths in self._within.items():
            evidence = paths[0]
            yield Component(
                package.name,
                "bundled",
                evidence,
                evidence,
                package.version,
                "npm" if package.npm else "",
                npm_purl(package.name, package.version) if package.npm else None,
                tuple(declaration(evidence, None, written) for written in package.declared),
                files=tuple(self._whole.get(package, ())),
            )


def _banners(text: str) -> Iterator[_Package]:
    """What the first line of each banner names, if it gives a version, too."""
    for match in itertools.islice(_BANNER.finditer(text), _MOST):
        start = text.rfind("/*", max(0, match.start() - _REACH), match.end())
        if start < 0 or text.find("*/", start, match.start()) >= 0:
            start = match.start()
        comment = text[start : match.start() + _REACH].partition("*/")[0]
        lines = [stripped for line in comment.splitlines() if (stripped := line.strip(_LEADERS))]
        title = next(filter(None, (line.removeprefix("@license").strip(_LEADERS) for line in lines)), "")
        if named := _TITLE.match(title[:_LONGEST_TITLE]):
            name = named["name"].removesuffix(".js").removesuffix(".min")
            tags = [line.removeprefix("@license") for line in lines if line.startswith("@license ")]
            licenses = _licenses([*title[named.end() : _LONGEST_TITLE].split("|")[1:], *tags])
            yield _Package(plain(name), named["version"], npm=False, declared=licenses)


def _licenses(parts: list[str]) -> tuple[str, ...]:
    """Those parts that are names of licences, as in `x v1 | MIT | (c) …`."""
    named = (part.strip(_LEADERS)[:_LONGEST_TITLE] for part in parts)
    return tuple(part for part in named if part and declaration("", None, part).expression is not None)


def _marked(text: str) -> Iterator[_Package]:
    for match in itertools.islice(_MARKER.finditer(text), _MOST * 20):
        yield _Package(match["name"], _pnpm_version(match["pnpm"]), npm=True)


def _mapped(text: str) -> Iterator[_Package]:
    """What a source map names as its sources ("ECMA-426", `sources`); an index map has several."""
    try:
        top = json.loads(text.removeprefix(")]}'"))
    except (ValueError, RecursionError):
        return
    sections = top.get("sections") if isinstance(top, dict) else None
    maps = (
        [top, *(one.get("map") for one in sections if isinstance(one, dict))] if isinstance(sections, list) else [top]
    )
    for one in maps:
        sources = one.get("sources") if isinstance(one, dict) else None
        for source in sources if isinstance(sources, list) else ():
            for match in list(_SOURCE.finditer(source[:_LONGEST_SOURCE]))[-1:] if isinstance(source, str) else ():
                yield _Package(match["name"], _pnpm_version(match["pnpm"]), npm=True)


def _pnpm_version(folder: str | None) -> str | None:
    """The version in pnpm's `NAME@VERSION` or `NAME@VERSION_PEERS`."""
    match = re.match(r".[^@]*@([\w.+-]+)", folder or "")
    return match[1].partition("_")[0] if match else None
