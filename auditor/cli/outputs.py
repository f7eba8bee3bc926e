"""Where results go: `--format` and `--output` to renderers and files."""

import argparse
import os
import shutil
import sys
from dataclasses import dataclass

from auditor.errors import UsageError
from auditor.mend import write_atomically
from auditor.model import Audit

FORMATS = ("text", "json", "markdown")


@dataclass(frozen=True, slots=True)
class Output:
    """A format and the file that it goes to; None is standard output."""

    form: str
    file: str | None


def parse_outputs(arguments: argparse.Namespace) -> list[Output]:
    """The outputs asked for. Raises UsageError for a format that does not exist, or two for one place."""
    outputs = []
    for text in arguments.format or ["text"]:
        form, _, file = text.partition(":")
        if form not in FORMATS:
            raise UsageError(f"--format {text}: there is no format {form!r}; choose {', '.join(FORMATS)}")
        outputs.append(Output(form, file or None))
    plain = [output for output in outputs if output.file is None]
    if len(plain) > 1:
        raise UsageError("only one --format can go to standard output; write the others as FORMAT:FILE")
    if arguments.output and plain:
        outputs[outputs.index(plain[0])] = Output(plain[0].form, arguments.output)
    return outputs


def write_outputs(audit: Audit, outputs: list[Output], arguments: argparse.Namespace, to_stdout: bool) -> None:
    """Render every output; files are written whole or not at all."""
    for output in outputs:
        if output.file is None and not to_stdout:
            continue
        text = _render(audit, output, arguments)
        data = text.encode("utf-8", "replace")
        if output.file is not None:
            write_atomically(output.file, data)
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()


def _render(audit: Audit, output: Output, arguments: argparse.Namespace) -> str:
    if output.form == "json":
        from auditor.render.json import render_json

        return render_json(audit)
    if output.form == "markdown":
        from auditor.render.templates import render_template

        return render_template("audit.md", audit)
    from auditor.render.text import TextOptions, render_text

    options = TextOptions(
        columns=shutil.get_terminal_size((100, 24)).columns if output.file is None else 100,
        color=_color(arguments.color, output),
        quiet=arguments.quiet,
        verbose=arguments.verbose,
        notes=arguments.fail_on == "note",
    )
    return "".join(f"{line}\n" for line in render_text(audit, options))


def _color(choice: str, output: Output) -> bool:
    """`NO_COLOR` (any value) and a file or a pipe turn colour off, unless it is asked for."""
    if choice != "auto":
        return choice == "always"
    return output.file is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
