"""The library's face: what the command line does, as values."""

import fnmatch
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from auditor.fetch.settings import FetchSettings, Limits, default_cache
from auditor.model import Audit
from auditor.permalinks import DEFAULT
from auditor.pipeline import CheckOptions, check_documents
from auditor.read import Document, open_documents
from auditor.rules import select_rules


def check(
    documents: str | os.PathLike[str] | Iterable[str | os.PathLike[str] | Document],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    exclude: Iterable[str] = (),
    mirrors: Mapping[str, str] | None = None,
    hosts: Mapping[str, str] | None = None,
    as_of: str | None = None,
    offline: bool = False,
    cache_dir: str | os.PathLike[str] | None = None,
    jobs: int = 8,
) -> Audit:
    """Verify every code citation of the documents: files, folders, or `auditor.read.Document` values.

    `select` and `ignore` are rule ids, `exclude` globs of URLs to leave out, `mirrors` URL prefixes to
    the places they are fetched from, `hosts` names of self-hosted code hosts to their kind ("gitlab", …).
    `as_of` (ISO date) is the day at which branch links are read; without it the reports' own histories tell.
    What could not be looked at is in the result's `incidents`. Raises AuditorError when no audit was possible.
    """
    places = [documents] if isinstance(documents, str | os.PathLike) else list(documents)
    opened = [
        document
        for place in places
        for document in ([place] if isinstance(place, Document) else open_documents([place]))
    ]
    known = DEFAULT
    for name, kind in (hosts or {}).items():
        known = known.with_host(name, kind)
    settings = FetchSettings(
        cache=Path(cache_dir) if cache_dir else default_cache(),
        mirrors=tuple((mirrors or {}).items()),
        offline=offline,
        limits=Limits(),
    )
    patterns = tuple(exclude)
    options = CheckOptions(
        rules=select_rules(select, ignore),
        hosts=known,
        jobs=jobs,
        as_of=as_of,
        excluded=lambda url: any(fnmatch.fnmatchcase(url, pattern) for pattern in patterns),
    )
    return check_documents(opened, settings, options)
