"""Where a release may have been made from: the repository that its metadata name, and the tags for its version."""

import email.parser
import re

from auditor.manifest.repositories import labelled_addresses, labelled_repository

_VERSION = re.compile(r"[0-9A-Za-z][\w.+!-]{0,60}")


def tags_of(name: str, version: str) -> tuple[str, ...]:
    """Names under which projects tag a release, the commonest first; () for what is no version.

    The forms are those that google/oss-rebuild and oracle/macaron try first; a trailing ".0" may be left out.
    """
    if not _VERSION.fullmatch(version):
        return ()
    plain = name.rpartition("/")[2]
    versions = [version, version.removesuffix(".0")] if version.count(".") > 1 else [version, f"{version}.0"]
    forms = (
        "v{v}",
        "{v}",
        "{n}-{v}",
        "{n}-v{v}",
        "{n}@{v}",
        "{n}/v{v}",
        "release-{v}",
        "rel_{u}",
        "release_{u}",
        "{n}_{u}",
    )
    names = (form.format(v=one, n=plain, u=one.replace(".", "_")) for one in dict.fromkeys(versions) for form in forms)
    return tuple(dict.fromkeys(names))


def stated_repository(metadata: bytes) -> str | None:
    """The repository that core metadata (METADATA, PKG-INFO) name; None where no address is labelled as one."""
    message = email.parser.BytesParser().parsebytes(metadata, headersonly=True)
    return labelled_repository(labelled_addresses(message))
