"""Every form of GitHub URL that real documents hold, and what each of them means."""

import pytest

from auditor.model.permalink import Anchor, Permalink
from auditor.permalinks import clone_url, parse_link, render_link

SHA = "3115aa6a6276939f5fd6efa46282e0256ff21f1a"
SHA256 = "23ceed4d2a9f0e4f08ead9fd5b74b481e40e029fd83cd0453f9c0a2edfd53577"
MD5 = "3c1b078733a5ed0277a059b90eecf685"
SITE = "https://github.com"
FILE = f"{SITE}/pallets/werkzeug/blob/{SHA}/src/werkzeug/serving.py"


def read(url: str) -> tuple[Permalink, list[str]]:
    """The link and the kinds of its defects."""
    parsed = parse_link(url)
    assert parsed is not None, url
    return parsed.link, [defect.kind for defect in parsed.defects]


@pytest.mark.parametrize(
    ("fragment", "anchor", "defects"),
    [
        ("", None, []),
        ("#L10", Anchor(10), []),
        ("#L10-L20", Anchor(10, 20), []),
        ("#L42-L42", Anchor(42, 42), []),
        ("#L20-L10", Anchor(20, 10), []),
        ("#L0", Anchor(0), []),
        ("#L14C26-L14C44", Anchor(14, 14, 26, 44), []),
        ("#L14C26", Anchor(14, None, 26), []),
        ("#L99999999999999999999", Anchor(99999999999999999999), []),
        ("#L" + "9" * 5000, None, []),
        ("#L10-20", Anchor(10, 20), ["half-range"]),
        ("#L1-#L9", Anchor(1, 9), ["second-hash"]),
        ("#L66-#L78", Anchor(66, 78), ["second-hash"]),
        ("#LL54C1-L54C1", Anchor(54, 54, 1, 1), ["doubled-l"]),
        ("#L54-LL60", Anchor(54, 60), ["doubled-l"]),
        ("#L95/", Anchor(95), ["trailing-slash"]),
        ("#97", Anchor(97), ["missing-l"]),
        ("#97-99", Anchor(97, 99), ["missing-l"]),
        ("#n97", Anchor(97), ["foreign-fragment"]),
        ("#lines-10:20", Anchor(10, 20), ["foreign-fragment"]),
        ("#L10\u2013L20", Anchor(10, 20), ["foreign-fragment"]),
        (r"\#L696", Anchor(696), ["escaped"]),
        (r"#L10\-L12", Anchor(10, 12), ["escaped"]),
        ("%23L10", Anchor(10), ["escaped"]),
        ("%23L10-%23L12", Anchor(10, 12), ["escaped", "second-hash"]),
        ("?a=b&amp;plain=1#L9", Anchor(9), ["escaped"]),
        ("#:~:text=def%20emit(self", None, []),
        ("#L10:~:text=emit", Anchor(10), []),
        ("?plain=1#L143", Anchor(143), []),
        ("?from_branch=main#L1-L2", Anchor(1, 2), []),
        ("?raw=true", None, []),
        ("#2-installation", None, []),
        ("#l10n", None, []),
        ("#step-2", None, []),
        ("#L", None, []),
        ("#L10-", None, []),
        ("#\u0661", None, []),
    ],
)
def test_fragment(fragment: str, anchor: Anchor | None, defects: list[str]) -> None:
    link, found = read(FILE + fragment)
    assert link.anchor == anchor
    assert found == defects
    assert (link.repository, link.revision, link.path) == ("pallets/werkzeug", SHA, "src/werkzeug/serving.py")


@pytest.mark.parametrize(
    ("rest", "view", "revision", "kind", "path"),
    [
        (f"blob/{SHA}/p.py", "blob", SHA, "commit", "p.py"),
        (f"blob/{SHA256}/p.py", "blob", SHA256, "commit", "p.py"),
        ("blob/1a2b3c4d/p.py", "blob", "1a2b3c4d", "any", "p.py"),
        ("blob/v0.8.7/p.py", "blob", "v0.8.7", "any", "p.py"),
        ("blob/op-contracts/v1.5.0/p.py", "blob", "op-contracts", "any", "v1.5.0/p.py"),
        ("blob/release/v2.6.x/p.py", "blob", "release", "any", "v2.6.x/p.py"),
        ("blob/release%2Fv2.6.x/p.py", "blob", "release/v2.6.x", "any", "p.py"),
        ("blob/HEAD@{2020-01-01}/p.py", "blob", "HEAD@{2020-01-01}", "any", "p.py"),
        ("blob/refs/heads/main/p.py", "blob", "main", "branch", "p.py"),
        ("blob/refs/tags/v1/p.py", "blob", "v1", "tag", "p.py"),
        ("blob/refs/%68eads/main/p.py", "blob", "main", "branch", "p.py"),
        ("blob/refs/heads", "blob", "refs", "any", "heads"),
        ("tree/main", "tree", "main", "any", ""),
        ("tree/main/", "tree", "main", "any", ""),
        ("tree/main/src/", "tree", "main", "any", "src"),
        ("tree/main//p.py", "tree", "main", "any", "/p.py"),
        ("blob/main/a//b.py", "blob", "main", "any", "a//b.py"),
        ("blame/main/p.py", "blame", "main", "any", "p.py"),
        ("raw/main/p.py", "raw", "main", "any", "p.py"),
        ("edit/main/p.py", "edit", "main", "any", "p.py"),
        ("blob/main/packages/%40ember/a%20b.ts", "blob", "main", "any", "packages/@ember/a b.ts"),
        ("blob/main/a%23L10/100%25.py", "blob", "main", "any", "a#L10/100%.py"),
        ("blob/main/blob/main/x", "blob", "main", "any", "blob/main/x"),
        (r"blob/main/\_\_init\_\_.py", "blob", "main", "any", "__init__.py"),
    ],
)
@pytest.mark.parametrize("repository", ["o/r", "o/r.git"])
def test_path(repository: str, rest: str, view: str, revision: str, kind: str, path: str) -> None:
    link, _ = read(f"{SITE}/{repository}/{rest}")
    assert (link.repository, link.view, link.revision, link.revision_kind, link.path) == (
        "o/r",
        view,
        revision,
        kind,
        path,
    )


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://github.com/o/r/blob/main/p", SITE),
        ("github.com/o/r/blob/main/p", SITE),
        ("www.github.com/o/r/blob/main/p", SITE),
        ("HTTPS://WWW.GitHub.COM/o/r/blob/main/p", SITE),
        ("https://github.com:443/o/r/blob/main/p", SITE),
        ("https://user:secret@github.com/o/r/blob/main/p", SITE),
        ("https://github.com//o/r/blob/main/p", SITE),
        (f"http://ghe.example.org:8443/o/r/blob/{SHA}/p", "http://ghe.example.org:8443"),
        (f"https://github.com@evil.example/o/r/blob/{SHA}/p", "https://evil.example"),
    ],
)
def test_site(url: str, site: str) -> None:
    assert read(url)[0].repository_url == f"{site}/o/r"


def test_a_file_without_blob_and_revision() -> None:
    link, defects = read("https://github.com/pallets/werkzeug/serving.py#L97")
    assert link == Permalink("github", SITE, "pallets/werkzeug", "blob", path="serving.py", anchor=Anchor(97))
    assert defects == ["missing-revision"]
    assert render_link(link) == "https://github.com/pallets/werkzeug/serving.py#L97"


@pytest.mark.parametrize(
    ("rest", "path"),
    [("src/a.rs", "src/a.rs"), ("Makefile#L3", "Makefile"), ("a/b#L1-L2", "a/b"), ("blob//src/a.py#L3", "src/a.py")],
)
def test_more_files_without_revision(rest: str, path: str) -> None:
    link, defects = read(f"{SITE}/o/r/{rest}")
    assert (link.revision, link.path, defects) == (None, path, ["missing-revision"])


@pytest.mark.parametrize("view", ["blob", "raw", "blame", "edit"])
def test_a_link_that_ends_at_the_revision(view: str) -> None:
    link, defects = read(f"{SITE}/pallets/werkzeug/{view}/3115aa6a6276939f5fd6efa46282e0256ff2")
    assert (link.revision, link.revision_kind, link.path) == ("3115aa6a6276939f5fd6efa46282e0256ff2", "any", "")
    assert defects == ["truncated"]


@pytest.mark.parametrize(
    ("digits", "defects"), [(40, []), (41, ["overlong-commit"]), (63, ["overlong-commit"]), (64, [])]
)
def test_a_commit_id_that_is_too_long(digits: int, defects: list[str]) -> None:
    assert read(f"{SITE}/o/r/blob/{'a' * digits}/p")[1] == defects
    assert read(f"{SITE}/o/r/commit/{'a' * digits}")[1] == defects
    assert read(f"{SITE}/o/r/pull/1/commits/{'a' * digits}")[1] == defects


@pytest.mark.parametrize(
    ("fragment", "diff", "side", "anchor"),
    [
        ("", None, None, None),
        ("#r123", None, None, None),
        (f"#diff-{SHA256}", SHA256, None, None),
        (f"#diff-{SHA256}R600-R632", SHA256, "R", Anchor(600, 632)),
        (f"#diff-{SHA256}R600", SHA256, "R", Anchor(600)),
        (f"#diff-{SHA256}L7-L9", SHA256, "L", Anchor(7, 9)),
        (f"#diff-{SHA256}L10R12", SHA256, "R", Anchor(12)),
        (f"#diff-{SHA256}L10R12-L14R16", SHA256, "R", Anchor(12, 16)),
        (f"#diff-{SHA256}L10-R12", SHA256, "R", Anchor(12)),
        (f"#diff-{MD5}R18", MD5, "R", Anchor(18)),
    ],
)
def test_commit(fragment: str, diff: str | None, side: str | None, anchor: Anchor | None) -> None:
    for form in (f"commit/{SHA}", f"pull/17/commits/{SHA}", f"pull/17/files/{SHA}", f"pull/17/changes/aaa..{SHA}"):
        link, defects = read(f"{SITE}/o/r/{form}{fragment}")
        assert (link.diff, link.side, link.anchor, link.revision) == (diff, side, anchor, SHA)
        assert (link.view, link.number) == (("commit", None) if form.startswith("commit") else ("pull", 17))
        assert (link.revision_kind, defects) == ("commit", [])


@pytest.mark.parametrize("ending", [".patch", ".diff", "/checks"])
def test_commit_in_another_dress(ending: str) -> None:
    assert read(f"{SITE}/o/r/commit/{SHA}{ending}")[0].revision == SHA


@pytest.mark.parametrize("rest", ["files", "changes", f"files#diff-{SHA256}L10R12", f"changes#diff-{SHA256}R1", ""])
def test_pull_request(rest: str) -> None:
    parsed = parse_link(f"{SITE}/o/r/pull/17/{rest}")
    if not rest:
        assert parsed is None
    else:
        assert parsed is not None
        link = parsed.link
        assert (link.view, link.number, link.revision) == ("pull", 17, None)
        assert (link.diff is not None) == ("#" in rest)


def test_the_conversation_of_a_pull_request_can_show_a_diff() -> None:
    assert read(f"{SITE}/o/r/pull/17#diff-{SHA256}R3")[0].anchor == Anchor(3)


@pytest.mark.parametrize(
    ("url", "revision", "kind"),
    [
        (f"https://raw.githubusercontent.com/o/r/{SHA}/src/p.py", SHA, "commit"),
        ("https://raw.githubusercontent.com/o/r/main/src/p.py?token=x", "main", "any"),
        ("https://raw.githubusercontent.com/o/r/refs/heads/main/src/p.py", "main", "branch"),
        ("https://raw.githubusercontent.com/o/r/refs/tags/v1/src/p.py", "v1", "tag"),
        ("https://raw.github.com/o/r/main/src/p.py", "main", "any"),
    ],
)
def test_raw_host(url: str, revision: str, kind: str) -> None:
    link, defects = read(url)
    assert (link.host, link.repository_url, link.view) == ("github", "https://github.com/o/r", "raw")
    assert (link.revision, link.revision_kind, link.path, defects) == (revision, kind, "src/p.py", [])
    assert clone_url(link) == "https://github.com/o/r"


NO_LINKS = """
o o/ o/r o/r/ o/r.git o/r#readme o/r?tab=readme-ov-file o/r/issues o/r/issues/3#issuecomment-97 o/r/pull/17
o/r/pull/17/commits o/r/pull/17#discussion_r97 o/r/pulls o/r/wiki/a.md#L3 o/r/releases/download/v1/a.js
o/r/releases/tag/v1 o/r/actions/workflows/ci.yml o/r/settings o/r/tags o/r/branches o/r/commits/main/a.py
o/r/compare/a...b.py o/r/graphs/code-frequency o/r/network/dependencies o/r/projects/1 o/r/security/policy
o/r/discussions/97 o/r/stargazers o/r/archive/main.zip o/r/labels/a.c o/r/milestones o/r/pulse o/r/packages/1
o/r/blob o/r/tree o/r/commit o/r/commit/ o/r/docs o/r/.git orgs/o/r.py sponsors/o/a.py features/actions/a.js
topics/a/b.py apps/x/y.py o/../blob/main/x.py o/./blob/main/x.py o/.git/blob/main/x.py
"""


@pytest.mark.parametrize("rest", NO_LINKS.split())
def test_no_link_to_code(rest: str) -> None:
    assert parse_link(f"{SITE}/{rest}") is None


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (f"{FILE}#L651-#L659", f"{FILE}#L651-L659"),
        (f"{SITE}/o/r.git/blob/main/a%20b.py?plain=1#97", f"{SITE}/o/r/blob/main/a%20b.py#L97"),
        (f"{SITE}/o/r/blob/main/a%2523L10.py", f"{SITE}/o/r/blob/main/a%2523L10.py"),
        (f"{SITE}/o/r/blob/main/a%23L10#", f"{SITE}/o/r/blob/main/a%23L10#"),
        (f"{SITE}/o/r/blob/main/(a)/[id].ts", f"{SITE}/o/r/blob/main/%28a%29/%5Bid%5D.ts"),
        ("https://raw.githubusercontent.com/o/r/refs/tags/v1/p", f"{SITE}/o/r/raw/refs/tags/v1/p"),
        (f"{SITE}/o/r/pull/17/changes#diff-{SHA256}L10R12", f"{SITE}/o/r/pull/17/files#diff-{SHA256}R12"),
    ],
)
def test_canonical_url(written: str, canonical: str) -> None:
    assert render_link(read(written)[0]) == canonical
