"""Where a dependency's code lies in an artifact: as the manifest says, or by the ids of its files."""

from collections.abc import Collection
from pathlib import Path

import pytest
from shipping_project import METADATA, NAMES, NOTICE, Contents, apache, code, package, tarred

from auditor.errors import ShipmentError
from auditor.gather.artifacts import read_artifact
from auditor.gather.copies import find_copies, find_place
from auditor.gather.subjects import SubjectReader
from auditor.model import Place
from auditor.model.manifest import Dependency
from auditor.model.obligation import VendoredCopy
from auditor.obligations.carried import find_component
from auditor.shipment import blob_id, open_shipment
from auditor.shipment.vendored import Tree


def tree(files: dict[str, str]) -> Tree:
    """Files in memory as a repository gives them."""
    contents = {path: text.encode() for path, text in files.items()}

    def read_many(paths: Collection[str], size: int | None) -> list[tuple[str, bytes | ShipmentError]]:
        return [(path, contents[path][:size]) for path in paths]

    return Tree({path: blob_id(content) for path, content in contents.items()}, read_many)


def copies(folder: Path, files: Contents, *declared: str, name: str = "dice") -> list[VendoredCopy]:
    path = tarred(folder / "app-1.0.tar.gz", {f"app-1.0/{path}": text for path, text in files.items()})
    dependency = Dependency(name, Place("auditor.toml", 1, 1, 1, 1))
    with open_shipment(path) as shipment:
        opened = read_artifact(path.name, shipment, SubjectReader())
        component = find_component(dependency, opened.artifact)
        places = [(one, f"/project/{one}") for one in declared]
        return list(find_copies(opened, dependency, tree(package(name)), places, component))


def vendored(folder: str, name: str = "dice") -> dict[str, str | bytes]:
    return {f"{folder}/{path.removeprefix(f'src/{name}/')}": text for path, text in package(name).items()}


@pytest.mark.parametrize(
    ("paths", "declared", "place"),
    [
        (["p/_vendor/x/a.py"], "src/p/_vendor/x", "p/_vendor/x"),
        (["p-1/src/p/_vendor/x/a.py"], "src/p/_vendor/x", "p-1/src/p/_vendor/x"),
        (["p/_vendor/x.py"], "src/p/_vendor/x.py", "p/_vendor/x.py"),
        (["x/a.py"], "src/p/_vendor/x", "x"),
        (["docs/x/a.py"], "src/p/_vendor/x", None),
        (["p/_vendor/xy/a.py"], "src/p/_vendor/x", None),
        (["a/p/x/1", "b/a/p/x/1"], "p/x", "a/p/x"),
        ([], "x", None),
    ],
)
def test_where_a_declared_path_lies(paths: list[str], declared: str, place: str | None) -> None:
    assert find_place(paths, declared) == place


def test_a_declared_copy_is_compared(tmp_path: Path) -> None:
    files = vendored("src/app/_vendor/dice") | {"PKG-INFO": METADATA}
    files["src/app/_vendor/dice/core.py"] = code("dice_core").replace("value + 7", "value + 8")
    (copy,) = copies(tmp_path, files, "src/app/_vendor/dice")
    assert (copy.path, copy.document) == ("app-1.0/src/app/_vendor/dice", "/project/src/app/_vendor/dice")
    assert [changed.path for changed in copy.comparison.changed] == ["core.py"]
    assert [kept.path for kept in copy.comparison.unchanged] == ["LICENSE.rst", "__init__.py", "tools.py", "util.py"]


def test_a_single_declared_file(tmp_path: Path) -> None:
    (copy,) = copies(tmp_path, {"src/app/dice.py": code("dice_core")}, "src/app/dice.py")
    assert (copy.path, copy.document) == ("app-1.0/src/app", "/project/src/app")
    assert [kept.path for kept in copy.comparison.unchanged] == ["dice.py"]


def test_a_declared_copy_that_is_not_there_is_empty(tmp_path: Path) -> None:
    (copy,) = copies(tmp_path, {"src/app/a.py": "x"}, "src/app/_vendor/dice")
    assert (copy.comparison.unchanged, copy.comparison.changed) == ((), ())


def test_a_copy_that_nobody_declared_is_found_by_its_files(tmp_path: Path) -> None:
    (copy,) = copies(tmp_path, vendored("src/app/helpers") | {"src/app/own.py": "x = 1\n"})
    assert copy.path == "app-1.0/src/app/helpers"
    assert copy.document is None
    assert len(copy.comparison.unchanged) == 5


@pytest.mark.parametrize(
    "files",
    [
        {"src/app/core.py": code("dice_core"), "src/app/util.py": code("dice_util")},
        {f"src/app/{name}/__init__.py": "" for name in "abcd"},
        {"src/app/core.py": "x = 1\n"},
    ],
    ids="two-files empty-files nothing".split(),
)
def test_what_is_too_little_to_be_a_copy(tmp_path: Path, files: Contents) -> None:
    assert copies(tmp_path, files) == []


def test_one_file_with_its_name_is_enough(tmp_path: Path) -> None:
    (copy,) = copies(tmp_path, {"src/app/dice.py": code("dice_core")})
    assert [kept.path for kept in copy.comparison.unchanged] == ["dice.py"]


def test_other_packages_are_not_taken_for_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for name in NAMES[1:]:
        files |= vendored(f"src/app/_vendor/{name}", name)
    assert copies(tmp_path, files) == []
    assert NOTICE in files.values()
    assert apache() in files.values()
