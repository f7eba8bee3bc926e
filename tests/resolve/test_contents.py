"""What stands at a path: text in any shape, links in the tree, and things without lines."""

import pytest
from audits import URL, audit, audit_of, finding_of, judgement_of, located_of, project, rules_of
from upstream import Content, Link, Submodule

from auditor.fetch import Limits
from auditor.model import Lines

CODE = "def run():\n    return 1\n"
FILES: dict[str, Content] = {
    "real/app.py": CODE,
    "link.py": Link("real/app.py"),
    "folder": Link("real"),
    "outside.py": Link("../../etc/passwd"),
    "circle.py": Link("circle.py"),
    "module": Submodule("a" * 40),
    "large.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n",
    "image.png": b"\x89PNG\0\0\n\n\n",
    "crlf.py": "a = 1\r\nb = 2\r\n",
    "unended.py": "a = 1\nb = 2",
    "latin.py": b"# \xe9t\xe9\nx = 1\n",
    "form.py": "a = 1\x0cb = 2\u2028c = 3\nd = 4\n",
    "long.py": "x = 1\n" * 1000,
}
AT = f"{URL}/blob/{{sha}}"


@pytest.mark.parametrize("path", ["link.py", "folder/app.py"])
def test_links_inside_the_tree_are_followed(path: str) -> None:
    found = audit(FILES, f"[`run()`]({AT}/{path}#L1)")
    assert judgement_of(found).verdict == "verified"
    assert located_of(found).path == "real/app.py"
    assert rules_of(found) == []


@pytest.mark.parametrize("path", ["outside.py", "circle.py"])
def test_links_that_lead_nowhere_have_no_lines(path: str) -> None:
    finding = finding_of(audit(FILES, f"{AT}/{path}#L1"), "path-not-found")
    assert "a symbolic link that leads to no file" in finding.message
    assert rules_of(audit(FILES, f"{AT}/{path}")) == []


def test_a_submodule_is_another_repository() -> None:
    assert located_of(audit(FILES, f"{URL}/tree/{{sha}}/module")).content == "submodule"
    assert "is a submodule" in finding_of(audit(FILES, f"{AT}/module#L1"), "path-not-found").message


@pytest.mark.parametrize("place", ["module/x.py#L1", "module/x.py", "module/deep/x.py"])
def test_nothing_is_shown_below_a_submodule(place: str) -> None:
    files = FILES | {"own/x.py": CODE}
    finding = finding_of(audit(files, f"{AT}/{place}"), "path-not-found")
    assert "lies in the submodule module, which is another repository" in finding.message
    assert finding.replacement is None


@pytest.mark.parametrize(("path", "content"), [("large.bin", "lfs-pointer"), ("image.png", "binary")])
def test_lines_of_what_is_no_text_are_not_judged(path: str, content: str) -> None:
    found = audit(FILES, f"[`run()`]({AT}/{path}#L2)")
    located = located_of(found)
    assert (located.content, located.lines, located.line_count) == (content, None, None)
    assert judgement_of(found).verdict == "resolved"
    assert rules_of(found) == []


def test_lines_of_what_is_too_large_are_not_judged() -> None:
    found = audit_of({URL: project(FILES)}, f"{AT}/long.py#L2", limits=Limits(blob_bytes=4000))
    assert located_of(found).content == "too-large"
    assert rules_of(found) == []


@pytest.mark.parametrize(
    ("path", "count", "last"),
    [
        ("crlf.py", 2, ("b = 2",)),
        ("unended.py", 2, ("b = 2",)),
        ("latin.py", 2, ("x = 1",)),
        ("form.py", 2, ("d = 4",)),
    ],
)
def test_lines_are_counted_as_hosts_do(path: str, count: int, last: tuple[str, ...]) -> None:
    located = located_of(audit(FILES, f"{AT}/{path}#L2"))
    assert (located.line_count, located.excerpt) == (count, last)


def test_the_excerpt_of_a_long_range_is_short() -> None:
    located = located_of(audit(FILES, f"{AT}/long.py#L1-L1000"))
    assert located.lines == Lines(1, 1000)
    assert located.excerpt == ("x = 1",) * 12


def test_the_enclosing_definition_is_told() -> None:
    symbol = located_of(audit(FILES, f"{AT}/real/app.py#L2")).symbol
    assert symbol is not None
    assert (symbol.name, symbol.start, symbol.end) == ("run", 1, 2)
