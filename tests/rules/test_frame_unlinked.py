import pytest
from audits import URL, audit, audit_of, finding_of, project, rules_of

CODE = "def run(app):\n    app.start()\n    return app\n"
FILES = {"src/app.py": CODE, "src/b.py": "y = 1\n"}
LINK = "https://github.com/o/r/blob/{sha}/src/b.py#L1"


@pytest.mark.parametrize("written", ["run, app.py:2", "see src/app.py:2 there", "see app.py:2 there"])
def test_the_one_cited_repository_that_has_it_is_the_remedy(written: str) -> None:
    found = audit(FILES, f"{LINK}\n\n{written}\n")
    finding = finding_of(found, "frame-unlinked")
    assert finding.severity == "note"
    assert finding.remedy.startswith("link it: https://github.com/o/r/blob/")
    assert finding.remedy.endswith("/src/app.py#L2")
    assert finding.replacement is None
    assert found.incidents == ()


def test_nothing_is_known_of_the_file() -> None:
    found = audit(FILES, f"{LINK}\n\nrun, other.py:2\n")
    assert finding_of(found, "frame-unlinked").remedy == "link it at the commit that is meant"
    assert found.judgements[1].verdict == "unexamined"
    assert found.incidents == ()


def test_two_cited_repositories_have_it() -> None:
    other = "https://github.com/o/other"
    projects = {URL: project(FILES), other: project(FILES)}
    found = audit_of(projects, f"{LINK} {LINK.replace(URL, other)}\n\nrun, app.py:2\n")
    remedy = finding_of(found, "frame-unlinked").remedy
    assert remedy.startswith("link what is meant of ")
    assert f"{URL}/blob/" in remedy
    assert f"{other}/blob/" in remedy


def test_a_frame_with_a_link_is_fine() -> None:
    assert rules_of(audit(FILES, "run, app.py:2\nhttps://github.com/o/r/blob/{sha}/src/app.py#L1\n")) == []
