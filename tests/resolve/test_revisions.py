"""From what is written between `blob` and the path to a commit: ids, abbreviations, branches, tags, dates."""

from pathlib import Path

import pytest
from audits import URL, audit_of, changing_project, finding_of, judgement_of, resolution_of, rules_of
from upstream import Upstream, run

from auditor.model import Audit

FILE = "".join(f"line{number} = {number}\n" for number in range(1, 10))


@pytest.fixture(scope="module")
def shop() -> Upstream:
    """Three days of `main`, a branch and tags with slashes in their names."""
    made = changing_project({"a.py": FILE}, {"b.py": FILE}, {"c.py": FILE})
    first = made.git("rev-list", "--max-parents=0", "main")
    made.commit({"only.py": FILE}, branch="release/v2.x", start=first)
    made.tag("v1.0", first)
    made.tag("pkg/v1.0", first)
    made.git("update-ref", "refs/tags/light", first)
    return made


def check(shop: Upstream, place: str, as_of: str | None = None) -> Audit:
    return audit_of({URL: shop}, f"{URL}/blob/{place}", as_of=as_of)


@pytest.mark.parametrize(
    ("written", "kind", "path"),
    [
        ("main/c.py", "branch", "c.py"),
        ("refs/heads/main/c.py", "branch", "c.py"),
        ("HEAD/c.py", "head", "c.py"),
        ("release/v2.x/only.py", "branch", "only.py"),
        ("release%2Fv2.x/only.py", "branch", "only.py"),
        ("v1.0/a.py", "tag", "a.py"),
        ("light/a.py", "tag", "a.py"),
        ("refs/tags/v1.0/a.py", "tag", "a.py"),
        ("pkg/v1.0/a.py", "tag", "a.py"),
        ("{sha1}/a.py", "commit", "a.py"),
    ],
)
def test_names_and_where_they_end(shop: Upstream, written: str, kind: str, path: str) -> None:
    found = check(shop, f"{written}#L3")
    revision = resolution_of(found).revision
    assert revision is not None
    assert revision.kind == kind
    permalink = judgement_of(found).permalink
    assert permalink == f"{URL}/blob/{revision.commit}/{path}#L3"
    assert judgement_of(found).verdict == "resolved"


def test_the_old_name_of_a_default_branch(shop: Upstream) -> None:
    assert judgement_of(check(shop, "master/c.py#L3")).permalink == f"{URL}/blob/{shop.id('main')}/c.py#L3"


def test_a_branch_that_really_is_called_master() -> None:
    made = changing_project({"a.py": FILE})
    old = made.commit({"old.py": FILE}, branch="master", start=made.id("main"))
    assert judgement_of(check(made, "master/old.py#L3")).permalink == f"{URL}/blob/{old}/old.py#L3"


@pytest.mark.parametrize("digits", [4, 7, 12, 39])
def test_abbreviations(shop: Upstream, digits: int) -> None:
    commit = shop.id("main")
    found = check(shop, f"{commit[:digits]}/c.py#L3")
    assert rules_of(found) == ["abbreviated-commit"]
    assert judgement_of(found).permalink == f"{URL}/blob/{commit}/c.py#L3"


def test_capitals_in_an_id_are_no_finding(shop: Upstream) -> None:
    found = check(shop, f"{shop.id('main').upper()}/c.py#L3")
    assert rules_of(found) == []
    assert judgement_of(found).permalink == f"{URL}/blob/{shop.id('main')}/c.py#L3"


def test_the_id_of_an_annotated_tag_means_its_commit(shop: Upstream) -> None:
    tag = shop.git("rev-parse", "refs/tags/v1.0")
    commit = shop.id("v1.0^{commit}")
    assert tag != commit
    assert judgement_of(check(shop, f"{tag}/a.py#L3")).permalink == f"{URL}/blob/{commit}/a.py#L3"


@pytest.mark.parametrize(
    ("day", "number"), [("2020-01-01", 1), ("2020-01-02", 2), ("2020-01-03", 3), ("2030-01-01", 3)]
)
def test_a_branch_is_read_as_of_a_day(shop: Upstream, day: str, number: int) -> None:
    commits = shop.git("rev-list", "--reverse", "main").split()
    permalink = judgement_of(check(shop, "main/a.py#L3", day)).permalink
    assert permalink == f"{URL}/blob/{commits[number - 1]}/a.py#L3"


def test_a_day_before_the_branch_began(shop: Upstream) -> None:
    found = check(shop, "main/a.py#L3", "2019-12-31")
    assert judgement_of(found).verdict == "unexamined"
    assert "the branch main has no commit of 2019-12-31 or before" in found.incidents[0].message


def test_commits_and_tags_do_not_depend_on_the_day(shop: Upstream) -> None:
    assert judgement_of(check(shop, "v1.0/a.py#L3", "2019-12-31")).verdict == "resolved"
    assert judgement_of(check(shop, "{sha3}/c.py#L3", "2019-12-31")).verdict == "resolved"


def test_the_reports_own_history_gives_the_day(shop: Upstream, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    text = f"{URL}/blob/main/a.py#L3\n"
    report.write_text(text, "utf-8")
    run("init", "--quiet", folder=tmp_path)
    run("add", "report.md", folder=tmp_path)
    run("commit", "--quiet", "-m", "report", folder=tmp_path, date="2020-01-02T12:00:00Z")
    revision = resolution_of(audit_of({URL: shop}, text, str(report), path=report)).revision
    assert revision is not None
    assert revision.commit == shop.git("rev-list", "--reverse", "main").split()[1]


def test_neighbours_lend_their_commit_to_an_id_that_is_a_digit_off() -> None:
    made = changing_project({"a.py": FILE})
    good = made.id("main")
    wrong = ("0" if good[0] != "0" else "1") + good[1:]
    far = "0123456789" * 4
    found = audit_of({URL: made}, f"{URL}/blob/{good}/a.py#L1 {URL}/blob/{far}/a.py#L1 {URL}/blob/{wrong}/a.py#L2")
    repairs = [judgement.resolution.repair for judgement in found.judgements]
    assert repairs[:2] == [None, None]
    assert repairs[2] is not None
    assert repairs[2].safe
    assert repairs[2].link.revision == good


def test_two_neighbours_cite_two_commits() -> None:
    made = changing_project({"a.py": FILE}, {"b.py": FILE})
    text = f"{URL}/blob/{{sha1}}/a.py#L1 {URL}/blob/{{sha2}}/a.py#L1 {URL}/a.py#L2"
    finding = finding_of(audit_of({URL: made}, text), "missing-revision")
    assert finding.replacement is not None
    assert not finding.replacement.safe
    # The nearest link is the likelier one.
    assert f"/blob/{made.id('main')}/" in finding.replacement.text
