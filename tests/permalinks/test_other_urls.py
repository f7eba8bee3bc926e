"""The forms of URL of every host but GitHub."""

import pytest

from auditor.model.permalink import Anchor, Permalink, RevisionKind
from auditor.permalinks import clone_url, parse_link, render_link

SHA = "3115aa6a6276939f5fd6efa46282e0256ff21f1a"
SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
GIST = "0123456789abcdef0123456789abcdef"
AZURE = "https://dev.azure.com/org/my%20project/_git/repo"
LINUX = "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git"
CHROMIUM = "https://chromium.googlesource.com/chromium/src"


def describe(link: Permalink) -> tuple[str, str, str | None, str, str, Anchor | None]:
    return link.repository, link.view, link.revision, link.revision_kind, link.path, link.anchor


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"https://gitlab.com/g/r/-/blob/{SHA}/p.c#L8", ("g/r", "blob", SHA, "commit", "p.c", Anchor(8))),
        ("https://gitlab.com/g/s/r/-/blob/main/p.c#L10-20", ("g/s/r", "blob", "main", "any", "p.c", Anchor(10, 20))),
        (
            "https://gitlab.com/g/r/-/blob/main/p.c?ref_type=heads#L16",
            ("g/r", "blob", "main", "branch", "p.c", Anchor(16)),
        ),
        ("https://gitlab.com/g/r/-/raw/v1/p.c?ref_type=tags", ("g/r", "raw", "v1", "tag", "p.c", None)),
        ("https://gitlab.com/g/r/-/tree/main/src", ("g/r", "tree", "main", "any", "src", None)),
        ("https://gitlab.com/g/r/-/blame/main/-/p.c", ("g/r", "blame", "main", "any", "-/p.c", None)),
        ("https://gitlab.com/g/r/-/edit/main/p.c", ("g/r", "edit", "main", "any", "p.c", None)),
        ("https://gitlab.com/g/s/r/blob/main/p.c#L8", ("g/s/r", "blob", "main", "any", "p.c", Anchor(8))),
        (f"https://gitlab.com/g/r/-/commit/{SHA}", ("g/r", "commit", SHA, "commit", "", None)),
        ("https://gitlab.com/g/r/-/merge_requests/7/diffs", ("g/r", "pull", None, "any", "", None)),
        (f"https://codeberg.org/o/r/src/commit/{SHA}/p#L22-L33", ("o/r", "blob", SHA, "commit", "p", Anchor(22, 33))),
        ("https://codeberg.org/o/r/src/commit/3115aa6a/p", ("o/r", "blob", "3115aa6a", "commit", "p", None)),
        ("https://codeberg.org/o/r/src/branch/main/d/p", ("o/r", "blob", "main", "branch", "d/p", None)),
        ("https://codeberg.org/o/r/src/tag/v1/p", ("o/r", "blob", "v1", "tag", "p", None)),
        ("https://codeberg.org/o/r/src/branch/main", ("o/r", "tree", "main", "branch", "", None)),
        ("https://codeberg.org/o/r/src/main/p", ("o/r", "blob", "main", "any", "p", None)),
        ("https://codeberg.org/o/r/src/%63ommit/abc/p", ("o/r", "blob", "abc", "commit", "p", None)),
        ("https://codeberg.org/o/r/raw/branch/main/p", ("o/r", "raw", "main", "branch", "p", None)),
        (f"https://codeberg.org/o/r/blame/commit/{SHA}/p", ("o/r", "blame", SHA, "commit", "p", None)),
        ("https://codeberg.org/o/r/_edit/branch/main/p", ("o/r", "edit", "main", "branch", "p", None)),
        (f"https://codeberg.org/o/r/commit/{SHA}", ("o/r", "commit", SHA, "commit", "", None)),
        (f"https://bitbucket.org/w/r/src/{SHA}/p#lines-1026", ("w/r", "blob", SHA, "commit", "p", Anchor(1026))),
        ("https://bitbucket.org/w/r/src/a1/p?at=main#lines-10:20", ("w/r", "blob", "a1", "any", "p", Anchor(10, 20))),
        ("https://bitbucket.org/w/r/src/main/", ("w/r", "tree", "main", "any", "", None)),
        ("https://bitbucket.org/w/r/annotate/main/p", ("w/r", "blame", "main", "any", "p", None)),
        ("https://bitbucket.org/w/r/raw/main/p", ("w/r", "raw", "main", "any", "p", None)),
        (f"https://bitbucket.org/w/r/commits/{SHA}", ("w/r", "commit", SHA, "commit", "", None)),
        ("https://git.sr.ht/~u/r/tree/main/item/d/p#L10", ("~u/r", "blob", "main", "any", "d/p", Anchor(10))),
        ("https://git.sr.ht/~u/r/tree/a/b/item/d/p#L1-2", ("~u/r", "blob", "a/b", "any", "d/p", Anchor(1, 2))),
        ("https://git.sr.ht/~u/r/tree/main/d/p", ("~u/r", "blob", "main", "any", "d/p", None)),
        ("https://git.sr.ht/%7Eu/r/tree/main", ("~u/r", "tree", "main", "any", "", None)),
        ("https://git.sr.ht/~u/r/blob/main/p", ("~u/r", "raw", "main", "any", "p", None)),
        ("https://git.sr.ht/~u/r/blame/main/p", ("~u/r", "blame", "main", "any", "p", None)),
        (f"https://git.sr.ht/~u/r/commit/{SHA}.patch", ("~u/r", "commit", SHA, "commit", "", None)),
    ],
)
def test_forges(url: str, expected: tuple[object, ...]) -> None:
    parsed = parse_link(url)
    assert parsed is not None
    assert describe(parsed.link) == expected
    assert parsed.defects == ()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{LINUX}/tree/net/x.c#n60", ("HEAD", "any", "blob", "net/x.c", Anchor(60))),
        (f"{LINUX}/tree/net/x.c?id={SHA}#n60", (SHA, "commit", "blob", "net/x.c", Anchor(60))),
        (f"{LINUX}/tree/net/x.c?h=v6.1&id=3115aa6a", ("3115aa6a", "commit", "blob", "net/x.c", None)),
        (f"{LINUX}/tree/net/x.c?h=v6.1", ("v6.1", "any", "blob", "net/x.c", None)),
        (f"{LINUX}/tree/net/x.c?id=v6.1", ("v6.1", "any", "blob", "net/x.c", None)),
        (f"{LINUX}/plain/net/x.c", ("HEAD", "any", "raw", "net/x.c", None)),
        (f"{LINUX}/blame/net/x.c", ("HEAD", "any", "blame", "net/x.c", None)),
        (f"{LINUX}/tree/", ("HEAD", "any", "tree", "", None)),
        (f"{LINUX}/commit/?id={SHA}", (SHA, "commit", "commit", "", None)),
        (f"{LINUX}/commit/net/x.c?id={SHA}", (SHA, "commit", "commit", "", None)),
        (f"{CHROMIUM}/+/69.0.3464.0/net/x.cc#28", ("69.0.3464.0", "any", "blob", "net/x.cc", Anchor(28))),
        (f"{CHROMIUM}/+/{SHA}/net/x.cc#28", (SHA, "commit", "blob", "net/x.cc", Anchor(28))),
        (f"{CHROMIUM}/%2B/{SHA}/net/x.cc", (SHA, "commit", "blob", "net/x.cc", None)),
        (f"{CHROMIUM}/+/refs/heads/main/net/x.cc", ("main", "branch", "blob", "net/x.cc", None)),
        (f"{CHROMIUM}/+/refs/tags/1.0/net/x.cc", ("1.0", "tag", "blob", "net/x.cc", None)),
        (f"{CHROMIUM}/+blame/main/net/x.cc", ("main", "any", "blame", "net/x.cc", None)),
        (f"{CHROMIUM}/+/{SHA}", (SHA, "commit", "commit", "", None)),
        (f"{CHROMIUM}/+/{SHA}%5E%21/", (SHA, "commit", "commit", "", None)),
        (f"{CHROMIUM}/+/{SHA}/", (SHA, "commit", "tree", "", None)),
    ],
)
def test_browsers_of_plain_git(url: str, expected: tuple[object, ...]) -> None:
    parsed = parse_link(url)
    assert parsed is not None
    link = parsed.link
    assert (link.revision, link.revision_kind, link.view, link.path, link.anchor) == expected
    assert link.repository_url in (LINUX, CHROMIUM)
    assert parsed.defects == ()


@pytest.mark.parametrize(
    ("query", "revision", "kind", "anchor"),
    [
        (
            "&version=GBmaster&line=92&lineEnd=99&lineStartColumn=1&lineEndColumn=2&lineStyle=plain&_a=contents",
            "master",
            "branch",
            Anchor(92, 99, 1, 2),
        ),
        (f"&version=GC{SHA}&line=71&lineEnd=72&lineStartColumn=1&lineEndColumn=1", SHA, "commit", Anchor(71)),
        ("&version=GTv1&line=71&lineEnd=75&lineStartColumn=1&lineEndColumn=1", "v1", "tag", Anchor(71, 74)),
        ("&version=GBexamples/v1&line=92", "examples/v1", "branch", Anchor(92)),
        ("&version=GBexamples%2Fv1&line=92&lineEnd=92", "examples/v1", "branch", Anchor(92)),
        ("&line=9&lineEnd=9&lineStartColumn=5&lineEndColumn=8", "HEAD", "any", Anchor(9, 9, 5, 8)),
        ("&line=9&lineEnd=9&lineStartColumn=1&lineEndColumn=1", "HEAD", "any", Anchor(9)),
        ("&line=9&lineEnd=7", "HEAD", "any", Anchor(9, 7)),
        ("&line=x&lineEnd=7", "HEAD", "any", None),
        ("", "HEAD", "any", None),
    ],
)
@pytest.mark.parametrize("path", ["path=/x.go", "path=%2Fx.go", "path=x.go"])
def test_azure(path: str, query: str, revision: str, kind: str, anchor: Anchor | None) -> None:
    parsed = parse_link(f"{AZURE}?{path}{query}")
    assert parsed is not None
    assert describe(parsed.link) == ("org/my%20project/_git/repo", "blob", revision, kind, "x.go", anchor)
    assert clone_url(parsed.link) == AZURE


def test_azure_writes_whole_lines_up_to_the_next_one() -> None:
    link = Permalink("azure", "https://dev.azure.com", "o/_git/r", "blob", SHA, "commit", "a b", Anchor(3, 5))
    assert render_link(link) == (
        f"https://dev.azure.com/o/_git/r?path=/a%20b&version=GC{SHA}"
        "&line=3&lineEnd=6&lineStartColumn=1&lineEndColumn=1&lineStyle=plain&_a=contents"
    )


@pytest.mark.parametrize(
    ("url", "repository_url"),
    [
        ("https://org.visualstudio.com/p/_git/r?path=/x&version=GBm", "https://org.visualstudio.com/p/_git/r"),
        ("https://dev.azure.com/org/_git/r?path=/x", "https://dev.azure.com/org/_git/r"),
        (f"{AZURE}/commit/{SHA}?path=/x", AZURE),
        ("https://me@dev.azure.com/org/p/_git/r?path=/x", "https://dev.azure.com/org/p/_git/r"),
    ],
)
def test_azure_repositories(url: str, repository_url: str) -> None:
    parsed = parse_link(url)
    assert parsed is not None
    assert parsed.link.repository_url == repository_url


@pytest.mark.parametrize(
    ("rest", "revision", "path", "anchor"),
    [
        (f"@{SHA}/-/blob/src/p.go#L123-125", SHA, "src/p.go", Anchor(123, 125)),
        ("@main/-/blob/p.go?L20-21", "main", "p.go", Anchor(20, 21)),
        ("@main/-/blob/p.go?L20:5-21:7&subtree=true", "main", "p.go", Anchor(20, 21, 5, 7)),
        ("@release/1.0/-/blob/p.go#L306:15", "release/1.0", "p.go", Anchor(306, None, 15)),
        ("/-/blob/p.go", "HEAD", "p.go", None),
    ],
)
def test_sourcegraph_shows_another_host(rest: str, revision: str, path: str, anchor: Anchor | None) -> None:
    parsed = parse_link(f"https://sourcegraph.com/github.com/golang/go{rest}")
    assert parsed is not None
    link = parsed.link
    assert (link.host, link.repository_url) == ("github", "https://github.com/golang/go")
    assert (link.revision, link.path, link.anchor) == (revision, path, anchor)
    assert clone_url(link) == "https://github.com/golang/go"


def test_sourcegraph_of_gitlab() -> None:
    parsed = parse_link("https://sourcegraph.com/gitlab.com/g/s/r@main/-/blob/p.c#L3:1-5:2")
    assert parsed is not None
    assert render_link(parsed.link) == "https://gitlab.com/g/s/r/-/blob/main/p.c#L3-5"


@pytest.mark.parametrize(
    ("rest", "view", "revision", "path", "anchor"),
    [
        (f"u/{GIST}#file-name-py-L10-L20", "gist", "HEAD", "name-py", Anchor(10, 20)),
        (f"u/{GIST}#file-name-py", "gist", "HEAD", "name-py", None),
        (f"{GIST}#file-name-py-L10", "gist", "HEAD", "name-py", Anchor(10)),
        (f"u/{GIST}/{SHA}#file-name-py-L10", "gist", SHA, "name-py", Anchor(10)),
        (f"u/{GIST}/{SHA}", "gist", SHA, "", None),
        (f"u/{GIST}/raw/{SHA}/name.py", "raw", SHA, "name.py", None),
        (f"u/{GIST}/raw/name.py", "raw", "HEAD", "name.py", None),
    ],
)
@pytest.mark.parametrize("name", ["gist.github.com", "gist.githubusercontent.com"])
def test_gist(name: str, rest: str, view: str, revision: str, path: str, anchor: Anchor | None) -> None:
    parsed = parse_link(f"https://{name}/{rest}")
    assert parsed is not None
    link = parsed.link
    assert (link.view, link.revision, link.path, link.anchor, parsed.defects) == (view, revision, path, anchor, ())
    assert render_link(link) == f"https://gist.github.com/{rest}"
    assert clone_url(link) == f"https://gist.github.com/{GIST}"


@pytest.mark.parametrize(
    ("url", "kinds"),
    [
        ("https://gitlab.com/g/r/-/blob/main/p#L10-L20", ["foreign-fragment"]),
        ("https://gitlab.com/g/r/-/blob/main/p#L10C2", ["foreign-fragment"]),
        ("https://gitlab.com/g/r/-/blob/main", []),
        ("https://gitlab.com/g/r/-/blob/0123456789abcdef", ["truncated"]),
        ("https://gitlab.com/g/r/-/blob/main/CHANGELOG.md#111", []),
        ("https://codeberg.org/o/r/src/branch/main/p#L10-20", ["half-range"]),
        ("https://bitbucket.org/w/r/src/main/p#L10", ["foreign-fragment"]),
        ("https://bitbucket.org/w/r/src/main/p#lines-1-2", ["foreign-fragment"]),
        (f"{LINUX}/tree/x.c#n60-70", ["half-range"]),
        (f"{LINUX}/tree/x.c#L60-L70", ["foreign-fragment", "half-range"]),
        (f"{CHROMIUM}/+/main/x.c#28-30", ["half-range"]),
        (f"{CHROMIUM}/+/main/x.c#L28", ["foreign-fragment"]),
        ("https://git.sr.ht/~u/r/tree/main/item/p#7", ["missing-l"]),
        (f"{AZURE}?path=/x&amp;version=GBmain", ["escaped"]),
    ],
)
def test_defects(url: str, kinds: list[str]) -> None:
    parsed = parse_link(url)
    assert parsed is not None
    assert [defect.kind for defect in parsed.defects] == kinds
    assert all(defect.reason for defect in parsed.defects)


NO_LINKS = f"""
https://gitlab.com/g https://gitlab.com/g/r https://gitlab.com/g/r/-/issues/3 https://gitlab.com/g/-/blob/main/x
https://gitlab.com/g/r/-/merge_requests/7 https://gitlab.com/explore/a/-/blob/main/x https://gitlab.com/g/r/-/commit/
https://codeberg.org/o/r https://codeberg.org/o/r/issues/3 https://codeberg.org/explore/a/src/branch/main/x
https://codeberg.org/o/r/src https://bitbucket.org/w/r https://bitbucket.org/w/r/pull-requests/3
https://bitbucket.org/w/r/src https://git.sr.ht/~u https://git.sr.ht/~u/r https://git.sr.ht/~u/r/log
https://git.sr.ht/u/r/tree/main/item/x {AZURE} {AZURE}/pullrequest/3 {AZURE}?_a=history
https://dev.azure.com/org/project {LINUX} {LINUX}/log/ {LINUX}/commit/ {CHROMIUM} {CHROMIUM}/+log/main/x
{CHROMIUM}/+/a..b {CHROMIUM}/+refs https://sourcegraph.com/search?q=x https://sourcegraph.com/github.com/golang/go
https://sourcegraph.com/npm/a@1/-/blob/x https://sourcegraph.com/github.com/o/r/-/commit/{SHA}
https://gist.github.com/u https://gist.github.com/u/{GIST} https://gist.github.com/u/{GIST}/revisions
https://raw.githubusercontent.com/o/r https://raw.githubusercontent.com/wiki/o/r/x.md
https://example.org/ https://example.org/o/r/blob/main/x https://example.org/a/src/branch/main/x
https://example.org/a/+/main/x https://example.org/a/tree/x
https://web.archive.org/web/https://github.com/o/r/blob/{SHA}/x
o/r/blob/{SHA}/x ftp://github.com/o/r/blob/main/x mailto:a@github.com file:///o/r/blob/{SHA}/x
https:///o/r/blob/{SHA}/x https://[::1]/o/r/blob/{SHA}/x http:// # / :// https://github.com
"""


@pytest.mark.parametrize("url", NO_LINKS.split())
def test_no_link_to_code(url: str) -> None:
    assert parse_link(url) is None


@pytest.mark.parametrize(
    ("host", "repository", "kind", "expected"),
    [
        ("github", "o/r", "branch", "blob/refs/heads/x/p"),
        ("github", "o/r", "tag", "blob/refs/tags/x/p"),
        ("github", "o/r", "any", "blob/x/p"),
        ("gitlab", "o/r", "branch", "-/blob/x/p?ref_type=heads"),
        ("gitea", "o/r", "commit", "src/commit/x/p"),
        ("gitea", "o/r", "branch", "src/branch/x/p"),
        ("gitea", "o/r", "any", "src/x/p"),
        ("azure", "o/_git/r", "commit", "?path=/p&version=GCx"),
        ("azure", "o/_git/r", "tag", "?path=/p&version=GTx"),
        ("cgit", "o/r.git", "commit", "tree/p?id=x"),
        ("cgit", "o/r.git", "tag", "tree/p?h=x"),
        ("gitiles", "o/r", "branch", "+/refs/heads/x/p"),
    ],
)
def test_the_kind_of_revision_shows(host: str, repository: str, kind: RevisionKind, expected: str) -> None:
    site = "https://code.example.org"
    url = render_link(Permalink(host, site, repository, "blob", "x", kind, "p"))
    assert url == f"{site}/{repository}{'' if expected.startswith('?') else '/'}{expected}"


def test_gitlab_diffs_name_their_file_only() -> None:
    for page in (f"commit/{SHA}", "merge_requests/7/diffs"):
        parsed = parse_link(f"https://gitlab.com/g/r/-/{page}#{SHA1}_10_12")
        assert parsed is not None
        assert (parsed.link.diff, parsed.link.anchor) == (SHA1, None)
        assert render_link(parsed.link) == f"https://gitlab.com/g/r/-/{page}#{SHA1}"


def test_rendering_an_unknown_grammar() -> None:
    with pytest.raises(ValueError, match="unknown kind of host"):
        render_link(Permalink("svn", "https://x.org", "o/r", "blob"))
