"""`auditor schema`"""

import argparse
from pathlib import Path

import auditor.render


def run(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of the JSON output."""
    print(Path(auditor.render.__file__).with_name("schema.json").read_text(encoding="utf-8"), end="")
    return 0
