"""`python -m auditor` and the console script: run the command line and leave with its exit code."""

import sys

from auditor.cli import main


def run() -> None:
    """The console script's entry point."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
