"""The names that archives give their members, and where links lead: nothing may lead out of the shipment."""

import re

from auditor.shipment.troubles import Troubles

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_HOPS = 40  # MAXSYMLINKS of Linux


def member_path(name: str, length: int) -> str:
    """A member's name as a clean POSIX path relative to the root; "" for the root itself.

    Raises ValueError, with the reason, for a name that leads out of the archive or is longer than `length`.
    """
    if len(name) > length:
        raise ValueError(f"its name has {len(name)} characters")
    if name.startswith("/") or _DRIVE.match(name):
        raise ValueError("its path is absolute")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise ValueError("its path leads out of the archive")
    if "\0" in name:
        raise ValueError("its name holds a NUL")
    return "/".join(parts)


def link_target(path: str, target: str) -> str | None:
    """Where a symbolic link at `path` leads, relative to the root; None when it leads out of the shipment."""
    if target.startswith("/"):
        return None
    parts = path.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def settle_links(files: set[str], links: dict[str, str | None], troubles: Troubles) -> dict[str, str]:
    """Each link that leads to one of the regular `files` of an archive, with that file's path.

    `links` maps a link to its target (None: out of the archive). A link to a folder is passed over in silence, since
    what is in there is listed at its own place; any other one is a trouble.
    """
    folders = _folders_of(files | links.keys())
    settled = {}
    for path, first in links.items():
        target, hops = first, 0
        while target in links and target not in files and hops < _HOPS:
            target, hops = links[target], hops + 1
        if target in files:
            settled[path] = target
        elif target is None:
            troubles.add(path, "a link that leads out of the archive")
        elif target not in folders:
            troubles.add(path, "a link to nothing in the archive")
    return settled


def _folders_of(paths: set[str]) -> set[str]:
    folders = {""}
    for path in paths:
        while (path := path.rpartition("/")[0]) not in folders:
            folders.add(path)
    return folders
