"""`auditor notices [MANIFEST | ARTIFACT ...]`"""

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from auditor.cli.obligations import shipping_options, today
from auditor.cli.progress import ProgressLine
from auditor.cli.settings import fetch_settings, warn
from auditor.errors import DocumentError, UsageError
from auditor.files import write_atomically
from auditor.gather.owed_notices import owed_notices
from auditor.model.manifest import Manifest
from auditor.model.notice import NoticesDocument, NoticesForm
from auditor.notices import check_notices, compose_notices
from auditor.render.notices import form_of_notices, render_notices
from auditor.render.terminal import visible
from auditor.shipping import gather_shipping, open_targets

_NAME_IN_WHEEL = "THIRD_PARTY_NOTICES"
_ENDINGS: dict[NoticesForm, str] = {"markdown": ".md", "text": ".txt", "html": ".html"}


def run(arguments: argparse.Namespace) -> int:
    """Write the notices, or compare the file that is there; gives the exit code."""
    manifest, artifacts = open_targets(arguments.targets, today())
    file = _file(arguments, manifest)
    form: NoticesForm = arguments.format or (form_of_notices(str(file)) if file else "markdown")
    with ProgressLine(enabled=not (arguments.no_progress or arguments.quiet)) as progress, ExitStack() as stack:
        gathered = gather_shipping(
            manifest,
            artifacts,
            lambda: fetch_settings(arguments),
            shipping_options(arguments),
            stack,
            progress.show,
            warn,
        )
    document = compose_notices(owed_notices(gathered.shipping))
    for incident in gathered.incidents:
        warn(f"not examined: {visible(incident.message)}")
    for finding in gathered.findings:
        warn(f"{visible(finding.place.document)}:{finding.place.line}: {visible(finding.message)}")
    data = render_notices(document, form)
    incomplete = bool(gathered.incidents) | bool(_tell_missing(document))
    if arguments.check and file is not None:
        return _check(file, data, incomplete)
    _write(arguments, file, form, data)
    if file is not None:
        warn(f"{_count(len(document.entries), 'component')}, {_count(len(document.texts), 'text')} in {file}")
    return 3 if incomplete else 0


def _file(arguments: argparse.Namespace, manifest: Manifest | None) -> Path | None:
    """Where the notices are, or are to be; None is standard output. With --check there always is a file."""
    if arguments.check and (arguments.into_wheel or arguments.output == "-"):
        raise UsageError("--check compares the notices with a file, and writes nothing")
    if arguments.into_wheel and not arguments.output:
        raise UsageError("--into-wheel writes a copy: name it, or its folder, with --output")
    if arguments.into_wheel:
        return None
    if arguments.output:
        return None if arguments.output == "-" else Path(arguments.output)
    if manifest and manifest.distribution.notices:
        return Path(manifest.document).parent / manifest.distribution.notices.path
    if arguments.check:
        raise UsageError("nothing to compare: name the file with --output, or as notices in [distribution]")
    return None


def _tell_missing(document: NoticesDocument) -> tuple[str, ...]:
    names = tuple(notice.label for notice in document.without_text)
    if names:
        more = f" and {len(names) - 8} more" if len(names) > 8 else ""
        warn(f"no licence text was found for {visible(', '.join(names[:8]))}{more}: the notices are incomplete")
    return names


def _check(file: Path, wanted: bytes, incomplete: bool) -> int:
    try:
        existing = file.read_bytes()
    except FileNotFoundError:
        print(f"{file}: is not there; `auditor notices` writes it")
        return 3 if incomplete else 1
    except OSError as error:
        raise DocumentError(f"{file}: cannot be read: {error.strerror or error}") from error
    drift = check_notices(existing, wanted)
    for change in drift.changes:
        print(f"{file}:{change.line or 1}: {change.kind}: {visible(change.message)}")
    if not drift.changes:
        print(f"{file}: as it should be, byte for byte")
    return 3 if incomplete else 1 if drift.changes else 0


def _write(arguments: argparse.Namespace, file: Path | None, form: NoticesForm, data: bytes) -> None:
    if arguments.into_wheel:
        from auditor.notices.wheel import add_to_wheel

        wheel, output = Path(arguments.into_wheel), Path(arguments.output)
        if os.path.isdir(output) or arguments.output.endswith(("/", os.sep)):
            output.mkdir(parents=True, exist_ok=True)
            output /= wheel.name
        add_to_wheel(wheel, data, f"{_NAME_IN_WHEEL}{_ENDINGS[form]}", output)
        warn(f"wrote {output}")
    elif file is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        write_atomically(str(file), data)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
