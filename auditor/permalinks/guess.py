"""Which grammar an unknown host follows, when the form of the URL leaves no doubt."""

import re

from auditor.permalinks.address import Address, parse_query

_HEX = "[0-9a-fA-F]"
_GITEA = re.compile(rf"[^/]+/[^/]+/src/commit/{_HEX}{{7,64}}(?:/.*)?", re.DOTALL)
_GITHUB = re.compile(rf"[^/]+/[^/]+/blob/(?:{_HEX}{{40}}|{_HEX}{{64}})/.+", re.DOTALL)
_GITLAB = re.compile(r"[^@]+?/-/(?:blob|tree|raw|blame|commit)/.+", re.DOTALL)
_GITILES = re.compile(r"[^/].*?/\+/[^/]+/.+", re.DOTALL)
_CGIT = re.compile(r".+?/(?:tree|plain)/.+", re.DOTALL)
_LINE = re.compile("[0-9]{1,99}")
_OBJECT_ID = re.compile(rf"{_HEX}{{7,64}}")


def guess_grammar(address: Address) -> str | None:
    """The grammar's name, or None. An address without a scheme may be any text and is never guessed."""
    path = address.path
    if not address.scheme:
        return None
    if "/-/" in path and _GITLAB.fullmatch(path):
        return "gitlab"
    if "/src/commit/" in path and _GITEA.fullmatch(path):
        return "gitea"
    if "/blob/" in path and _GITHUB.fullmatch(path):
        return "github"
    if "/+/" in path and _LINE.fullmatch(address.fragment) and _GITILES.fullmatch(path):
        return "gitiles"
    if "id=" in address.query and _OBJECT_ID.fullmatch(parse_query(address.query).get("id", "")):
        return "cgit" if _CGIT.fullmatch(path) else None
    return None
