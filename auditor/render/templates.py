"""Documents from the templates at the top of the tree; the one door to Jinja2."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from auditor.errors import UsageError
from auditor.files import write_atomically
from auditor.markdown import code_span
from auditor.model import Audit
from auditor.model.document import WrittenReport
from auditor.render.filters import html_filters, markdown_filters, shared_filters
from auditor.render.html import finalize
from auditor.render.markdown import KEPT_LINE_END, escape_markdown

__all__ = ["code_span", "copy_templates", "escape_markdown", "render_template", "template_folder"]

# In an installed package the templates lie inside it, in the source tree at its top.
_PACKAGED = Path(__file__).parent.parent / "templates"
_SOURCE = Path(__file__).parent.parent.parent / "templates"


def template_folder() -> Path:
    """Where the templates are. Raises FileNotFoundError when the installation lacks them."""
    for folder in (_PACKAGED, _SOURCE):
        if (folder / "audit.md").is_file():
            return folder
    raise FileNotFoundError(2, "the templates are missing; install auditor again", str(_PACKAGED))


def copy_templates(folder: Path) -> tuple[Path, ...]:
    """Copies all templates into a folder, for somebody to change them; gives the files written.

    Raises UsageError where one of them is there already, DocumentError where one cannot be written.
    """
    sources = sorted(path for path in template_folder().iterdir() if path.is_file())
    targets = tuple(folder / source.name for source in sources)
    for target in targets:
        if target.exists():
            raise UsageError(f"{target}: is there already; nothing was copied")
    folder.mkdir(parents=True, exist_ok=True)
    for source, target in zip(sources, targets, strict=True):
        write_atomically(target, source.read_bytes())
    return targets


def render_template(name: str, value: Audit | WrittenReport, folder: Path | None = None) -> str:
    """A document from a template; its ending, `.md` or `.html`, says in which form.

    A template in `folder` is taken before one of the same name that comes with the program; this holds for the parts
    that templates share, too. Raises UsageError for a template that is not there or has an error, with file and line.
    """
    try:
        template = _environment(name, folder).get_template(name)
        text = template.render(_variables(value))
    except TemplateError as error:
        raise UsageError(_told(error, name, folder)) from error
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
        if folder is None:  # then the mistake is ours, not a user's
            raise
        raise UsageError(_told(error, name, folder)) from error
    if name.endswith(".md"):
        text = re.sub(r"\n{3,}", "\n\n", text).replace(KEPT_LINE_END, "\n")
    return text.strip() + "\n"


def _variables(value: Audit | WrittenReport) -> dict[str, Any]:
    return {"audit": value} if isinstance(value, Audit) else {"report": value, "audit": value.audit}


def _environment(name: str, folder: Path | None) -> Environment:
    """One for each document: some filters remember what they have shown. It trusts no template more than it must."""
    is_html = name.endswith(".html")
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([*([folder] if folder else []), template_folder()]),
        undefined=StrictUndefined,
        autoescape=is_html,  # Markdown has filters of its own
        finalize=finalize if is_html else None,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= shared_filters() | (html_filters(environment) if is_html else markdown_filters())
    return environment


def _told(error: Exception, name: str, folder: Path | None) -> str:
    """The template, the line, what is wrong: one line of text."""
    file, line = name, 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.name or name, error.lineno
    trace = error.__traceback__
    while trace is not None:  # Jinja puts templates into the trace; the last one is where it happened
        code = trace.tb_frame.f_code
        if Path(code.co_filename).parent in (folder, template_folder()):
            file, line = Path(code.co_filename).name, trace.tb_lineno
        trace = trace.tb_next
    shown = str(folder / file) if folder and (folder / file).is_file() else file
    problem = " ".join(str(error).split()) or type(error).__name__
    return f"{shown}:{line}: {problem}" if line else f"{shown}: no such template: {problem}"
