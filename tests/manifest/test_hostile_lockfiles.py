"""Lock files are written by strangers: whatever they hold, reading ends soon, and raises nothing."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.manifest.lockfiles import LONGEST, dependencies_of

NAMES = (
    "pylock.toml uv.lock poetry.lock pdm.lock Pipfile.lock package-lock.json Cargo.lock go.mod requirements.txt".split()
)
_MEGABYTE = 1 << 20
_DEEP = 200_000
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=12,
)
_KEYS = st.sampled_from(
    "name version source git url dependencies dev-dependencies optional-dependencies extra groups category vcs "
    "commit-id marker packages node_modules/a resolved link license default develop _meta ref path dev".split()
)
_ODD = st.recursive(
    st.one_of(_JSON, st.sampled_from(["git+https://github.com/o/r#abc", "file:x", "npm:a@1", "$", "@"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=20,
)


def _toml(value: object) -> str:
    """A value as TOML, which has no null."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return '""' if value is None else json.dumps(value)


@given(st.sampled_from([*NAMES[:4], "Cargo.lock"]), _ODD, _ODD, _ODD)
def test_wrong_types_in_toml(name: str, package: object, metadata: object, version: object) -> None:
    key = "packages" if name == "pylock.toml" else "package"
    text = f"version = {_toml(version)}\nmetadata = {_toml(metadata)}\n{key} = [{_toml(package)}, {_toml(metadata)}]\n"
    reading = dependencies_of(name, text.encode("utf-8", "replace"))
    assert all(one.name for one in reading.dependencies)


@given(st.sampled_from(["Pipfile.lock", "package-lock.json"]), st.dictionaries(_KEYS, _ODD, max_size=5))
def test_wrong_types_in_json(name: str, top: dict[str, object]) -> None:
    reading = dependencies_of(name, json.dumps(top).encode())
    assert all(one.place.line == 1 for one in reading.dependencies)


@given(st.sampled_from(NAMES), st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    dependencies_of(name, data)


@given(st.sampled_from(["go.mod", "requirements.txt"]), st.lists(st.text(max_size=30), max_size=8))
def test_any_lines(name: str, lines: list[str]) -> None:
    kept = [line for line in lines if not line.lstrip().startswith(("-r", "-c", "--r", "--c"))]
    dependencies_of(name, "\n".join(kept).encode("utf-8", "replace"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "data",
    [
        b"[" * _DEEP,
        b'{"a":' * _DEEP,
        b"a = " + b"[" * _DEEP,
        b'{"dependencies": {"a": ' * 20_000,
        b"\xff\xfe\xfd" * 1000,
        b"\x00" * _MEGABYTE,
        b"a" * _MEGABYTE,
        b"a." * (_MEGABYTE // 2) + b" = 1",
        b"-" * _MEGABYTE,
        b"a @" * (_MEGABYTE // 3),
        b"a[" * (_MEGABYTE // 2),
        b"\\\n" * (_MEGABYTE // 2),
        b" #" * (_MEGABYTE // 2),
        b"require (\n" * 100_000,
        b"x" * 400 + b" \n" * (_MEGABYTE // 2),
        b"git+https://a@" * (_MEGABYTE // 14),
        b"",
    ],
    ids=lambda data: repr(data[:12]),
)
def test_a_hostile_file_is_soon_done(name: str, data: bytes) -> None:
    started = time.monotonic()
    reading = dependencies_of(name, data)
    assert time.monotonic() - started < 5
    assert len(reading.problems) <= 101


@pytest.mark.parametrize("name", NAMES)
def test_what_is_too_large_is_not_read(name: str) -> None:
    (problem,) = dependencies_of(name, bytes(LONGEST + 1)).problems
    assert (problem.kind, problem.severity) == ("source-unreadable", "error")
    assert "too large" in problem.message


def _many(name: str, count: int) -> str:
    if name == "go.mod":
        return "require (\n" + "".join(f"\texample.com/m{number} v1.0.0\n" for number in range(count)) + ")\n"
    if name == "requirements.txt":
        return "".join(f"m{number}==1.0\n" for number in range(count))
    if name == "Pipfile.lock":
        return json.dumps({"_meta": {"pipfile-spec": 6}, "default": {f"m{n}": {} for n in range(count)}}, indent=1)
    if name == "package-lock.json":
        packages = {f"node_modules/m{number}": {"version": "1"} for number in range(count)}
        return json.dumps({"lockfileVersion": 3, "packages": packages}, indent=1)
    key = "packages" if name == "pylock.toml" else "package"
    head = {"pylock.toml": 'lock-version = "1.0"\n', "uv.lock": "version = 1\n", "Cargo.lock": "version = 4\n"}
    tail = {"poetry.lock": '[metadata]\nlock-version = "2.1"\n', "pdm.lock": '[metadata]\nlock_version = "4.5"\n'}
    source = 'source = "registry+x"\n' if name == "Cargo.lock" else ""
    entries = "".join(f'[[{key}]]\nname = "m{number}"\n{source}' for number in range(count))
    return head.get(name, "") + entries + tail.get(name, "")


@pytest.mark.parametrize("name", NAMES)
def test_many_packages_keep_their_lines(name: str) -> None:
    text = _many(name, 10_000)
    reading = dependencies_of(name, text.encode())
    assert (len(reading.dependencies), reading.problems) == (10_000, ())
    lines = text.splitlines()
    for one in reading.dependencies[::999]:
        assert one.name in lines[one.place.line - 1] + lines[one.place.line]


def test_a_graph_of_uv_with_many_links_is_soon_done() -> None:
    links = ", ".join(f'{{ name = "a", version = "{number}" }}' for number in range(3000))
    packages = "".join(
        f'[[package]]\nname = "a"\nversion = "{number}"\ndependencies = [{{name="a"}}]\n' for number in range(3000)
    )
    root = f'version = 1\n[[package]]\nname = "me"\nsource = {{ virtual = "." }}\ndependencies = [{links}]\n'
    started = time.monotonic()
    assert len(dependencies_of("uv.lock", (root + packages).encode()).dependencies) == 3000
    assert time.monotonic() - started < 5


def test_problems_without_end_are_counted() -> None:
    reading = dependencies_of("requirements.txt", b"%%\n" * 1000)
    assert len(reading.problems) == 101
    assert reading.problems[-1].message == "900 more of requirements.txt are not listed"
