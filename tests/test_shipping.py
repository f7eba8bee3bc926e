"""`auditor obligations` from end to end: real repositories, real archives, and whatever can go wrong with a notice."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shipping_project import HEADER, NAMES, NOTICE, NOTICES, TODAY, App

from auditor.model import Audit

Change = Callable[[App], object]
Told = set[str]

WHEEL_ONLY = {"source wheel"}
BOTH = {"source wheel", "source sdist"}
EVERYWHERE = {"binary wheel", *BOTH}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The project without a notices file: the texts in the copies are all that it passes on."""
    return App(tmp_path_factory.mktemp("bare") / "app")


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The project with a notices file that `auditor notices` wrote, in the wheel and in the sdist."""
    made = App(tmp_path_factory.mktemp("noted") / "app")
    ran = made.run("notices")
    assert (ran.code, ran.out) == (0, ""), ran
    made.build()
    return made


@pytest.fixture
def changed(app: App, noted: App) -> Iterator[Callable[[Change, bool], Audit]]:
    """Audits either project after a change; the change is undone at the end, and then nothing may be wrong."""
    touched: list[tuple[App, dict[Path, bytes]]] = []

    def audit(change: Change, with_notices: bool) -> Audit:
        one = noted if with_notices else app
        touched.append((one, {path: path.read_bytes() for path in one.folder.rglob("*") if path.is_file()}))
        change(one)
        one.build()
        return one.audit()

    yield audit
    for one, files in touched:
        shutil.rmtree(one.folder)
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert_clean(one.audit())


def assert_clean(audit: Audit) -> None:
    """Nothing is wrong, left open, or not looked at."""
    assert audit.shipping is not None
    counts = audit.shipping.verdict_counts()
    assert (counts["violated"], counts["review"], counts["unexamined"]) == (0, 0, 0)
    assert counts["fulfilled"] > 0
    assert (audit.findings, audit.incidents) == ((), ())


def verdicts(audit: Audit) -> dict[str, Told]:
    """What is neither fulfilled nor beside the point: "verdict name clause" to the occasions and artifacts."""
    assert audit.shipping is not None
    found: dict[str, Told] = {}
    for one in audit.shipping.obligations:
        if one.verdict not in ("fulfilled", "not-applicable"):
            clause = one.clause.name if one.clause else "?"
            kind = "wheel" if str(one.artifact).endswith(".whl") else "sdist"
            found.setdefault(f"{one.verdict} {one.dependency.name} {clause}", set()).add(f"{one.when} {kind}")
    return found


def findings(audit: Audit) -> set[str]:
    """ "severity rule" of every finding."""
    return {f"{one.severity} {one.rule}" for one in audit.findings}


def dropped(name: str, file: str) -> Change:
    """A file of a copy was not taken along."""
    return lambda app: app.path(f"{App.place(name)}/{file}").unlink()


def reworded(path: str, old: str, new: str = "") -> Change:
    """Words of a file of the project were replaced."""
    return lambda app: app.change(path, old, new)


def cut(path: str, at: str) -> Change:
    """A file ends before certain words."""
    return lambda app: app.write(path, app.read(path).partition(at)[0])


def moved(app: App) -> None:
    """The text of a copy went to the folder that REUSE has for licences."""
    app.write("LICENSES/dice.txt", app.read(DICE))
    app.path(DICE).unlink()


def both(*changes: Change) -> Change:
    """One change after the other."""
    return lambda app: [change(app) for change in changes]


def removed(app: App) -> None:
    """A package is no longer used: its copy and its entry are gone, the notices file was forgotten."""
    shutil.rmtree(app.path(App.place("dice")))
    app.write("auditor.toml", App.manifest(NAMES[1:]))


DICE, JUGGLE = f"{App.place('dice')}/LICENSE.rst", f"{App.place('juggle')}/LICENSE"
CORE = f"{App.place('rocket')}/core.py"
MIT = "permission notice condition"
MARK = "# Changed by App Inc. on 2026-11-01: seven is eight.\n"
CHANGED_CODE = reworded(CORE, "value + 7", "value + 8")


def test_all_is_right(app: App, noted: App) -> None:
    """With and without a notices file, and from the library as from the command line."""
    assert_clean(app.audit())
    assert_clean(noted.audit())


@pytest.mark.parametrize(
    ("change", "told", "where"),
    [
        (dropped("dice", "LICENSE.rst"), "notice-missing", {"dice clause 1": BOTH, "dice clause 2": {"binary wheel"}}),
        (dropped("juggle", "LICENSE"), "notice-missing", {f"juggle {MIT}": EVERYWHERE}),
        (dropped("rocket", "LICENSE"), "notice-missing", {"rocket section 4(a)": EVERYWHERE}),
        (reworded(DICE, "The Dice Team", "App Inc."), "notice-altered",
         {"dice clause 1": BOTH, "dice clause 2": {"binary wheel"}}),
        (reworded(JUGGLE, "Jane Roe", "App Inc."), "notice-altered", {f"juggle {MIT}": EVERYWHERE}),
        (cut(DICE, "THIS SOFTWARE IS PROVIDED"), "notice-altered",
         {"dice clause 1": BOTH, "dice clause 2": {"binary wheel"}}),
        (cut(JUGGLE, "THE SOFTWARE IS PROVIDED"), "notice-altered", {f"juggle {MIT}": EVERYWHERE}),
        (reworded(CORE, HEADER), "notice-missing", {"rocket section 4(c)": BOTH}),
        (reworded(CORE, HEADER.splitlines(True)[0]), "notice-altered", {"rocket section 4(c)": BOTH}),
        (CHANGED_CODE, "changes-unmarked", {"rocket section 4(b)": {"modified wheel", "modified sdist"}}),
        (moved, "notice-missing", {"dice clause 1": WHEEL_ONLY, "dice clause 2": {"binary wheel"}}),
    ],
    ids="bsd-dropped mit-dropped apache-dropped bsd-holder mit-holder bsd-disclaimer mit-disclaimer header-stripped "
    "header-shortened change-unmarked moved-out-of-the-wheel".split(),
)  # fmt: skip
def test_each_fault_has_its_verdict(
    changed: Callable[[Change, bool], Audit], change: Change, told: str, where: dict[str, Told]
) -> None:
    audit = changed(change, False)
    assert findings(audit) == {f"error {told}"}
    assert verdicts(audit) == {f"violated {clause}": places for clause, places in where.items()}
    assert audit.incidents == ()


@pytest.mark.parametrize(
    ("change", "told", "where"),
    [
        (dropped("dice", "LICENSE.rst"), {"warning notice-missing"}, {"review dice clause 1": {"source sdist"}}),
        (dropped("juggle", "LICENSE"), set(), {}),
        (dropped("rocket", "LICENSE"), set(), {}),
        (dropped("rocket", "NOTICE"), set(), {}),
        (reworded(DICE, "The Dice Team", "App Inc."), {"error notice-altered"},
         {"violated dice clause 1": {"source sdist"}}),
        (cut(DICE, "THIS SOFTWARE IS PROVIDED"), {"error notice-altered"},
         {"violated dice clause 1": {"source sdist"}}),
        (moved, set(), {}),
        (removed, {"warning notice-stale"}, {}),
        (both(dropped("rocket", "NOTICE"), reworded(NOTICES, NOTICE.split("\n\n")[2])),
         {"warning apache-notice-missing"},
         {"review rocket section 4(d)": EVERYWHERE}),
        (both(dropped("rocket", "NOTICE"), cut(NOTICES, NOTICE)), {"warning apache-notice-missing"},
         {"violated rocket section 4(d)": EVERYWHERE}),
    ],
    ids="bsd-dropped mit-dropped apache-dropped notice-file-dropped bsd-holder bsd-disclaimer moved-to-LICENSES "
    "dependency-removed notice-paragraph notice-whole".split(),
)  # fmt: skip
def test_what_the_notices_file_makes_up_for(
    changed: Callable[[Change, bool], Audit], change: Change, told: set[str], where: dict[str, Told]
) -> None:
    """The wheel is right by it; BSD asks source code to retain its notice, yet where exactly is for a person to say."""
    audit = changed(change, True)
    assert (findings(audit), verdicts(audit), audit.incidents) == (told, where, ())


@pytest.mark.parametrize(
    "change",
    [
        both(CHANGED_CODE, reworded(CORE, HEADER, f"{HEADER}{MARK}")),
        reworded(f"{App.place('dice')}/core.py", "value + 7", "value + 8"),
        dropped("rocket", "core.py"),
        reworded(CORE, "\n", "\r\n"),
        reworded(DICE, ", ", ",\n  "),
    ],
    ids="change-marked bsd-code-changed file-left-out line-ends notice-wrapped".split(),
)
def test_what_is_no_fault(changed: Callable[[Change, bool], Audit], change: Change) -> None:
    assert_clean(changed(change, False))


def test_a_finding_stands_where_it_can_be_mended(changed: Callable[[Change, bool], Audit]) -> None:
    """In the file of the project, once, though two archives carry it; with the clause at its permalink."""
    (finding,) = changed(CHANGED_CODE, False).findings
    assert Path(finding.place.document).parts[-4:] == ("app", "_vendor", "rocket", "core.py")
    clause = finding.related[0]
    assert clause.url.startswith("https://github.com/o/rocket/blob/")
    assert "LICENSE#L" in clause.url


def test_a_removed_dependency_that_the_manifest_still_names(changed: Callable[[Change, bool], Audit]) -> None:
    """Its path matches nothing, and nothing is owed any more."""
    audit = changed(lambda app: shutil.rmtree(app.path(App.place("dice"))), True)
    assert findings(audit) == {"error manifest-problem", "warning notice-stale"}
    assert verdicts(audit) == {}


def test_a_copy_that_nobody_declared_is_found(changed: Callable[[Change, bool], Audit]) -> None:
    """By the blob ids of its files, under any name; without its notice it is a fault like any other."""

    def hidden(app: App) -> None:
        app.path(App.place("dice")).rename(app.path("src/app/helpers"))
        app.path("src/app/helpers/LICENSE.rst").unlink()
        manifest = app.read("auditor.toml").replace(f'path = "{App.place("dice")}"\n', "")
        app.write("auditor.toml", manifest)

    audit = changed(hidden, False)
    assert findings(audit) == {"error notice-missing"}
    assert verdicts(audit) == {"violated dice clause 1": BOTH, "violated dice clause 2": {"binary wheel"}}


def test_the_same_input_gives_the_same_audit(app: App) -> None:
    assert app.audit() == app.audit()
    assert app.audit(today=TODAY.replace(year=2027)) == app.audit()
