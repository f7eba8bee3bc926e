"""The files of a release against the tree of one commit: how many stand there, and why the others do not."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from auditor.model.proof import Release, ReleaseFile
from auditor.prove.files import is_source, states_version


@dataclass(frozen=True, slots=True)
class Comparison:
    """`matched` of the `files` that count; `differing` as in `Proof`."""

    matched: int
    files: int
    differing: tuple[tuple[str, str], ...]


def missing_files(release: Release, held: Set[str]) -> list[ReleaseFile]:
    """The files whose content stands nowhere in a tree, of which `held` are the git ids that are there.

    Where it stands does not matter: packages lie in other folders than in their repository.
    """
    return [file for file in release.files if held.isdisjoint(file.ids)]


def compare_files(release: Release, held: Set[str], paths: Iterable[str]) -> Comparison:
    """`paths` are those of the files in the tree; they tell why a file is not there as it is."""
    left = missing_files(release, held)
    places = _ends({file.path for file in left}, paths)
    judged = [(file.path, *_why(file, places.get(file.path))) for file in left]
    matched = len(release.files) - len(left)
    counted = sum(1 for _, _, counts in judged if counts)
    return Comparison(matched, matched + counted, tuple((path, why) for path, why, _ in judged))


def _why(file: ReleaseFile, there: str | None) -> tuple[str, bool]:
    """Why a file is not in the tree as it is, and whether that counts against the tree."""
    if states_version(file.path):
        return "says the version: written when the release was built", False
    if there is not None:
        return f"differs from {there}: patched, or written when the release was built", True
    if is_source(file.path):
        return "the repository has no such file there", True
    return "the repository has no such file there: made when the release was built", False


def _ends(wanted: Set[str], paths: Iterable[str]) -> dict[str, str]:
    """For each path the one in the tree that ends with all of it, of several the shortest."""
    found: dict[str, str] = {}
    deepest = max((path.count("/") for path in wanted), default=-1)
    for path in paths:
        at = len(path)
        for _ in range(deepest + 1):
            at = path.rfind("/", 0, at)
            end = path[at + 1 :]
            if end in wanted and (end not in found or (len(path), path) < (len(found[end]), found[end])):
                found[end] = path
            if at < 0:
                break
    return found
