"""Which grammar a host follows, which repository a URL lies in, and where that is fetched from."""

import pytest

from auditor.errors import UsageError
from auditor.model.permalink import Anchor
from auditor.permalinks import Hosts, clone_url, parse_link, parse_repository

SHA = "3115aa6a6276939f5fd6efa46282e0256ff21f1a"
GIST = "0123456789abcdef0123456789abcdef"
AZURE = "https://dev.azure.com/org/my%20project/_git/repo"
LINUX = "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git"
CHROMIUM = "https://chromium.googlesource.com/chromium/src"


@pytest.mark.parametrize(
    ("rest", "grammar"),
    [
        ("g/s/r/-/blob/main/p#L3", "gitlab"),
        (f"o/r/src/commit/{SHA}/p#L3", "gitea"),
        (f"o/r/blob/{SHA}/p#L3", "github"),
        ("a/b/+/main/p#3", "gitiles"),
        (f"a/b/tree/p?id={SHA}#n3", "cgit"),
    ],
)
def test_an_unknown_host_is_known_by_its_form(rest: str, grammar: str) -> None:
    parsed = parse_link(f"http://code.example.org:3000/{rest}")
    assert parsed is not None
    assert (parsed.link.host, parsed.link.site) == (grammar, "http://code.example.org:3000")
    assert (parsed.link.path, parsed.link.anchor) == ("p", Anchor(3))
    assert parse_link(f"code.example.org:3000/{rest}") is None


def test_a_configured_host() -> None:
    hosts = Hosts.default().with_host("Git.Example.org", "gitea").with_host("*.corp.example", "github")
    url = "http://git.example.org/o/r/src/branch/main/p"
    assert parse_link(url) is None
    parsed = parse_link(url, hosts)
    assert parsed is not None
    assert parsed.link.site == "http://git.example.org"
    parsed = parse_link("code.corp.example/o/r/blob/main/p", hosts)
    assert parsed is not None
    assert parsed.link.repository_url == "https://code.corp.example/o/r"
    assert parse_link("https://corp.example/o/r/blob/main/p", hosts) is None
    assert Hosts.default() == Hosts.default()
    assert hash(hosts) == hash(hosts)


@pytest.mark.parametrize(
    ("name", "grammar"),
    [("git.example.org", "svn"), ("git.example.org", "github-raw"), ("https://x.org", "gitlab"), ("", "gitlab")],
)
def test_a_wrong_configuration(name: str, grammar: str) -> None:
    with pytest.raises(UsageError):
        Hosts.default().with_host(name, grammar)


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://github.com/o/r", "https://github.com/o/r"),
        ("http://www.github.com/o/r.git", "https://github.com/o/r"),
        ("github.com/o/r/issues/3#x", "https://github.com/o/r"),
        ("https://token@github.com/o/r.git/", "https://github.com/o/r"),
        ("https://raw.githubusercontent.com/o/r/main/x", "https://github.com/o/r"),
        ("https://github.com/o", None),
        ("https://github.com/orgs/o/repositories", None),
        (f"https://gist.github.com/u/{GIST}", f"https://gist.github.com/u/{GIST}"),
        ("https://gitlab.com/g/s/r.git", "https://gitlab.com/g/s/r"),
        ("https://gitlab.com/g/s/r/-/issues/3", "https://gitlab.com/g/s/r"),
        ("https://gitlab.com/g/r/issues/3", "https://gitlab.com/g/r"),
        ("https://gitlab.com/g", None),
        ("https://codeberg.org/o/r/releases", "https://codeberg.org/o/r"),
        ("https://bitbucket.org/w/r.git", "https://bitbucket.org/w/r"),
        ("https://git.sr.ht/~u/r/log", "https://git.sr.ht/~u/r"),
        (AZURE, AZURE),
        (LINUX, LINUX),
        (f"{LINUX}/log/", LINUX),
        ("https://git.savannah.gnu.org/cgit/emacs.git/", "https://git.savannah.gnu.org/cgit/emacs.git"),
        (f"{CHROMIUM}/", CHROMIUM),
        (f"{CHROMIUM}/+log/main", CHROMIUM),
        ("https://sourcegraph.com/github.com/golang/go@main", "https://github.com/golang/go"),
        ("https://sourcegraph.com/gitlab.com/g/r/-/blob/x", "https://gitlab.com/g/r"),
        ("https://sourcegraph.com/npm/a", None),
        (f"https://code.example.org/o/r/blob/{SHA}/p", "https://code.example.org/o/r"),
        ("https://example.org/o/r", None),
        ("mailto:a@github.com", None),
    ],
)
def test_repository(url: str, repository: str | None) -> None:
    assert parse_repository(url) == repository


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/o/r.git/blob/main/p", "https://github.com/o/r"),
        ("https://gitlab.com/g/s/r/-/blob/main/p", "https://gitlab.com/g/s/r"),
        ("https://git.sr.ht/~u/r/tree/main/item/p", "https://git.sr.ht/~u/r"),
        (f"{LINUX}/tree/p", LINUX),
        ("https://git.savannah.gnu.org/cgit/emacs.git/tree/p", "https://git.savannah.gnu.org/git/emacs.git"),
        (f"{CHROMIUM}/+/main/p", CHROMIUM),
        ("https://bitbucket.org/w/r/src/main/p", "https://bitbucket.org/w/r"),
    ],
)
def test_clone_url(url: str, expected: str) -> None:
    parsed = parse_link(url)
    assert parsed is not None
    assert clone_url(parsed.link) == expected
