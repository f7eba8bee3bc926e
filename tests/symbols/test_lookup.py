"""Questions to an outline give what looking through every symbol gives."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.symbol import Outline, Symbol, SymbolKind
from auditor.symbols import Definitions, clean_name

KINDS: tuple[SymbolKind, ...] = ("function", "class", "variable")
NAMES = ("a", "b", "a.b", "m.a.b", "$p", "p", "A.$p", "A.p", "operator==", "A.operator==", "...")


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Definitions in any order, nested, crossing each other or on the same lines."""
    spans = st.tuples(st.integers(1, 12), st.integers(1, 12))
    kinds = st.sampled_from(KINDS)
    drawn = draw(st.lists(st.tuples(st.sampled_from(NAMES), kinds, spans), max_size=8))
    symbols = (Symbol(name, kind, min(span), max(span), min(span), min(span)) for name, kind, span in drawn)
    return Outline("python", tuple(symbols))


@given(outlines(), st.integers(0, 14), st.integers(0, 14))
def test_what_encloses_two_lines(outline: Outline, one: int, other: int) -> None:
    first, last = sorted((one, other))
    around = [s for s in outline.symbols if s.kind != "variable" and s.start <= first and last <= s.end]
    expected = sorted(around, key=lambda symbol: (symbol.start, -symbol.end))
    definitions = Definitions(outline)
    assert list(definitions.enclosing_chain(one, other)) == expected
    assert definitions.enclosing(one, other) == (expected[-1] if expected else None)


@given(outlines(), st.sampled_from((*NAMES, "A::p", "self.b", "a.b()", "$", "")))
def test_where_a_name_is_defined(outline: Outline, name: str) -> None:
    spellings = {clean_name(name), clean_name(name).replace("$", "")} if clean_name(name) else set()
    expected = [s for s in outline.symbols if any(f".{s.name}".endswith(f".{spelling}") for spelling in spellings)]
    assert list(Definitions(outline).find(name)) == expected
