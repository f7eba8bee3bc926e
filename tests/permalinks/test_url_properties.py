"""What holds for every URL and every link: nothing raises, and writing then reading gives the same link back."""

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.permalink import Anchor, ParsedLink, Permalink, RevisionKind, View
from auditor.permalinks import clone_url, parse_link, parse_repository, render_link

SITES = [
    "https://github.com",
    "https://ghe.example.org:8443",
    "https://raw.githubusercontent.com",
    "https://gist.github.com",
    "https://gist.githubusercontent.com",
    "https://gitlab.com",
    "https://codeberg.org",
    "https://bitbucket.org",
    "https://git.sr.ht",
    "https://dev.azure.com",
    "https://org.visualstudio.com",
    "https://android.googlesource.com",
    "https://sourcegraph.com",
    "https://git.kernel.org",
    "http://code.example.org",
]

# Defects that a canonical URL cannot be rid of: what is missing stays missing.
LASTING = {"missing-revision", "truncated", "overlong-commit"}

NASTY = [
    "a b.py", "a#b", "a#L10", "100%", "%23L10", "%2F", "why?", "x&amp;y", "x&y=z", "back\\_slash", "naïve.py",
    "日本.rs", "c++", "@ember", "blob", "tree", "refs", "heads", "src", "commit", "branch", "item", "-", "+",
    "_git", "..", ".", "(group)", "[id]", "L10", "x.git", "~", "$a", "a:b", "a,b;c", "'", '"', "`", "<b>", "\t",
    "\n", "\x00", "😀",
]  # fmt: skip
segments = st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=8)).filter(lambda text: "/" not in text)
paths = st.lists(st.one_of(segments, st.just("")), min_size=1, max_size=5).map("/".join).map(lambda p: p.rstrip("/"))
shas = st.text("0123456789abcdef", min_size=40, max_size=40)
names = st.from_regex(r"[a-cX0-9]{1,3}([._-][a-c0-9]{1,3})?", fullmatch=True).filter(
    lambda name: not name.endswith(".git")
)
revision_names = segments.filter(lambda name: name != "refs" and ".." not in name)
numbers = st.integers(0, 10**12)
single = st.none() | st.builds(Anchor, numbers)
ranges = st.builds(Anchor, numbers, numbers)
uneven = single | ranges.filter(lambda anchor: anchor.start != anchor.end)  # Azure cannot tell L42-L42 from L42
columns = st.builds(Anchor, numbers, st.none(), numbers) | st.builds(Anchor, numbers, numbers, numbers, numbers)
VIEWS: tuple[View, ...] = ("blob", "raw", "blame", "edit")
KINDS: tuple[RevisionKind, ...] = ("commit", "branch", "tag", "any")


def links(
    host: str,
    site: str,
    repositories: st.SearchStrategy[str],
    kinds: str,
    views: str = "blob raw blame edit",
    lines: st.SearchStrategy[Anchor | None] = single | ranges,
) -> st.SearchStrategy[Permalink]:
    """Links to files on one host, with every kind of revision that its URLs can tell apart."""
    chosen = [kind for kind in KINDS if kind in kinds.split()]
    revisions = st.one_of([st.tuples(shas if kind == "commit" else revision_names, st.just(kind)) for kind in chosen])
    return st.builds(
        lambda repository, view, revision, path, anchor: Permalink(
            host, site, repository, view, revision[0], revision[1], path, anchor
        ),
        repositories,
        st.sampled_from([view for view in VIEWS if view in views.split()]),
        revisions,
        paths.filter(bool),
        lines,
    )


two = st.builds("{}/{}".format, names, names)
three = st.builds("{}/{}/_git/{}".format, names, names, names)
LINKS = {
    "github": links("github", "https://github.com", two, "commit branch tag any"),
    "github-columns": links("github", "https://github.com", two, "commit", "blob", columns),
    "enterprise": links("github", "http://code.example.org:8443", two, "commit", "blob"),
    "gitlab": links("gitlab", "https://gitlab.com", two, "commit branch tag any"),
    "gitea": links("gitea", "https://codeberg.org", two, "commit branch tag"),
    "bitbucket": links("bitbucket", "https://bitbucket.org", two, "commit any", "blob raw blame"),
    "sourcehut": links("sourcehut", "https://git.sr.ht", two.map("~{}".format), "commit any", "blob raw blame"),
    "azure": links("azure", "https://dev.azure.com", three, "commit branch tag", "blob", uneven),
    "cgit": links("cgit", "https://git.kernel.org", two.map("{}.git".format), "commit any", "blob raw blame", single),
    "gitiles": links("gitiles", "https://x.googlesource.com", two, "commit branch tag", "blob blame", single),
}


@pytest.mark.parametrize("host", LINKS)
def test_a_link_survives_writing_and_reading(host: str) -> None:
    @given(LINKS[host])
    def survives(link: Permalink) -> None:
        assert parse_link(render_link(link)) == ParsedLink(link)
        assert parse_repository(render_link(link)) == link.repository_url

    survives()


@given(
    digest=shas.map(lambda sha: sha + sha[:24]),
    lines=single | ranges,
    sha=st.none() | shas,
    number=st.integers(0, 10**9),
)
def test_a_diff_survives_writing_and_reading(digest: str, lines: Anchor | None, sha: str | None, number: int) -> None:
    link = Permalink("github", "https://github.com", "o/r", "pull", diff=digest, anchor=lines, number=number)
    if lines:
        link = replace(link, side="R")
    if sha:
        link = replace(link, revision=sha, revision_kind="commit")
        commit = replace(link, view="commit", number=None)
        assert parse_link(render_link(commit)) == ParsedLink(commit)
    assert parse_link(render_link(link)) == ParsedLink(link)


PIECES = [
    "/", "/", "/", "o", "r", "blob", "tree", "raw", "blame", "edit", "commit", "branch", "tag", "pull", "files",
    "src", "refs", "heads", "tags", "main", "/-/", "/+/", "/+", "%2B", "item", "_git", "org", "~u", "x.git",
    ".git", "x.py", "..", ".", "0" * 40, "0" * 64, "0123456789abcdef0123", "a" * 45, "abc1234", "%2F", "%2f",
    "%20", "%23", "%23L10", "%", "%68eads", "%72efs", "%62ranch", "^!", "~", "@", "@main", "\\_", "\\#", "&amp;",
    "?", "#", "L", "L10", "-L20", "-20", "C3", "lines-", ":5", "n60", "7", "#L10", "#L10-L20", "#L1-#L9",
    "file-", "-L7", "-x-py", "diff-", "R5", "L6", "id=", "h=", "path=/", "&", "version=GB", "version=GC",
    "line=9", "&lineEnd=10", "&lineEndColumn=1", "&lineStartColumn=4", "ref_type=heads", "github.com",
    "gitlab.com", "merge_requests/3/diffs", "raw/",
]  # fmt: skip
urls = st.builds(
    "{}/{}".format, st.sampled_from(SITES), st.lists(st.sampled_from(PIECES) | segments, max_size=14).map("".join)
)


@settings(max_examples=1500)
@given(urls)
def test_what_can_be_read_can_be_written_and_read_again(url: str) -> None:
    parsed = parse_link(url)
    if parsed is None:
        return
    again = parse_link(render_link(parsed.link))
    assert again is not None
    lost = {defect.kind for defect in parsed.defects} & {"half-range"} and parsed.link.host in ("cgit", "gitiles")
    expected = (
        replace(parsed.link, anchor=Anchor(parsed.link.anchor.start)) if lost and parsed.link.anchor else parsed.link
    )
    assert again.link == expected
    assert {defect.kind for defect in again.defects} <= LASTING
    assert clone_url(again.link) == clone_url(parsed.link)


@given(st.text() | urls | urls.map(lambda url: url.partition("//")[2]))
def test_nothing_raises(url: str) -> None:
    parsed = parse_link(url)
    assert parsed is None or render_link(parsed.link).startswith(parsed.link.site)
    repository = parse_repository(url)
    assert repository is None or re.match(r"https?://[^/\s]+/.", repository)


HOSTILE = [
    "/",
    "a/",
    ".git",
    "%23L1",
    "#L1-",
    "-L1",
    "L1",
    "\\_",
    "&amp;",
    "/-/",
    "/+a",
    "/+/",
    "/tree/",
    ".git/",
    "1",
    "a",
    "@",
]


@pytest.mark.parametrize(
    "piece", [*HOSTILE, "%2F", "..", "../", "?id=", "&a=", "refs/heads/", "blob/", "_git/", "/item/", "\ud800"]
)
@pytest.mark.parametrize(
    "form", ["{}/{}", "{}/o/r/blob/main/{}", "{}/o/r/-/blob/{}", "{}/o/r/x#L{}", "{}/o/_git/r?path={}"]
)
def test_time_grows_with_the_length_only(form: str, piece: str) -> None:
    """100 kB of anything take less than half a second on any host; quadratic work would take far longer."""
    begin = time.perf_counter()
    for site in SITES:
        parsed = parse_link(form.format(site, piece * (100_000 // len(piece)) + "!"))
        assert parsed is None or render_link(parsed.link)
    assert time.perf_counter() - begin < 0.5 * len(SITES)
