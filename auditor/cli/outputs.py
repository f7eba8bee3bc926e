"""Where results go: `--format` and `--output` to renderers and files."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from auditor.cli.machine import MACHINE_FORMATS, Texts, no_texts, render_machine
from auditor.errors import UsageError
from auditor.files import write_atomically
from auditor.model import Audit
from auditor.render.text import TextOptions, render_text

FORMATS = ("text", "json", "markdown", "html", *MACHINE_FORMATS)
_ENDINGS = {"markdown": ".md", "html": ".html"}
Show = Callable[[Audit, TextOptions], Iterable[str]]


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


def write_outputs(
    audit: Audit,
    outputs: list[Output],
    arguments: argparse.Namespace,
    to_stdout: bool = True,
    show: Show = render_text,
    template: str = "audit",
    texts: Texts = no_texts,
) -> None:
    """Render every output; files are written whole or not at all.

    `show` gives the lines for a person, `template` names the documents: each command shows another side of an audit.
    `texts` gives decoded documents to formats that count their characters in another way.
    """
    for output in outputs:
        if output.file is None and not to_stdout:
            continue
        if output.form == "text":
            text = "".join(f"{line}\n" for line in show(audit, _text_options(output, arguments)))
        elif output.form in MACHINE_FORMATS:
            text = render_machine(audit, output.form, arguments, texts)
        else:
            text = _document(audit, output.form, template)
        data = text.encode("utf-8", "replace")
        if output.file is not None:
            write_atomically(output.file, data)
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()


def _document(audit: Audit, form: str, template: str) -> str:
    if form == "json":
        from auditor.render.json import render_json

        return render_json(audit)
    from auditor.render.templates import render_template

    return render_template(f"{template}{_ENDINGS[form]}", audit)


def _text_options(output: Output, arguments: argparse.Namespace) -> TextOptions:
    return TextOptions(
        columns=shutil.get_terminal_size((100, 24)).columns if output.file is None else 100,
        color=_color(arguments.color, output),
        quiet=arguments.quiet,
        verbose=arguments.verbose,
        notes=arguments.fail_on == "note",
    )


def _color(choice: str, output: Output) -> bool:
    """`NO_COLOR` (any value) and a file or a pipe turn colour off, unless it is asked for."""
    if choice != "auto":
        return choice == "always"
    return output.file is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
