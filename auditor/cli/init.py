"""`auditor init [--from SOURCE] [--prove]`"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from auditor.cli.progress import ProgressLine
from auditor.cli.settings import fetch_settings, hosts_of, warn
from auditor.errors import DocumentError, UsageError
from auditor.files import write_atomically
from auditor.manifest import KNOWN_FILES, LockReading, dependencies_of, is_lock_file, match_paths
from auditor.manifest.gather import ENVIRONMENT, merge_dependencies
from auditor.manifest.lockfiles import LONGEST, read_file
from auditor.manifest.write import Surroundings, render_manifest
from auditor.model.manifest import Dependency
from auditor.model.proof import Proof
from auditor.render.terminal import visible

if TYPE_CHECKING:
    from auditor.proving import Pinned

_ARTIFACTS = ("dist/*.whl", "dist/*.tar.gz")
_PUBLIC = ("README.md", "README.rst", "README.txt", "README", "pyproject.toml", "package.json", "Cargo.toml")
_LISTED = 8


def run(arguments: argparse.Namespace) -> int:
    """Write the manifest, and tell what could not be found; gives the exit code."""
    to_stdout = arguments.output == "-"
    if not to_stdout and not arguments.force and os.path.lexists(arguments.output):
        raise UsageError(f"{arguments.output} exists already; --force replaces it")
    named = [*arguments.sources, *([ENVIRONMENT] if arguments.from_environment else [])]
    sources = list(dict.fromkeys(named)) or list(_found_here())
    dependencies, own = _gathered(sources)
    pinned = _prove(dependencies, sources, arguments) if arguments.prove or arguments.from_environment else None
    dependencies = list(pinned.dependencies) if pinned else dependencies
    _tell(dependencies, own)
    folder = Path() if to_stdout else Path(arguments.output).parent
    text = render_manifest(dependencies, _surroundings(folder, sources)) + (_remarks(pinned) if pinned else "")
    data = text.encode("utf-8", "replace")  # tags need not be text
    if to_stdout:
        sys.stdout.buffer.write(data)
    else:
        write_atomically(arguments.output, data)
        warn(f"wrote {arguments.output}")
    return 3 if pinned and pinned.incidents else 0


def _gathered(sources: Sequence[str]) -> tuple[list[Dependency], tuple[str, ...]]:
    """The dependencies of all sources, and the names of those that are the project's own."""
    dependencies: list[Dependency] = []
    own: dict[str, None] = {}
    for source in sources:
        reading = _read(source)
        dependencies, differing = merge_dependencies(dependencies, reading.dependencies)
        own.update(dict.fromkeys(reading.own))
        warn(f"{source}: {_count(len(reading.dependencies), 'dependency', 'dependencies')}")
        for problem in (*reading.problems, *differing):
            warn(visible(f"{problem.place.document}:{problem.place.line}: {problem.message}"))
    return dependencies, tuple(own)


def _prove(dependencies: Sequence[Dependency], sources: Sequence[str], arguments: argparse.Namespace) -> "Pinned":
    """The dependencies with the commits of what is installed; says of which this could not be shown."""
    from auditor.fetch import Store, check_git
    from auditor.proving import installed_releases, pin_dependencies

    folders = [found for source in sources if (found := _packages_in(Path(source)))]
    active = None if folders else _active_packages()
    installed = installed_releases(folders or ([active] if active else None))
    check_git()
    cancelled = Event()
    store = Store(fetch_settings(arguments), cancelled)
    if store.warning:
        warn(store.warning)
    hosts, jobs = hosts_of(arguments), arguments.jobs
    with closing(store), ProgressLine(enabled=not arguments.no_progress) as progress:
        pinned = pin_dependencies(dependencies, installed, store, hosts, jobs, progress.show, cancelled)
    for outcome in pinned.outcomes:
        warn(visible(f"{outcome.distribution} {outcome.version}: {outcome.told}"))
    return pinned


def _remarks(pinned: "Pinned") -> str:
    """What was proved, for whoever reads the manifest: comments at its end."""
    lines = [
        "# How the commits were found (auditor init --prove): the files that are installed, against the tags of each",
        "# repository. Files that are not as they are there:",
    ]
    for outcome in pinned.outcomes:
        lines.append(f"# {outcome.distribution} {outcome.version}: {outcome.told}")
        differing = outcome.differing if isinstance(outcome, Proof) else ()
        lines += [f"#   {path}: {why}" for path, why in differing[:_LISTED]]
        lines += [f"#   and {len(differing) - _LISTED} more"] if len(differing) > _LISTED else []
    return "\n" + "".join(f"{visible(line)}\n" for line in lines)


def _found_here() -> Iterator[str]:
    """Of each ecosystem the lock file that says most. Raises UsageError when there is none."""
    found = False
    for names in KNOWN_FILES:
        there = [name for name in names if os.path.isfile(name)]
        if there:
            found = True
            warn(f"using {there[0]}" + (f"; left aside: {', '.join(there[1:])}" if there[1:] else ""))
            yield there[0]
    if not found:
        known = ", ".join(name for names in KNOWN_FILES for name in names)
        raise UsageError(f"there is no lock file here ({known}); name one, “{ENVIRONMENT}” or a report with --from")


def _read(source: str) -> LockReading:
    """What one source says. Raises DocumentError for one that cannot be read, UsageError for one of no known kind."""
    path = Path(source)
    if source == ENVIRONMENT or _packages_in(path):
        from auditor.manifest.lockfiles.environment import read_environment

        return read_environment(_active_packages() if source == ENVIRONMENT else _packages_in(path))
    if not is_lock_file(source):
        return _read_reports(source)
    try:
        reading = dependencies_of(source, read_file(path, LONGEST))
    except OSError as error:
        raise DocumentError(f"{source}: cannot be read: {error.strerror or error}") from error
    for problem in reading.problems:
        if problem.kind == "source-unreadable":
            raise DocumentError(f"{problem.place.document}:{problem.place.line}: {problem.message}")
    return reading


def _active_packages() -> Path | None:
    """The packages of the virtual environment that the user has activated; None: those beside this program."""
    active = os.environ.get("VIRTUAL_ENV")
    return _packages_in(Path(active)) if active else None


def _packages_in(folder: Path) -> Path | None:
    """The folder of packages of a virtual environment, or the folder itself when packages are installed in it."""
    if (folder / "pyvenv.cfg").is_file():
        return next(iter(sorted((*folder.glob("lib/python3*/site-packages"), *folder.glob("Lib/site-packages")))), None)
    return folder if folder.is_dir() and next(folder.glob("*.dist-info"), None) else None


def _read_reports(source: str) -> LockReading:
    from auditor.manifest.lockfiles.report import read_citations
    from auditor.permalinks import parse_link
    from auditor.read import FORMATS, open_documents, read_report

    if not os.path.isdir(source) and Path(source).suffix.lower() not in FORMATS:
        kinds = ", ".join(name for names in KNOWN_FILES for name in names)
        raise UsageError(f"--from {source}: neither a lock file ({kinds}) nor a report ({' '.join(FORMATS)})")
    dependencies: list[Dependency] = []
    for document in open_documents([source]):
        report = read_report(document.data, document.name, parse_link, document.form)
        dependencies, _ = merge_dependencies(dependencies, read_citations(report).dependencies)
    return LockReading(tuple(dependencies))


def _surroundings(folder: Path, sources: Sequence[str]) -> Surroundings:
    """What the manifest can name so that it is found again from its own folder."""
    return Surroundings(
        tuple(os.path.relpath(source, folder).replace(os.sep, "/") for source in sources if is_lock_file(source)),
        tuple(pattern for pattern in _ARTIFACTS if next(match_paths(folder, pattern), None)),
        tuple(name for name in _PUBLIC if (folder / name).is_file()),
    )


def _tell(dependencies: Sequence[Dependency], own: Sequence[str]) -> None:
    """Say what is left for the user to find out."""
    nowhere = [one.name for one in dependencies if one.repository is None]
    unpinned = [one.name for one in dependencies if one.commit is None]
    if own:
        warn(f"left out, the project's own: {_names(own)}")
    if nowhere:
        warn(f"no repository found for {len(nowhere)} of {len(dependencies)}: {_names(nowhere)}")
    if unpinned:
        warn(f"no commit found for {len(unpinned)} of {len(dependencies)}: {_names(unpinned)}")
    if not dependencies:
        warn("no dependencies found: list them by hand, each under [[dependency]]")


def _names(names: Iterable[str]) -> str:
    every = list(dict.fromkeys(names))
    more = f" and {len(every) - _LISTED} more" if len(every) > _LISTED else ""
    return visible(", ".join(every[:_LISTED])) + more


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
