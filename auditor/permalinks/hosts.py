"""Which grammar a host's URLs follow."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.errors import UsageError
from auditor.permalinks.address import Address

# Hosts anybody can reach. `*.` stands for one or more labels. "github-raw" only serves GitHub's own raw domain.
PUBLIC: Mapping[str, str] = {
    "github.com": "github",
    "raw.githubusercontent.com": "github-raw",
    "raw.github.com": "github-raw",
    "gist.github.com": "gist",
    "gist.githubusercontent.com": "gist",
    "gitlab.com": "gitlab",
    "gitlab.freedesktop.org": "gitlab",
    "gitlab.gnome.org": "gitlab",
    "invent.kde.org": "gitlab",
    "salsa.debian.org": "gitlab",
    "codeberg.org": "gitea",
    "gitea.com": "gitea",
    "code.forgejo.org": "gitea",
    "bitbucket.org": "bitbucket",
    "git.sr.ht": "sourcehut",
    "dev.azure.com": "azure",
    "*.visualstudio.com": "azure",
    "*.googlesource.com": "gitiles",
    "sourcegraph.com": "sourcegraph",
    "git.kernel.org": "cgit",
    "git.savannah.gnu.org": "cgit",
    "git.savannah.nongnu.org": "cgit",
    "git.zx2c4.com": "cgit",
}

# What a self-hosted site may run.
CONFIGURABLE = (
    "azure",
    "bitbucket",
    "cgit",
    "gist",
    "gitea",
    "github",
    "gitiles",
    "gitlab",
    "sourcegraph",
    "sourcehut",
)

_NAME = re.compile(r"(?:\*\.)?[a-z0-9](?:[a-z0-9._-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Hosts:
    """Host name (lower case, with its port if any, or `*.domain`) to the name of its grammar."""

    grammars: Mapping[str, str] = field(hash=False)

    @classmethod
    def default(cls) -> "Hosts":
        """The public hosts."""
        return cls(PUBLIC)

    def with_host(self, name: str, grammar: str) -> "Hosts":
        """These hosts and one more. Raises UsageError when the name or the grammar is not one."""
        if not _NAME.fullmatch(name.lower()):
            raise UsageError(f"not a host name: {name!r}")
        if grammar not in CONFIGURABLE:
            raise UsageError(f"unknown kind of host {grammar!r}; known are {', '.join(CONFIGURABLE)}")
        return Hosts({**self.grammars, name.lower(): grammar})

    def find_grammar(self, name: str) -> str | None:
        """The grammar of the host `name` (lower case), or None."""
        found = self.grammars.get(name)
        while found is None and "." in name:
            name = name.partition(".")[2]
            found = self.grammars.get(f"*.{name}")
        return found


_PUBLIC_HOSTS = Hosts(PUBLIC)


def settle_site(address: Address, hosts: Hosts) -> tuple[Address, str | None]:
    """The address as its host spells it, and the grammar; None when the host is unknown.

    `www.` goes, and a public host is reached by https whatever is written. An unknown host keeps both.
    """
    name = address.name
    grammar = hosts.find_grammar(name)
    if grammar is None and name.startswith("www."):
        name = name.removeprefix("www.")
        grammar = hosts.find_grammar(name)
    if grammar is None:
        return address, None
    scheme = "https" if _PUBLIC_HOSTS.find_grammar(name) else address.scheme
    if name == address.name and scheme == address.scheme:
        return address, grammar
    return Address(scheme, name, address.path, address.query, address.fragment, address.defects), grammar
