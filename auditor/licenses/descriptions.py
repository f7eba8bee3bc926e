"""What kind of licence a licence is, in a sentence or two (`data/descriptions.toml`)."""

import tomllib
from functools import cache
from pathlib import Path

from auditor.licenses.expressions import base_id, license_ids

_DATA = Path(__file__).parent / "data" / "descriptions.toml"


def describe_license(expression: str) -> str:
    """The description of each licence in an SPDX expression, sorted; "" where one of them has none."""
    told = [_descriptions().get(base_id(one), "") for one in sorted(license_ids(expression))]
    return " ".join(dict.fromkeys(told)) if told and all(told) else ""


@cache
def _descriptions() -> dict[str, str]:
    table: dict[str, str] = tomllib.loads(_DATA.read_text("utf-8"))["descriptions"]
    return table
