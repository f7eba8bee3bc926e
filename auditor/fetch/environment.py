"""The environment of every git process: built from nothing, so that what is not named here does not exist.

A repository of a stranger must not decide what runs here, and neither may a stray variable:
`GIT_DIR`, `GIT_EXTERNAL_DIFF` and their like are never passed on. Configuration comes by
`GIT_CONFIG_COUNT` (git 2.31) and replaces the user's files (`GIT_CONFIG_GLOBAL`, git 2.32).
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

Setting = tuple[str, str]

# What git, ssh, curl and the usual credential helpers need to work as they do in the user's shell.
_PERSON = {"PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"}
_KEYS = {"SSH_AUTH_SOCK", "SSH_AGENT_PID", "GIT_SSH", "GIT_SSH_COMMAND", "DBUS_SESSION_BUS_ADDRESS"}
_TOKENS = {"GH_TOKEN", "GITHUB_TOKEN"}  # read by GitHub's credential helper, `gh auth git-credential`
_PROXIES = {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}
_AUTHORITIES = {"SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "CURL_CA_BUNDLE"}
_WINDOWS = {"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE"}
_WINDOWS |= {"APPDATA", "LOCALAPPDATA", "PROGRAMDATA"}
PASSED_ON = frozenset(_PERSON | _KEYS | _TOKENS | _PROXIES | _AUTHORITIES | _WINDOWS)

HARDENING: tuple[Setting, ...] = (
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("core.askPass", ""),
    ("credential.interactive", "false"),
    ("protocol.version", "2"),  # an older protocol refuses commits that no ref points to
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
)

# Only a configuration FILE reaches the `upload-pack` that serves a local mirror: git strips
# GIT_CONFIG_COUNT from that child. `safe.directory` lets a mirror belong to another user.
SERVING = "[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n[safe]\n\tdirectory = *\n"


def scratch_environment(
    settings: Iterable[Setting] = (), *, protocols: Iterable[str] = (), config_file: Path | None = None
) -> dict[str, str]:
    """The whole environment of one git process.

    `settings` are configuration pairs after the hardening ones, so they win; `protocols` are the
    transports that git may use, none by default.
    """
    passed = {name: value for name, value in os.environ.items() if name in PASSED_ON}
    return passed | {
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(config_file or os.devnull),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": ":".join(protocols),
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        **as_variables([*HARDENING, *settings]),
    }


def as_variables(settings: Iterable[Setting]) -> Mapping[str, str]:
    """Configuration pairs as the variables that git reads them from; nothing shows in a process list."""
    pairs = list(settings)
    variables = {"GIT_CONFIG_COUNT": str(len(pairs))}
    for number, (key, value) in enumerate(pairs):
        variables[f"GIT_CONFIG_KEY_{number}"] = key
        variables[f"GIT_CONFIG_VALUE_{number}"] = value
    return variables
