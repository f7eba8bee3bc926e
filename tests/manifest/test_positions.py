"""Where the values of a TOML text stand: every value that tomllib gives is found again at its place."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.manifest.positions import Path, find_spans
from auditor.manifest.toml import Toml, TomlTrouble

TEXT = '''\
# a comment with [[dependency]] in it
title = "x"
[[dependency]]
name = "flask"
tags = ["a", # one
  "b",
]
[[dependency]]
"na\\u006de" = 'two'
nested.deep.key = { a = 1, "b c" = [ {d = 2}, {} ] }
[dependency.more]
when = 2027-01-01 10:00:00
[[dependency.sub]]
x = """
[[dependency]]
""\\"" """
[[dependency.sub]]
x = \'\'\'quo\'te\'\'\'\'
[empty]
'''


def _paths(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    found = [(path, value)] if path else []
    if isinstance(value, dict):
        children: Any = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    else:
        children = ()
    for key, child in children:
        found += _paths(child, (*path, key))
    return found


def _check(text: str) -> None:
    """Every path is known, and what stands at a scalar's place is that scalar."""
    top = tomllib.loads(text)
    spans = find_spans(text)
    for path, value in _paths(top):
        written = text[spans.values[path].start : spans.values[path].end]
        assert path in spans.keys
        if not isinstance(value, dict | list):
            again = tomllib.loads(f"x = {written}")["x"]
            assert again == value or (again != again and value != value), path  # not-a-number is never itself


def test_every_way_to_write_a_value() -> None:
    _check(TEXT)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 2, 9),
        (("dependency", 0), 3, 1),
        (("dependency", 0, "name"), 4, 8),
        (("dependency", 0, "tags", 1), 6, 3),
        (("dependency", 1), 8, 1),
        (("dependency", 1, "name"), 9, 15),
        (("dependency", 1, "nested", "deep"), 10, 8),
        (("dependency", 1, "nested", "deep", "key", "b c", 0, "d"), 10, 43),
        (("dependency", 1, "more", "when"), 12, 8),
        (("dependency", 1, "sub", 1, "x"), 18, 5),
        (("empty",), 19, 1),
        (("empty", "absent"), 19, 1),
    ],
)
def test_places_are_lines_and_columns(path: Path, line: int, column: int) -> None:
    place = Toml("auditor.toml", TEXT.encode(), 10_000).place(path)
    assert (place.line, place.column) == (line, column)


def test_the_end_of_a_value_is_inclusive() -> None:
    place = Toml("auditor.toml", TEXT.encode(), 10_000).place(("dependency", 0, "tags"))
    assert (place.line, place.end_line, place.end_column) == (5, 7, 1)


def test_carriage_returns_and_a_byte_order_mark_do_no_harm() -> None:
    toml = Toml("a.toml", b"\xef\xbb\xbfa = 1\r\n\r\n[b]\r\nc = 'x'\r\n", 100)
    assert toml.top == {"a": 1, "b": {"c": "x"}}
    assert (toml.place(("a",)).line, toml.place(("a",)).column) == (1, 5)
    assert (toml.place(("b", "c")).line, toml.place(("b", "c")).end_column) == (4, 7)


def test_a_key_has_a_place_of_its_own() -> None:
    place = Toml("a.toml", b"[t]\n  licence = 'MIT'\n", 100).key_place(("t", "licence"))
    assert (place.line, place.column, place.end_column) == (2, 3, 9)


def test_entries_are_counted_even_where_a_text_looks_like_a_header() -> None:
    plain = Toml("x", b"[[package]]\nname='a'\n\n[[package]]\nname='b'\n", 1000)
    assert plain.entry_lines("package") == [1, 4]
    tricky = Toml("x", b"[[package]]\nname='''\n[[package]]\n'''\n[[package]]\nname='b'\n", 1000)
    assert tricky.entry_lines("package") == [1, 5]
    inline = Toml("x", b"package = [\n{name='a'},\n  {name='b'}]\n", 1000)
    assert inline.entry_lines("package") == [2, 3]
    assert plain.entry_lines("nothing") == []


# Documents made of the grammar's own pieces.
_BARE = st.text("abcXYZ019_-", min_size=1, max_size=4)
_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def _basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_KEYS = st.one_of(_BARE, _WORDS.map(_basic), _WORDS.filter(lambda text: "'" not in text).map("'{}'".format))
_BLANKS = st.sampled_from(["", " ", "\t "])
_NEWLINES = st.sampled_from(["", "\n", " # x ] } ,\n  ", "\r\n"])
_SCALARS = st.one_of(
    st.integers().map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["true", "inf", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5", "0xff"]),
    _WORDS.map(_basic),
    st.lists(st.sampled_from(['"', '""', "x", "\n", "\\\\", '\\"', "[[a]]", "# "]), max_size=6)
    .map(lambda parts: '"""' + "".join(parts) + 'e"""'),
    st.sampled_from(["''''a'''''", '"""" """""', "'''\n'''", "''", '""', "''''''", '"""a\\\n   b"""']),
)  # fmt: skip


def _array(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    item = st.tuples(_NEWLINES, children, _NEWLINES).map("".join)
    return st.tuples(st.lists(item, max_size=3), st.booleans(), _NEWLINES).map(
        lambda t: "[" + ",".join(t[0]) + ("," if t[0] and t[1] else "") + t[2] + "]"
    )


def _inline(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(_BLANKS, _KEYS, _BLANKS, children, _BLANKS).map(lambda t: f"{t[0]}{t[1]}{t[2]}={t[3]}{t[4]}")
    return st.lists(pair, max_size=3).map(lambda pairs: "{" + ",".join(pairs) + "}")


_VALUES = st.recursive(_SCALARS, lambda inner: st.one_of(_array(inner), _inline(inner)), max_leaves=8)
_DOTTED = st.lists(_KEYS, min_size=1, max_size=3).flatmap(
    lambda keys: st.lists(_BLANKS, min_size=1, max_size=1).map(lambda blank: f"{blank[0]}.{blank[0]}".join(keys))
)
_PAIRS = st.tuples(_DOTTED, _BLANKS, _VALUES).map(lambda t: f"{t[0]}{t[1]}={t[1]}{t[2]}")
_HEADERS = st.one_of(_DOTTED.map("[ {} ]".format), _DOTTED.map("[[{}]] # c".format))
_LINES = st.one_of(_PAIRS, _PAIRS, _HEADERS, st.sampled_from(["", "# [x]", "   "]))


@given(st.lists(_LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_places_agree_with_tomllib(lines: list[str], newline: str) -> None:
    kept: list[str] = []
    for line in lines:  # what tomllib refuses (a key set twice) is left out
        try:
            tomllib.loads(newline.join([*kept, line]))
        except tomllib.TOMLDecodeError:
            continue
        kept.append(line)
    text = newline.join(kept)
    if "\r\n" in text:  # tomllib turns these into line feeds, also inside texts
        assert {path for path, _ in _paths(tomllib.loads(text))} <= find_spans(text).values.keys()
    else:
        _check(text)


@pytest.mark.parametrize(
    "data",
    [
        b"a" + b".a" * 100_000 + b" = 1",
        b"a = " + b"[" * 100_000,
        b"a = " + b"[" * 100_000 + b"]" * 100_000,
        b"a = " + b"{b=" * 50_000,
        b'a = "' + b"\\" * 200_000,
        b'a = """' + b'""x' * 100_000,
        b"a = " + b"1" * 100_000,
        b"\xff\xfe",
        b"x" * 300_001,
    ],
)
def test_a_hostile_text_is_refused_at_once(data: bytes) -> None:
    with pytest.raises(TomlTrouble):
        Toml("auditor.toml", data, 300_000).place(("a",))


def test_the_line_of_a_mistake_is_told() -> None:
    with pytest.raises(TomlTrouble) as caught:
        Toml("auditor.toml", b"a = 1\nb = \n", 1000)
    assert caught.value.line == 2
