"""Arguments in, exit code out. Only this package prints, reads the environment and decides the exit code.

Nothing heavy is imported here: `auditor --help` must answer at once.
"""

import gc
import os
import sys

from auditor.cli.options import build_parser
from auditor.errors import AuditorError

# What a user may rely on; see docs/interface.md.
CLEAN, FINDINGS, NO_AUDIT, INCOMPLETE = 0, 1, 2, 3
# 128 + SIGINT, as shells report it.
INTERRUPTED = 130


def main(argv: list[str]) -> int:
    """Run one command. Every failure is one line on standard error, never a traceback."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        parser.print_help()
        return NO_AUDIT
    try:
        code = _run(arguments.command, arguments)
        sys.stdout.flush()
        return code
    except AuditorError as error:
        print(f"auditor: {error}", file=sys.stderr)
        return NO_AUDIT
    except KeyboardInterrupt:
        print("auditor: interrupted; nothing was written", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`); keep Python from complaining about it on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as error:
        print(f"auditor: {error.filename or 'output'}: {error.strerror or error}", file=sys.stderr)
        return NO_AUDIT
    except Exception as error:  # a mistake of ours: still one line, and a way to the rest of it
        if os.environ.get("AUDITOR_DEBUG"):
            raise
        print(
            f"auditor: internal error, please report it: {type(error).__name__}: {error} (AUDITOR_DEBUG=1 shows where)",
            file=sys.stderr,
        )
        return NO_AUDIT


def _run(command: str, arguments: object) -> int:
    import importlib

    # An audit makes many small values that live to its end: looking for cycles among them so often is in vain.
    gc.set_threshold(100_000, 20, 20)
    module = importlib.import_module(f"auditor.cli.{command}")
    code: int = module.run(arguments)
    return code
