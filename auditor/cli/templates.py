"""`auditor templates [--copy DIR]`"""

import argparse
from pathlib import Path

from auditor.cli.settings import warn
from auditor.render.templates import copy_templates, template_folder


def run(arguments: argparse.Namespace) -> int:
    """List the templates, or copy them into a folder for somebody to change them."""
    if arguments.copy:
        for file in copy_templates(Path(arguments.copy)):
            warn(f"wrote {file}")
        return 0
    for path in sorted(template_folder().iterdir()):
        if path.is_file():
            print(path.name)
    return 0
