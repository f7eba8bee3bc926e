"""The packages that are installed in a Python environment."""

import importlib.metadata
import json
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from auditor.licenses.metadata import declared_licenses
from auditor.manifest.lockfiles.common import Draft, LockReading, table_of
from auditor.manifest.repositories import labelled_addresses, labelled_repository, split_revision


def read_environment(site_packages: Path | None = None) -> LockReading:
    """The packages installed in a folder; None: in the running interpreter's environment.

    Places are lines of each package's own metadata, named relative to that folder. A package that was installed from
    a folder counts as the project's own. Raises nothing: what is damaged is a problem.
    """
    draft = Draft("environment", "pypi")
    path = sys.path if site_packages is None else [str(site_packages)]
    found = importlib.metadata.distributions(path=path)
    named = sorted(_named(found, draft), key=lambda pair: (pair[0].lower(), pair[1]))
    for _, document, distribution in named:
        draft.document = document
        _add(draft, distribution)
    return draft.reading()


def _named(found: Any, draft: Draft) -> Iterator[tuple[str, str, Distribution]]:
    """Each package once, with its metadata's file: of two of one name Python imports the first."""
    seen: set[str] = set()
    for distribution in found:
        folder = getattr(distribution, "_path", None)
        draft.document = f"{folder.name}/METADATA" if isinstance(folder, Path) else "environment"
        try:
            name = distribution.metadata["Name"]
        except Exception:  # whatever a damaged file makes of the e-mail parser
            name = None
        if not isinstance(name, str):
            draft.unreadable("has no name that can be read")
        elif name not in seen:
            seen.add(name)
            yield name, draft.document, distribution


def _add(draft: Draft, distribution: Distribution) -> None:
    origin = _origin(distribution)
    vcs = table_of(origin.get("vcs_info"))
    name = distribution.metadata["Name"]
    if "dir_info" in origin:
        draft.own(name)
        return
    draft.add(
        name,
        1,
        version=distribution.metadata["Version"],
        repository=origin.get("url") if vcs else labelled_repository(labelled_addresses(distribution.metadata)),
        revision=split_revision(vcs.get("commit_id")),
        license=_license(distribution),
    )


def _origin(distribution: Distribution) -> dict[str, Any]:
    """direct_url.json (PEP 610): where a package that came from no index is from."""
    try:
        value = json.loads(distribution.read_text("direct_url.json") or "{}")
    except (ValueError, RecursionError, OSError):
        return {}
    return value if isinstance(value, dict) else {}


def _license(distribution: Distribution) -> str | None:
    """What the metadata declares where all that it declares means the same."""
    text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
    meant = [declared.expression for declared in declared_licenses("METADATA", text.encode("utf-8", "replace"))]
    told = {expression for expression in meant if expression}
    return told.pop() if len(told) == 1 else None
