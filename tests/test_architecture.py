"""The house stays as docs/architecture.md draws it: imports point one way, one door per dependency."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.rules import CATALOGUE

PACKAGE = Path(__file__).parent.parent / "auditor"

# From the top of the house to its cellar; a module may import only from floors below its own.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"api"}),
    frozenset({"reporting"}),
    frozenset({"pipeline", "licensing", "shipping", "publishing", "proving"}),
    frozenset({"compose"}),
    frozenset({"statements", "gather"}),
    frozenset({"units", "stacks", "checkout", "licensed", "notices", "pragmas"}),
    frozenset(
        {
            "read",
            "fetch",
            "shipment",
            "manifest",
            "obligations",
            "resolve",
            "verdict",
            "mend",
            "render",
            "reviews",
            "trace",
            "prove",
            "hosts",
            "baseline",
            "changes",
        }
    ),
    frozenset({"cite"}),
    frozenset({"rules"}),
    frozenset({"permalinks", "symbols", "licenses"}),
    frozenset({"spelling", "decode", "files", "markdown", "edits"}),
    frozenset({"model"}),
    frozenset({"errors"}),
)
DOORS = {
    "git": "fetch",
    "filelock": "fetch",
    "platformdirs": "fetch",
    "jinja2": "render",
    "markdown_it": "render",
    "pygments": "render",
    "tree_sitter": "symbols",
    "pdfminer": "read",
    "license_expression": "licenses",
    "github": "hosts",
}
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _floor(room: str) -> int:
    return next(index for index, rooms in enumerate(FLOORS) if room in rooms)


def wrong_imports(room: str, source: str) -> list[str]:
    """The imports in a module of `room` that go up or sideways."""
    wrong = []
    for name in _imports(ast.parse(source)):
        parts = name.split(".")
        if parts[0] != "auditor" or len(parts) < 2:
            continue
        known = {other for rooms in FLOORS for other in rooms}
        if parts[1] in known and parts[1] != room and _floor(parts[1]) <= _floor(room):
            wrong.append(name)
    return wrong


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_keeps_to_its_floor(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return  # the package's face names what it offers
    assert room in {name for rooms in FLOORS for name in rooms}, f"{room} has no place in the house"
    assert wrong_imports(room, path.read_text("utf-8")) == []


def test_the_test_sees_a_wrong_import() -> None:
    assert wrong_imports("rules", "from auditor.fetch import Store") == ["auditor.fetch", "auditor.fetch.Store"]
    assert wrong_imports("read", "import auditor.resolve.judge") == ["auditor.resolve.judge"]
    assert wrong_imports("resolve", "from auditor.model import Lines") == []


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_dependency_has_one_door(path: Path) -> None:
    tops = {name.split(".")[0] for name in _imports(ast.parse(path.read_text("utf-8")))}
    wrong = {top for top in tops for door in [DOORS.get(_family(top))] if door and door != _room(path)}
    assert not wrong


def _family(top: str) -> str:
    return "tree_sitter" if top.startswith("tree_sitter") else top


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= MAX_MODULE_LINES
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION_LINES, f"{node.name} is too long"


def test_every_rule_file_is_in_the_catalogue() -> None:
    files = {path.stem for path in (PACKAGE / "rules").glob("*.py")} - {"__init__", "base"}
    assert {rule.__name__.rpartition(".")[2] for rule in CATALOGUE} == files
    assert all(rule.__name__.rpartition(".")[2].replace("_", "-") == rule.ID for rule in CATALOGUE)


def test_only_the_command_line_prints() -> None:
    for path in _modules():
        if _room(path) in ("cli", "__main__"):
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"], path
