"""Dataclasses as columns of plain values, ready for JSON, and back.

One list per field loads several times faster than a record per object. The columns may come from an
untrusted place, unlike pickled data: each must hold what its field's annotation says, else ValueError is raised.
"""

import types
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from itertools import islice
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

Column = list[Any]

MOST_VALUES = 10_000_000  # in one column; forged lengths must not fill the memory
# How a float may be written, too.
_WRITTEN_AS: dict[type, frozenset[type]] = {float: frozenset({float, int})}


class _Codec(NamedTuple):
    """How the values of one annotation become a column, and `count` values come back from it."""

    dump: Callable[[Sequence[Any]], Column]
    load: Callable[[Any, int], Column]


def dump_columns(kind: type, values: Sequence[Any]) -> Column:
    """The columns of dataclass instances, all of the type `kind`."""
    return _codec_of(kind).dump(values)


def load_columns(kind: type, columns: Any, count: int) -> list[Any]:
    """The `count` instances that `dump_columns` took apart. Raises ValueError when the columns are something else."""
    try:
        return _codec_of(kind).load(columns, count)
    except (TypeError, AttributeError, IndexError, RecursionError, OverflowError) as error:
        raise ValueError(f"no columns of {kind.__name__}") from error


@cache
def _codec_of(annotation: Any) -> _Codec:
    """The codec of an annotation: a plain type, Literal, dataclass, tuple of one type, or one of these or None."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return _plain(frozenset(map(type, arguments)), frozenset(arguments))
    if origin in (Union, types.UnionType):
        (some,) = (argument for argument in arguments if argument is not type(None))
        return _optional(_codec_of(some))
    if origin is tuple:
        (member,) = {*arguments} - {Ellipsis}  # `tuple[T, ...]` or `tuple[T, T]`, not several types
        return _several(_codec_of(member))
    if hasattr(annotation, "__dataclass_fields__"):
        return _table(annotation)
    return _plain(_WRITTEN_AS.get(annotation, frozenset({annotation})))


def _plain(allowed: frozenset[type], values: frozenset[Any] | None = None) -> _Codec:
    """Values as JSON has them; where all are alike (most fields of most citations), one is kept for all."""

    def dump(column: Sequence[Any]) -> Column:
        alike = len(column) > 1 and all(value == column[0] for value in column)
        return [column[0]] if alike else list(column)

    def load(column: Any, count: int) -> Column:
        if type(column) is not list or len(column) not in (1, count) or count > MOST_VALUES:
            raise ValueError("a column has another length")
        if not (allowed.issuperset(map(type, column)) and (values is None or values.issuperset(column))):
            raise ValueError("a column holds other values")
        return column * count if len(column) == 1 else column

    return _Codec(dump, load)


def _optional(codec: _Codec) -> _Codec:
    """Which values are there, and these."""
    present = _plain(frozenset({bool}))

    def dump(column: Sequence[Any]) -> Column:
        here = [value is not None for value in column]
        return [present.dump(here), codec.dump([value for value in column if value is not None])]

    def load(columns: Any, count: int) -> Column:
        mask, rest = columns
        here = present.load(mask, count)
        values = iter(codec.load(rest, sum(here)))
        return [next(values) if there else None for there in here]

    return _Codec(dump, load)


def _several(codec: _Codec) -> _Codec:
    """The lengths of the tuples, and their members in a row."""
    length = _plain(frozenset({int}))

    def dump(column: Sequence[Any]) -> Column:
        return [length.dump([len(value) for value in column]), codec.dump([one for value in column for one in value])]

    def load(columns: Any, count: int) -> Column:
        written, rest = columns
        lengths = length.load(written, count)
        members = iter(codec.load(rest, sum(lengths)))
        return [tuple(islice(members, size)) for size in lengths]

    return _Codec(dump, load)


def _table(kind: type) -> _Codec:
    """A column for each field."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    codecs = [_codec_of(hints[name]) for name in names]

    def dump(rows: Sequence[Any]) -> Column:
        return [codec.dump([getattr(row, name) for row in rows]) for name, codec in zip(names, codecs, strict=True)]

    def load(columns: Any, count: int) -> Column:
        loaded = [codec.load(column, count) for codec, column in zip(codecs, columns, strict=True)]
        return list(map(kind, *loaded))

    return _Codec(dump, load)
