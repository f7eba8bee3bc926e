"""Which identifiers a report connects with a citation: few, and sure ones where they may accuse.

A name is *sure* when the report leaves no doubt that the link shows it: it is the link's
text, the frame above, the lead-in of a link that stands alone, the one name in a table row, or it
stands right before the link. All other names nearby may only confirm a link, never blame it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.model import Name
from auditor.read.context import Context

_PART = r"~?[A-Za-z_$][\w$]*"
_IDENTIFIER = rf"{_PART}(?:(?:\.|::|#|->){_PART})*"
_WHOLE = re.compile(rf"(?:(?:def|class|func|function|fn|struct|interface|method|macro)\s+)?({_IDENTIFIER})(\(.*\))?!?")
# Something that reads as code in running text: `span`, call(), snake_case, __dunder__, A::b.
_MENTION = re.compile(
    r"`(?P<span>[^`]{1,160})`"
    rf"|(?P<call>(?<![\w$/]){_IDENTIFIER})\((?!s\))[^()\s]{{0,60}}(?:,\s?[^()\s]{{1,60}}){{0,6}}\)"
    r"|(?P<snake>(?<![\w/.$-])_*[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+_*(?!\w|/|\.[a-z]{1,4}\b))"
    r"|(?P<dunder>(?<![\w/.$-])__?[A-Za-z]\w*(?!\w|/|\.[a-z]{1,4}\b))"
    r"|(?P<scoped>(?<![\w/.$:-])[A-Za-z_]\w*(?:::[A-Za-z_]\w*)+)"
    r"|(?P<camel>(?<![\w/.$@-])(?:[A-Z]+[a-z0-9]+[A-Z]|[a-z]+[0-9]*[A-Z])[A-Za-z0-9]*(?!\w|/|\.\w))"
)
_FILE = re.compile(
    r"\.(?:py|pyi|js|jsx|mjs|cjs|ts|tsx|go|rs|java|kt|c|h|cc|cpp|hpp|cs|rb|php|scala|sol|swift|sh|md|rst|txt|html?|css|"
    r"json|ya?ml|toml|cfg|ini|proto|xml|lock|vue|pv)$",
    re.IGNORECASE,
)
_WORDS = frozenset(
    ("true false none null nil undefined self this super return var let const int str bool void").split()
)
# Words that links are made of, and that also occur in code.
_LINK_WORDS = frozenset(
    (
        "here link source code see file line lines github repo repository definition implementation "
        "documentation docs more specification reference example details"
    ).split()
)
_CODE_LOOK = re.compile(r"_|::|->|[a-z0-9][A-Z]|[A-Z]{2,}[a-z]|\w\.\w")
# What may stand between a name and the link that shows it: "`f()` is defined here: URL".
_CUES = frozenset(
    (
        "is are was can be found here located defined declared implemented declaration definition "
        "implementation source code see seen in at on line lines link the this function method class struct "
        "interface referenced available which that from file and github repository"
    ).split()
)
_FILE_WORD = re.compile(r"`?[\w./-]+\.[a-z]{1,5}`?")
_KIND_WORD = re.compile(r"`?\s+(?:function|method|class|struct|interface|type|macro|constant|enum|trait)\b")
_LABEL_WORDS = re.compile(r"declar|defin|implement", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z`(\[])|[;\n]")
_LEAD_LENGTH = 90
_MOST = 8


def names_of(context: Context, frame: str | None = None) -> tuple[Name, ...]:
    """The names at a citation, sure ones first; at most eight."""
    names: list[Name] = []
    if frame:
        names.append(Name(frame, "frame", sure=True))
    names += _from_label(context.label)
    told = any(name.sure for name in names)  # what stands around a link that names itself is about others
    around = _from_lead(context) + _from_prose(context)
    names += [replace(name, sure=False) if told and name.sure else name for name in around]
    unique: dict[str, Name] = {}
    for name in sorted(names, key=lambda name: not name.sure):
        unique.setdefault(name.text, name)
    return tuple(unique.values())[:_MOST]


def _from_label(label: str) -> list[Name]:
    """The link's text is a name, or holds exactly one in code."""
    whole = identifier(label.strip("`")) if label else None
    if whole:
        bare = label.strip("` ")
        if "`" in label or "(" in label or _CODE_LOOK.search(bare):
            return [Name(whole, "link-text", sure=True)]
        return [] if bare.lower() in _LINK_WORDS else [Name(whole, "link-text", sure=False)]
    found = list(dict.fromkeys(name for name, strong, _, _ in mentions(label) if strong))
    return [Name(name, "link-text", sure=len(found) == 1) for name in found]


def _from_lead(context: Context) -> list[Name]:
    """A link that stands alone is introduced by the heading, the item or the line above it."""
    lead = context.lead
    if not lead:
        return []
    heading = context.lead_kind == "heading"
    whole = identifier(lead.rstrip(":").strip("`* "))
    if whole and (heading or lead.endswith(":")):
        return [Name(whole, "heading" if heading else "prose", sure=bool(_CODE_LOOK.search(whole)) or "(" in lead)]
    introduces = heading or lead.endswith(":") or bool(_LABEL_WORDS.search(lead))
    found = list(dict.fromkeys(name for name, strong, _, _ in mentions(lead) if strong))
    sure = len(found) == 1 and introduces and len(lead) <= _LEAD_LENGTH
    return [Name(name, "heading" if heading else "prose", sure) for name in found]


def _from_prose(context: Context) -> list[Name]:
    """Names in the same block; sure only directly before the link, or alone in a table row."""
    found = list(mentions(context.before))
    if context.kind == "row":
        strong = list(dict.fromkeys(name for name, is_strong, _, _ in found if is_strong))
        return [Name(name, "prose", sure=len(strong) == 1) for name in strong]
    subject = _subject(context.before, found)
    names = [
        Name(name, "prose", name == subject or _is_adjacent(context.before, found, index))
        for index, (name, *_) in enumerate(found)
    ]
    return names[::-1] + [Name(name, "prose", sure=False) for name, *_ in mentions(context.after)]


def _subject(before: str, found: list[tuple[str, bool, int, int]]) -> str | None:
    """What a short lead-in with a colon is about: "`make_server` function inside werkzeug: URL"."""
    sentence_start = max((match.end() for match in _SENTENCE_END.finditer(before)), default=0)
    lead = before[sentence_start:]
    if not before.endswith(":") or len(lead) > _LEAD_LENGTH:
        return None
    here = [(name, strong, end) for name, strong, start, end in found if start >= sentence_start]
    if len({name for name, *_ in here}) != 1:
        return None
    name, strong, end = here[0]
    return name if strong or _KIND_WORD.match(before, end) else None


def _is_adjacent(before: str, found: list[tuple[str, bool, int, int]], index: int) -> bool:
    """The last name before the link, the only one of its sentence, with nothing but cue words between."""
    name, strong, start, end = found[index]
    if not strong or index != len(found) - 1:
        return False
    gap = before[end:]
    if len(gap) > 120 or _SENTENCE_END.search(gap):
        return False
    sentence_start = max((match.end() for match in _SENTENCE_END.finditer(before, 0, start)), default=0)
    if any(other != name and at >= sentence_start for other, is_strong, at, _ in found if is_strong):
        return False
    words = re.findall(r"[\w']+", _FILE_WORD.sub(" ", gap).lower())
    return all(word in _CUES for word in words)


def mentions(text: str) -> Iterator[tuple[str, bool, int, int]]:
    """(name, whether it certainly is code, start, end) of everything in `text` that reads as an identifier."""
    for match in _MENTION.finditer(text):
        raw = match["span"] or match["call"] or match[0]
        name = identifier(raw)
        if name:
            yield name, match.lastgroup != "camel", match.start(), match.end()


def identifier(text: str) -> str | None:
    """The identifier that `text` consists of, without call brackets and keywords; None for anything else."""
    match = _WHOLE.fullmatch(text.strip())
    if match is None:
        return None
    name = match[1]
    too_plain = len(name.strip("_")) < 2 or name.lower() in _WORDS
    return None if too_plain or (_FILE.search(name) and not match[2]) else name
