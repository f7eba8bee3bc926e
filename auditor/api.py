"""The library's face: what the command line does, as values."""

import fnmatch
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from auditor.fetch.settings import FetchSettings, default_cache
from auditor.model import Audit
from auditor.permalinks import DEFAULT, Hosts
from auditor.pipeline import CheckOptions, check_documents
from auditor.read import Document, open_documents
from auditor.rules import select_rules

Place = str | os.PathLike[str]


def check(
    documents: Place | Iterable[Place | Document],
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
    settings = _settings(cache_dir, mirrors, offline)
    options = CheckOptions(
        rules=select_rules(select, ignore),
        hosts=known_hosts(hosts or {}),
        jobs=jobs,
        as_of=as_of,
        excluded=url_matcher(exclude),
    )
    return check_documents(_opened(documents), settings, options)


def examine_licenses(
    targets: Place | Iterable[Place],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    headers: bool = False,
    reviews: Place | None = None,
    mirrors: Mapping[str, str] | None = None,
    hosts: Mapping[str, str] | None = None,
    offline: bool = False,
    cache_dir: str | os.PathLike[str] | None = None,
) -> Audit:
    """Identify the licences of files, folders, archives or `URL@REVISION`, clause by clause.

    `headers` reads the first lines of source files too, `reviews` is a file written by `auditor licenses --accept`;
    the others are as for `check`. The result's `licenses` have a judgement for every target. Raises AuditorError
    for a path that cannot be opened.
    """
    from auditor.licensing import LicenseOptions, examine_targets
    from auditor.reviews import load_reviews

    settings = _settings(cache_dir, mirrors, offline)
    known = load_reviews(Path(reviews)) if reviews is not None else ()
    options = LicenseOptions(select_rules(select, ignore), known_hosts(hosts or {}), headers, known)
    named = [targets] if isinstance(targets, str | os.PathLike) else targets
    return examine_targets([os.fspath(target) for target in named], lambda: settings, options)


def examine_obligations(
    targets: Place | Iterable[Place],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    today: date | None = None,
    reviews: Place | None = None,
    mirrors: Mapping[str, str] | None = None,
    hosts: Mapping[str, str] | None = None,
    offline: bool = False,
    cache_dir: str | os.PathLike[str] | None = None,
    jobs: int = 8,
) -> Audit:
    """Hold what is shipped against every clause of the licences of what it carries.

    `targets` are a manifest (`auditor.toml`, `pyproject.toml`, or the folder of one), artifacts that stand in for those
    that it names, or artifacts alone. `today` is the day that waivers are held against; the others are as for `check`
    and `examine_licenses`. The result's `shipping` has a judgement for every clause. Raises AuditorError when no audit
    was possible.
    """
    from auditor.reviews import load_reviews
    from auditor.shipping import ShippingOptions, examine_shipping, open_targets

    settings = _settings(cache_dir, mirrors, offline)
    named = [targets] if isinstance(targets, str | os.PathLike) else targets
    day = today or datetime.now(UTC).date()
    manifest, artifacts = open_targets([os.fspath(target) for target in named], day)
    known = load_reviews(Path(reviews)) if reviews is not None else ()
    rules = select_rules(select, ignore)
    options = ShippingOptions(rules, day, known_hosts(hosts or {}), jobs, known, offline)
    return examine_shipping(manifest, artifacts, lambda: settings, options)


def _settings(
    cache_dir: str | os.PathLike[str] | None, mirrors: Mapping[str, str] | None, offline: bool
) -> FetchSettings:
    cache = Path(cache_dir) if cache_dir else default_cache()
    return FetchSettings(cache=cache, mirrors=tuple((mirrors or {}).items()), offline=offline)


def known_hosts(extra: Mapping[str, str]) -> Hosts:
    """The public code hosts and those of `extra` (name to kind). Raises UsageError for an unknown kind."""
    hosts = DEFAULT
    for name, kind in extra.items():
        hosts = hosts.with_host(name, kind)
    return hosts


def url_matcher(globs: Iterable[str]) -> Callable[[str], bool]:
    """A function that tells whether a URL matches any of the globs."""
    patterns = tuple(globs)
    return lambda url: any(fnmatch.fnmatchcase(url, pattern) for pattern in patterns)


def _opened(documents: Place | Iterable[Place | Document]) -> list[Document]:
    places = [documents] if isinstance(documents, str | os.PathLike) else documents
    opened: list[Document] = []
    for place in places:
        opened += [place] if isinstance(place, Document) else open_documents([place])
    return opened
