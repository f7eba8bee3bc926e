"""What of the user's own git configuration still holds: how to reach hosts, and nothing that runs on contents."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from auditor.fetch.environment import PASSED_ON, Setting
from auditor.fetch.git import Bound, run_git

_CONNECTION = frozenset(
    ("proxy", "sslcainfo", "sslcapath", "sslcert", "sslkey", "sslcertpasswordprotected", "extraheader")
)
_PLAIN = frozenset(("core.sshcommand", "ssh.variant", "core.gitproxy"))
_SECRET = re.compile(r"credential\..*|http\.(?:.*\.)?(?:extraheader|sslcert|sslkey)|url\..*//[^/]*@.*", re.S)
# A repository's own configuration ("local", "worktree") is not the user's word.
_SCOPES = frozenset(("system", "global", "command"))


def user_settings(folder: Path) -> tuple[Setting, ...]:
    """The allowed pairs of the user's configuration in git's order (later ones win, helpers add up).

    `folder` is where git is run: a neutral place, no repository. A configuration that git cannot
    read counts as empty.
    """
    own = {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("GIT_CONFIG")}
    answer = run_git(
        ["config", "--list", "-z", "--show-scope", "--includes"],
        environment=own | {"LC_ALL": "C", "GIT_CEILING_DIRECTORIES": str(folder.parent)},
        bound=Bound(seconds=10),
        folder=folder,
    )
    return tuple(_allowed(answer.out.decode("utf-8", "surrogateescape").split("\0"))) if answer.code == 0 else ()


def _allowed(fields: list[str]) -> Iterable[Setting]:
    """Pairs from the flat list: scope, `key NEWLINE value`, scope, …; a key without value means true."""
    for scope, item in zip(fields[::2], fields[1::2], strict=False):
        key, newline, value = item.partition("\n")
        if scope in _SCOPES and is_allowed(key):
            yield key, value if newline else "true"


def is_allowed(key: str) -> bool:
    """Whether a key (section and name in lower case, as git lists it) says how to reach a host."""
    section, _, rest = key.partition(".")
    name = rest.rpartition(".")[2]
    match section:
        case "credential":
            return True
        case "http":
            return name in _CONNECTION
        case "url":
            return name == "insteadof"
        case _:
            return key in _PLAIN


def without_credentials(settings: Iterable[Setting]) -> tuple[Setting, ...]:
    """The pairs that may be used towards a host the user did not name."""
    return tuple((key, value) for key, value in settings if not _SECRET.fullmatch(key))
