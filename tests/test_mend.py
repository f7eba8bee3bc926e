"""Repairs are written so that every other byte stays."""

from pathlib import Path

import pytest
from audits import URL, audit_of, project

from auditor.cli import main
from auditor.mend import Edit, apply_edits, diff_texts, safe_edits
from auditor.model import Citation, Edits, Finding, Judgement, Place, Replacement, Resolution, Span, Unlooked
from auditor.read import decode_text

FILES = {"a_b.py": "def first():\n    return 1\n" + "x = 1\n" * 20, "b(c).py": "x = 1\n", "é.py": "x = 1\n"}
AT = f"{URL}/blob/{{sha}}"
WRONG, RIGHT = f"{AT}/a_b.py#L1-#L2", f"{AT}/a_b.py#L1-L2"


def mended(text: str, name: str = "report.md", encoding: str = "utf-8", mark: bytes = b"") -> str:
    """The document with its safe replacements, after which there must be none left."""
    made = project(FILES)
    sha = made.id("main")
    data = mark + text.replace("{sha}", sha).encode(encoding)
    for _ in range(2):
        decoded = decode_text(data, name)
        edits = safe_edits(audit_of({URL: made}, data, name).judgements)
        data = decoded.encode(apply_edits(decoded.text, edits))
    assert edits == []
    assert data.startswith(mark)
    return data.removeprefix(mark).decode(encoding).replace(sha, "{sha}")


TEXT = f'Ünï — “first”:\r\n\r\n[`first`]({WRONG} "a title") and\n<{WRONG}>\rend  \t\n\n\n no line feed at the end'
ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with a byte order mark": (b"\xef\xbb\xbf", "utf-8"),
    "utf-16, little end first": (b"\xff\xfe", "utf-16-le"),
    "utf-16, big end first": (b"\xfe\xff", "utf-16-be"),
    "utf-16 without a mark": (b"", "utf-16-le"),
    "windows": (b"", "cp1252"),
}


@pytest.mark.parametrize(("mark", "encoding"), ENCODINGS.values(), ids=ENCODINGS)
def test_encoding_line_ends_and_spaces_stay(mark: bytes, encoding: str) -> None:
    assert mended(TEXT, "report.md", encoding, mark) == TEXT.replace(WRONG, RIGHT)


def test_bytes_that_are_in_no_windows_page_stay() -> None:
    assert mended(f"caf\xe9 \x81\x8d {WRONG}\r\n", encoding="latin-1") == f"caf\xe9 \x81\x8d {RIGHT}\r\n"


def test_nothing_to_mend_is_the_same_document() -> None:
    assert mended(f"{RIGHT}\r\n{AT}/gone.py\n") == f"{RIGHT}\r\n{AT}/gone.py\n"


CONSTRUCTS = {
    "a copy in the link's text": ("report.md", f"[{WRONG}]({WRONG})", f"[{RIGHT}]({RIGHT})"),
    "a copy in HTML": ("report.html", f'<a href="{WRONG}">{WRONG}</a>', f'<a href="{RIGHT}">{RIGHT}</a>'),
    "a title": ("report.md", f"[x]({WRONG} 'a title')", f"[x]({RIGHT} 'a title')"),
    "punctuation": ("report.md", f"({WRONG}), **{WRONG}**; `{WRONG}`.", f"({RIGHT}), **{RIGHT}**; `{RIGHT}`."),
    "a reference": ("report.md", f"[a]\n\n[a]: <{WRONG}> 'x'\n", f"[a]\n\n[a]: <{RIGHT}> 'x'\n"),
    "a target": ("report.rst", f".. _a: {WRONG}\n\n`x <{WRONG}>`_\n", f".. _a: {RIGHT}\n\n`x <{RIGHT}>`_\n"),
    "two lines": ("report.txt", f"see {AT}/\na_b.py#L1-L2\nend", f"see {RIGHT}\nend"),
    "LaTeX around it": ("report.md", rf"$\underline{{{RIGHT}}}$ end", f"{RIGHT} end"),
    "an escaped underscore": ("report.md", rf"see {AT}/a\_b.py#L1-L2 end", f"see {RIGHT} end"),
    "brackets": ("report.md", f"[x]({AT}/B(c).py#L1)", f"[x]({AT}/b%28c%29.py#L1)"),
    "other letters": ("report.md", f"{AT}/É.py#L1", f"{AT}/%C3%A9.py#L1"),
    "no scheme": ("report.md", "github.com/o/r/blob/main/a_b.py#L1-L2", RIGHT),
}


@pytest.mark.parametrize(("name", "before", "after"), CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_what_stands_around_a_link_stays(name: str, before: str, after: str) -> None:
    assert mended(before, name) == after


def test_the_other_half_of_a_split_link_is_removed() -> None:
    commit = project(FILES).id("main")
    start = f"{URL}/blob/{commit[:36]}"
    before = f'<p><a href="{start}">{start}</a>\n{commit[36:]}/a_b.py#L1-L2 shows it</p>'
    assert mended(before, "report.html") == f'<p><a href="{RIGHT}">{RIGHT}</a> shows it</p>'


def test_an_ampersand_stays_a_reference() -> None:
    made = project(FILES)
    url = "https://dev.azure.com/team/p/_git/r"
    query = f"?path=/a_b.py&amp;version=GC{made.id('main')}&amp;line=5&amp;lineEnd=3"
    before = f'<a href="{url}{query}">x</a>'
    edits = safe_edits(audit_of({url: made}, before, "report.html").judgements)
    after = apply_edits(before, edits)
    assert "&amp;line=3&amp;" in after
    assert after.count("&") == after.count("&amp;")


def judgement(replacement: str, *targets: Span, removed: tuple[Span, ...] = (), safe: bool = True) -> Judgement:
    place = Place("report.md", 1, 1, 1, 1)
    citation = Citation("link", place, "x", None, edits=Edits(targets, removed))
    finding = Finding("malformed-link", "error", "", place, "", "x", Replacement(replacement, safe))
    return Judgement(Resolution(citation, Unlooked("")), "broken", None, (finding,))


def test_of_overlapping_mends_the_first_is_made_whole() -> None:
    first = judgement("A", Span(4, 6), removed=(Span(8, 9),))
    second = judgement("B", Span(0, 2), removed=(Span(5, 7),))
    third = judgement("C", Span(6, 8))
    edits = safe_edits([first, second, third])
    assert edits == [Edit(Span(4, 6), "A"), Edit(Span(6, 8), "C"), Edit(Span(8, 9), "")]
    assert apply_edits("0123456789", edits) == "0123AC9"


def test_unsafe_replacements_are_not_written() -> None:
    assert safe_edits([judgement("A", Span(0, 2), safe=False)]) == []


def test_a_diff_that_patch_understands() -> None:
    assert diff_texts("r.md", "a\nb", "a\nc") == (
        "--- a/r.md\n+++ b/r.md\n@@ -1,2 +1,2 @@\n a\n"
        "-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )
    assert diff_texts("r.md", "a\r\nb\r\n", "a\r\nc\r\n").endswith(" a\r\n-b\r\n+c\r\n")


def fix(report: Path, content: bytes) -> tuple[int, bytes]:
    """Write the report and run `--fix` on it; gives the exit code and what the file holds then."""
    made = project(FILES)
    report.write_bytes(content.replace(b"{sha}", made.id("main").encode()))
    mirror = ["--mirror", f"{URL}={made.path}", "--cache-dir", str(report.parent / "cache")]
    code = main(["check", "--fix", "--quiet", *mirror, str(report)])
    return code, report.read_bytes().replace(made.id("main").encode(), b"{sha}")


def test_the_second_run_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, after = fix(tmp_path / "report.md", f"{WRONG}\r\n".encode())
    assert (code, after) == (1, f"{RIGHT}\r\n".encode())
    assert fix(tmp_path / "report.md", after) == (0, after)
    assert capsys.readouterr().err == f"auditor: mended {tmp_path / 'report.md'}\n"


def test_a_pdf_is_never_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = linked_pdf(WRONG.replace("{sha}", project(FILES).id("main")))
    code, _ = fix(tmp_path / "report.pdf", before)
    assert code == 1
    assert "malformed-link" in capsys.readouterr().out
    assert (tmp_path / "report.pdf").read_bytes() == before


def linked_pdf(url: str) -> bytes:
    """The smallest PDF with a link on its one page."""
    annotation = f"<< /Type /Annot /Subtype /Link /Rect [10 10 90 20] /A << /S /URI /URI ({url}) >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources << >> /Annots [{annotation}] >>",
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 4\n0000000000 65535 f \n{table}{trailer}".encode()
