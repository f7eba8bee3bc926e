"""One line of a requirements file: continuations, comments, options, and PEP 508."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import unquote

# Options of a single requirement come behind it (pip: "Per-requirement options").
_OPTIONS_BEHIND = re.compile(r"[ \t]--[a-z]")
_COMMENT = re.compile(r"(?:^|[ \t])#")
_NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*+)[ \t]*+(\[[^\]]*+\])?+[ \t]*+")
_PINNED = re.compile(r"===?[ \t]*+([^\s,;*]++)")
_EGG = re.compile(r"(?:^|&)egg=([A-Za-z0-9][A-Za-z0-9._-]*+)")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+://|git\+[\w.-]++@")
_ARCHIVES = (".whl", ".tar.gz", ".zip", ".tar.bz2", ".tar.xz", ".tgz")


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a line asks for. `version` only where exactly one fits; `url` "" when it comes from an index.

    `local`: it lies in a folder of this machine; then `name` may be "".
    """

    name: str
    version: str | None = None
    url: str = ""
    local: bool = False


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, without comments, joined where one ends in a backslash; with their first number."""
    start, parts = 0, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        comment = _COMMENT.match(line.lstrip())
        start = start if parts else number
        if line.endswith("\\") and not comment:
            parts.append(line[:-1])
            continue
        joined = "".join([*parts, "" if comment else line])
        parts = []
        if kept := _uncommented(joined):
            yield start, kept
    if kept := _uncommented("".join(parts)):
        yield start, kept


def _uncommented(line: str) -> str:
    comment = _COMMENT.search(line)
    return (line[: comment.start()] if comment else line).strip()


def split_option(line: str) -> tuple[str, str]:
    """An option and its value; ("", line) for a line that is none."""
    if not line.startswith("-"):
        return "", line
    if line.startswith("--"):
        option, equals, value = line.partition("=")
        if not equals or " " in option:
            option, _, value = line.partition(" ")
        return option, value.strip()
    return line[:2], line[2:].lstrip(" \t=")


def parse_requirement(text: str) -> Requirement | None:
    """The requirement that a line, without comment, states; None for what is none."""
    text = text.strip("\"'")
    behind = _OPTIONS_BEHIND.search(text)
    text = (text[: behind.start()] if behind else text).strip()
    if _URL.match(text):
        found = _at_url(text.partition(" ;")[0].strip())
        return found if found.name or found.local else None
    if _is_path(text):
        return Requirement("", url=text.partition("[")[0], local=True)
    name = _NAME.match(text)
    if name is None:
        return None
    rest = text[name.end() :]
    if rest.startswith("@"):
        return replace(_at_url(rest[1:].partition(" ;")[0].strip()), name=name[1])
    specifiers = rest.partition(";")[0].strip().strip("()")
    if specifiers and specifiers[0] not in "=<>!~":
        return None
    pinned = _PINNED.fullmatch(specifiers.strip())
    return Requirement(name[1], pinned[1] if pinned else None)


def _at_url(url: str) -> Requirement:
    """What is at a URL, with the name and the version that the URL itself tells."""
    address, _, fragment = url.partition("#")
    egg = _EGG.search(fragment)
    if address.startswith("file:"):
        return Requirement(egg[1] if egg else "", url=url, local=not address.endswith(_ARCHIVES))
    name, version = (egg[1], None) if egg else _named_by(address)
    return Requirement(name, version, url)


def _named_by(address: str) -> tuple[str, str | None]:
    """Name and version that a URL's last part tells: of a wheel, an sdist, or a repository."""
    last = unquote(address.split("?")[0].rstrip("/").rpartition("/")[2])
    if last.endswith(".whl"):
        parts = last.split("-")
        return (parts[0], parts[1]) if len(parts) >= 5 else ("", None)
    for ending in _ARCHIVES:
        if last.endswith(ending):
            name, _, version = last.removesuffix(ending).rpartition("-")
            return (name, version) if name and version[:1].isdigit() else ("", None)
    name = last.partition("@")[0].removesuffix(".git")
    known = _NAME.fullmatch(name)
    return (name if known and "+" in address.partition(":")[0] else "", None)


def _is_path(text: str) -> bool:
    """pip takes for a path what begins with a dot, holds a separator, or is an archive's name."""
    first = text.partition(";")[0].partition(" @")[0].strip()
    return first.startswith((".", "/", "~")) or ("/" in first and "@" not in first) or _archive(first)


def _archive(text: str) -> bool:
    return PurePosixPath(text).name.lower().endswith(_ARCHIVES)
