"""A quoted condition is not what the licence file at the cited commit says.

What it checks: passages that a report quotes from a licence, word by word, against the licence files at the root of
the repository. Letter case, punctuation, line ends, bullets, an ellipsis and words in brackets are no difference, nor
is it one to quote a part. A passage with less than 85 % of its words in common is a paraphrase, and left alone.

Why it matters: a licence binds by its words; one other name or a missing "not" makes another condition.

How to fix: copy the passage from the file at the commit. Where only words are exchanged, `--fix` does.
"""

from collections.abc import Iterator

from auditor.model import Finding, Lines, QuoteFact, Related, Replacement, StatementFact, TextChange
from auditor.rules.base import text_link

ID = "license-quote-altered"

_MOST_SHOWN = 3
_LONGEST = 80  # characters of a difference
_START = 60  # characters of a quotation by which its finding is recognised


def check(fact: StatementFact) -> Iterator[Finding]:
    """Fires for a quotation that was found and departs from the text."""
    statement, quote = fact.statement, fact.quote
    if quote is None or not quote.changes:
        return
    said = [_said(quote, change) for change in quote.changes]
    more = f"; and {len(said) - _MOST_SHOWN} more differences" if len(said) > _MOST_SHOWN else ""
    replacement = _replacement(statement.written, quote)
    url = text_link(fact, quote.path, quote.lines)
    yield Finding(
        rule=ID,
        severity="error",
        message="; ".join(said[:_MOST_SHOWN]) + more,
        place=statement.place,
        remedy=f"quote {quote.path} {_shown(quote.lines)} word by word: “{quote.text}”",
        subject=f"{statement.repository}: {' '.join(statement.written.split())[:_START]}",
        replacement=replacement,
        related=(Related(url, quote.path, quote.lines.start, quote.lines.end, "the quoted passage"),),
    )


def _said(quote: QuoteFact, change: TextChange) -> str:
    where = f"{quote.path} {_shown(change.lines)}"
    if change.kind == "added":
        return f"the quotation says “{_cut(change.found)}”, which {where} does not"
    if change.kind == "removed":
        return f"the quotation leaves out “{_cut(change.expected)}”, which {where} says"
    return f"the quotation says “{_cut(change.found)}”, {where} says “{_cut(change.expected)}”"


def _replacement(written: str, quote: QuoteFact) -> Replacement:
    """The quotation with its words exchanged; safe when each stands there once, so that no markup is touched."""
    text = written
    for change in quote.changes:
        if change.kind == "removed" or text.count(change.found) != 1 or written.count(change.found) != 1:
            return Replacement(quote.text, safe=False)
        text = text.replace(change.found, change.expected)
    return Replacement(text, safe=all(change.kind == "replaced" for change in quote.changes))


def _shown(lines: Lines) -> str:
    return f"L{lines.start}" if lines.start == lines.end else f"L{lines.start}-L{lines.end}"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
