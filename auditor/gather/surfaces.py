"""The documents with which a project speaks to the public."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.decode import decode_text
from auditor.errors import DocumentError
from auditor.licenses import endings
from auditor.manifest import match_paths
from auditor.model import Incident
from auditor.model.manifest import Surfaces
from auditor.model.obligation import Surface

# Looked at when the manifest names none: what a project's page in a registry or on a code host shows.
DEFAULT = ("README*", "pyproject.toml", "setup.cfg", "package.json", "Cargo.toml")
_LONGEST = 2 << 20  # bytes
_MOST = 5000
_NO_TEXT = endings.BINARY | {".py", ".css", ".js", ".map"}


def read_surfaces(folder: Path, surfaces: Surfaces) -> tuple[tuple[Surface, ...], tuple[Incident, ...]]:
    """The texts that the manifest names, else those that every project has; and what could not be read."""
    from auditor.licenses.identify import identify

    read, incidents = [], []
    for number, path in enumerate(_paths(folder, [glob.pattern for glob in surfaces.promotion] or DEFAULT)):
        shown = str(folder / path)
        if number == _MOST:
            incidents.append(Incident(f"only {_MOST} promotion surfaces were read", shown))
            break
        try:
            with open(folder / path, "rb") as file:
                content = file.read(_LONGEST + 1)
            if len(content) > _LONGEST:
                raise DocumentError(f"{shown}: larger than {_LONGEST} bytes")
            text = decode_text(content, shown).text
        except OSError as error:
            incidents.append(Incident(f"cannot be read: {error.strerror or error}", shown))
        except DocumentError as error:
            incidents.append(Incident(str(error), shown))
        else:
            read.append(Surface(shown, text, identify(text)))
    return tuple(read), tuple(incidents)


def _paths(folder: Path, patterns: Sequence[str]) -> Iterator[str]:
    found = (path for pattern in patterns for path in match_paths(folder, pattern))
    for path in dict.fromkeys(found):
        if (folder / path).is_file() and Path(path).suffix.lower() not in _NO_TEXT:
            yield path
