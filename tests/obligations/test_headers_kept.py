"""The notices at the top of vendored files, their place, and the marks on changed files."""

from dataclasses import replace

import pytest
from shipped_project import component, supply, text

from auditor.licenses.texts.index import text_words
from auditor.model import Lines
from auditor.model.manifest import Distribution
from auditor.model.obligation import Artifact, Obligation, Shipping
from auditor.model.shipment import ChangedFile, Copy, Mark
from auditor.obligations.run import judge_shipping

FIRST_LINES = text_words("BSD-2-Clause-first-lines").text
HEADER = ("# Copyright 2010 Pallets", "# Keep this notice.")
FILE = ChangedFile("core.py", "core.py", lines=40, kept=40, header="kept", header_lines=Lines(1, 2), header_first=True)
STRIPPED = replace(FILE, kept=38, header="stripped", header_missing=HEADER, header_first=False)


def judged(license_text: str, atom: str, *files: ChangedFile, **texts: str) -> Obligation:
    shipped = {"p/_vendor/flask/LICENSE": license_text, **texts}
    content = tuple(text(path, one) for path, one in shipped.items())
    artifact = Artifact("dist/p.source", "source", content, (component("flask"),), certain=True)
    one = supply("flask", {"LICENSE": license_text}, source=Copy(changed=files))
    subjects = (made.subject for made in judge_shipping(Shipping(Distribution(("source",)), (one,), (artifact,))))
    (found,) = (made for made in subjects if isinstance(made, Obligation) and made.clause and made.clause.atom == atom)
    return found


def test_the_notice_stays_first() -> None:
    assert judged(FIRST_LINES, "source-position", replace(FILE, added=3)).verdict == "fulfilled"
    moved = judged(FIRST_LINES, "source-position", replace(FILE, added=3, header_first=False))
    assert (moved.verdict, moved.breach) == ("violated", "notice-position")
    assert [one.document for one in moved.evidence] == ["p/_vendor/flask/core.py"]


def test_a_notice_that_is_gone_is_told_once() -> None:
    gone = judged(FIRST_LINES, "source-position", STRIPPED)
    assert (gone.verdict, gone.breach) == ("violated", None)
    assert judged(FIRST_LINES, "source-keep", STRIPPED).breach == "notice-missing"


REUSE = {
    "a side file": "p/_vendor/flask/core.py.license",
    "the folder": "p/LICENSES/flask.txt",
    "the table": "p/REUSE.toml",
    "the older table": ".reuse/dep5",
}


@pytest.mark.parametrize("path", REUSE.values(), ids=REUSE)
def test_reuse_keeps_a_header_elsewhere(path: str) -> None:
    found = judged(FIRST_LINES, "source-keep", STRIPPED, **{path: "\n".join(HEADER)})
    assert found.verdict == "fulfilled"
    moved = judged(FIRST_LINES, "source-position", STRIPPED, **{path: "\n".join(HEADER)})
    assert moved.breach == "notice-position"


def test_another_file_does_not_keep_it() -> None:
    found = judged(FIRST_LINES, "source-keep", STRIPPED, **{"README": "\n".join(HEADER)})
    assert found.breach == "notice-missing"


def test_an_altered_header_is_told_as_such() -> None:
    altered = replace(STRIPPED, kept=39, header="altered", header_missing=HEADER[:1])
    found = judged(FIRST_LINES, "source-keep", altered)
    assert (found.verdict, found.breach) == ("violated", "notice-altered")
    assert "Copyright 2010 Pallets" in found.evidence[0].note


APACHE = text_words("Apache-2.0").text
CHANGED = replace(FILE, added=5)
MARKS = {
    "none": ((), "violated"),
    "in the file": ((Mark("core.py", 3, "# Changed by us"),), "fulfilled"),
    "a patch": ((Mark("fix.patch", 1, "+++ core.py"),), "fulfilled"),
    "a list of changes": ((Mark("CHANGES", 1, "core.py changed"),), "review"),
}


@pytest.mark.parametrize(("marks", "verdict"), MARKS.values(), ids=MARKS)
def test_changed_files_say_so(marks: tuple[Mark, ...], verdict: str) -> None:
    found = judged(APACHE, "mark-changes", replace(CHANGED, marks=marks))
    assert found.verdict == verdict
    assert bool(found.readings) == (verdict == "review")


def test_zlib_accepts_any_mark() -> None:
    zlib = text_words("Zlib").text
    listed = replace(CHANGED, marks=(Mark("CHANGES", 1, "core.py changed"),))
    assert judged(zlib, "state-changes", listed).verdict == "fulfilled"
    assert judged(zlib, "state-changes", CHANGED).breach == "changes-unmarked"


def test_a_notice_alone_is_no_change_that_must_be_marked() -> None:
    assert judged(APACHE, "mark-changes", STRIPPED).verdict == "fulfilled"
    assert judged(APACHE, "mark-changes", replace(STRIPPED, added=1)).verdict == "violated"


def test_thousands_of_files_are_counted_not_listed() -> None:
    files = tuple(replace(CHANGED, path=f"f{number}.py") for number in range(3000))
    found = judged(APACHE, "mark-changes", *files)
    assert found.reason.startswith("3000 files, first p/_vendor/flask/f0.py")
    assert len(found.evidence) == 50
