"""What people write where an SPDX expression belongs; the table is `data/names.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_PUNCTUATION = re.compile(r"[^a-z0-9.+]+")
_VERSION = re.compile(r"\bv(?:ersion)?[. ]*(?=\d)")
_SILENT = frozenset(("the", "http", "https", "www"))


@dataclass(frozen=True, slots=True)
class Names:
    """Names as `fold` gives them, with the SPDX id that each means, or with the reason why it means none.

    `deprecated`: withdrawn SPDX ids (lower case) with the expression that is written today.
    `classifiers`: the last part of a Python classifier, as it is written, with its id.
    """

    ids: Mapping[str, str]
    unclear: Mapping[str, str]
    deprecated: Mapping[str, str]
    classifiers: Mapping[str, str]


def fold(text: str) -> str:
    """A name without what people write differently: case, punctuation, "the", "version", licence for license."""
    plain = _PUNCTUATION.sub(" ", _VERSION.sub("", text.lower().replace("licence", "license")))
    words = (word.strip(".").removeprefix("www.") for word in plain.split())
    return " ".join(word for word in words if word and word not in _SILENT)


@cache
def known_names() -> Names:
    """The table, read once."""
    table = tomllib.loads((resources.files("auditor.licenses") / "data" / "names.toml").read_text("utf-8"))
    return Names(
        ids={fold(written): entry["id"] for entry in table["name"] for written in entry["written"]},
        unclear={fold(written): entry["because"] for entry in table["unclear"] for written in entry["written"]},
        deprecated={old.lower(): new for old, new in table["deprecated"].items()},
        classifiers=table["classifiers"],
    )
