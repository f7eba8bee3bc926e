"""What was changed since a revision, by real git in real repositories."""

from pathlib import Path

import pytest
from upstream import run

from auditor.errors import UsageError
from auditor.fetch.changes import changed_since
from auditor.model.change import Touched
from auditor.model.resolution import Lines

TEXT = "".join(f"line {number}\n" for number in range(1, 21))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with one commit on `main`, on a branch `work` that begins there."""
    folder = tmp_path / "project"
    folder.mkdir()
    run("init", "--quiet", "--initial-branch=main", folder=folder)
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_text(TEXT)
    (folder / "b.md").write_text(TEXT.replace("line", "row"))
    commit(folder)
    run("checkout", "--quiet", "-b", "work", folder=folder)
    return folder


def commit(folder: Path) -> None:
    """Commit everything."""
    run("add", "--all", folder=folder)
    run("commit", "--quiet", "--message=work", "--no-gpg-sign", folder=folder)


def changed(folder: Path, revision: str = "main") -> dict[str, Touched]:
    """The changed files of a repository."""
    changes = changed_since(folder, revision)
    assert changes is not None
    assert changes.root == str(folder.resolve())
    return dict(changes.files)


def touched(*lines: tuple[int, int]) -> Touched:
    """A file in which these lines were touched."""
    return Touched(tuple(Lines(*pair) for pair in lines))


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text of a file."""
    file.write_text(file.read_text().replace(old, new))


def test_nothing_changed(project: Path) -> None:
    assert changed(project) == {}


def test_changed_and_added_lines(project: Path) -> None:
    edit(project / "docs" / "a.md", "line 3\n", "line three\n")
    edit(project / "docs" / "a.md", "line 9\n", "line 9\nnew\nnewer\n")
    assert changed(project) == {"docs/a.md": touched((3, 3), (10, 11))}
    commit(project)
    assert changed(project) == {"docs/a.md": touched((3, 3), (10, 11))}


def test_the_neighbours_of_what_is_gone_are_touched(project: Path) -> None:
    edit(project / "b.md", "row 1\n", "")
    edit(project / "b.md", "row 9\n", "")
    assert changed(project) == {"b.md": touched((1, 1), (7, 8))}


def test_what_others_did_on_the_other_branch_is_not_ours(project: Path) -> None:
    edit(project / "b.md", "row 5\n", "ours\n")
    commit(project)
    run("checkout", "--quiet", "main", folder=project)
    edit(project / "docs" / "a.md", "line 5\n", "theirs\n")
    commit(project)
    run("checkout", "--quiet", "work", folder=project)
    assert changed(project) == {"b.md": touched((5, 5))}


def test_a_new_file_is_all_new_tracked_or_not(project: Path) -> None:
    (project / "new.md").write_text(TEXT.upper())
    assert changed(project)["new.md"].whole
    commit(project)
    assert changed(project)["new.md"].whole


def test_files_that_git_ignores_are_not_looked_at(project: Path) -> None:
    (project / ".gitignore").write_text("*.pdf\n")
    (project / "out.pdf").write_text("x")
    assert list(changed(project)) == [".gitignore"]


def test_a_renamed_file_has_only_its_own_changes(project: Path) -> None:
    run("mv", "docs/a.md", "docs/c.md", folder=project)
    assert changed(project) == {"docs/c.md": Touched()}
    edit(project / "docs" / "c.md", "line 7\n", "line seven\n")
    assert changed(project) == {"docs/c.md": touched((7, 7))}


def test_a_deleted_file_is_of_no_interest(project: Path) -> None:
    (project / "b.md").unlink()
    assert changed(project) == {}


def test_a_binary_file_is_touched_as_a_whole(project: Path) -> None:
    (project / "a.pdf").write_bytes(b"%PDF\0" * 9)
    commit(project)
    (project / "a.pdf").write_bytes(b"%PDF\0" * 8)
    assert changed(project, "HEAD")["a.pdf"] == Touched(whole=True)


@pytest.mark.parametrize(
    "name", ['quo"te.md', "tab\tand space .md", "ümläut 🚀.md", "back\\slash.md", "-x.md", "a => b.md"]
)
def test_unusual_names(project: Path, name: str) -> None:
    (project / name).write_text(TEXT * 2)
    commit(project)
    run("config", "core.quotePath", "false", folder=project)
    edit(project / name, "line 4\n", "line four\n")
    assert changed(project, "HEAD") == {name: touched((4, 4), (24, 24))}


def test_contents_that_look_like_a_diff(project: Path) -> None:
    evil = "++ b/docs/a.md\n@@ -1 +1,999 @@\n-- a/docs/a.md\ndiff --git a/x b/x\n"
    (project / "b.md").write_text(evil * 3)  # without a line feed at the end in the next line
    (project / "b.md").write_text((evil * 3).rstrip("\n"))
    assert changed(project) == {"b.md": touched((1, 12))}


def test_the_repository_decides_nothing_that_is_run(project: Path, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    for key in (
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "diff.external",
        "diff.evil.textconv",
    ):
        run("config", key, f"touch {trace}; cat", folder=project)
    run("config", "core.fsmonitor", f"touch {trace}", folder=project)
    run("config", "filter.evil.required", "true", folder=project)
    (project / ".git" / "info" / "attributes").write_text("*.md filter=evil diff=evil\n")
    (project / "docs" / "a.md").write_text(TEXT.replace("line 2\n", "line two\n"))
    assert changed(project) == {"docs/a.md": touched((2, 2))}
    assert not trace.exists()


def test_settings_of_the_repository_do_not_change_the_answer(project: Path) -> None:
    settings = {"diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.ui": "always", "diff.context": "5"}
    for key, value in (settings | {"diff.interHunkContext": "9", "diff.relative": "true"}).items():
        run("config", key, value, folder=project)
    edit(project / "b.md", "row 3\n", "row three\n")
    edit(project / "b.md", "row 6\n", "row six\n")
    assert changed_since(project / "docs", "main") == changed_since(project, "main")
    assert changed(project) == {"b.md": touched((3, 3), (6, 6))}


def test_no_repository(tmp_path: Path) -> None:
    assert changed_since(tmp_path, "main") is None


@pytest.mark.parametrize("revision", ["gone", "--help", "-O/etc/passwd", "", "main..work", "HEAD:b.md"])
def test_a_revision_that_is_none(project: Path, revision: str) -> None:
    with pytest.raises(UsageError, match="there is no such commit here"):
        changed_since(project, revision)


def test_too_little_history(project: Path) -> None:
    run("checkout", "--quiet", "--orphan", "island", folder=project)
    (project / "b.md").write_text("alone\n")
    commit(project)
    with pytest.raises(UsageError, match="no history in common"):
        changed_since(project, "main")


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    run("init", "--quiet", "--initial-branch=main", folder=tmp_path)
    with pytest.raises(UsageError, match="there is no such commit here"):
        changed_since(tmp_path, "main")
