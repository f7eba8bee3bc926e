"""References against real repositories: what is found, what is not, and what is offered instead."""

import time

import pytest
from cited import (
    URL,
    lines_of,
    outcome_of,
    outcomes_of,
    outline_of,
    pinned,
    place_of,
    unresolved_of,
    written_in,
)
from upstream import Content, Link, Submodule

from auditor.cite import needed_blobs, parse_references, resolve_references
from auditor.errors import FetchError
from auditor.model import Unlooked
from auditor.model.reference import CitedPlace, Pin, Unresolved

SERVER = '''\
"""A server: execute(it)."""


class Handler:
    """Answers."""

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, value):
        self._name = value

    @functools.cache
    @staticmethod
    def run_wsgi(self):
        """Calls execute(app)."""

        def execute(app):
            return list(app(1, 2))

        # execute(app) comes next
        try:
            execute(self.server.app)
        except OSError as error:
            execute(error)
        reexecute(self)
        return "]] | x"


class Other:
    def log(self):
        return self.server.app


def run():
    server.run()
    return log("é")
'''
BSD = """\
Copyright 2010 Jane Roe

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this
   list of conditions and the following disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice,
   this list of conditions and the following disclaimer in the documentation
   and/or other materials provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""
FILES: dict[str, Content] = {
    "src/project/serving.py": SERVER,
    "src/project/__init__.py": "",
    "src/other/__init__.py": "x = 1\n",
    "src/project/two.py": "def run():\n    pass\n\n\nif x:\n    def run():\n        pass\n",
    "LICENSE.rst": BSD,
    "licenses/BOTH.txt": BSD + "\n\n-----\n\n" + BSD,
    "COPYING": "All rights are reserved by whoever wrote this.\n",
    "notes.txt": "one\r\ntwo\r\n\r\nlast",
    "link.py": Link("src/project/serving.py"),
    "lost.py": Link("nowhere.py"),
    "module": Submodule("a" * 40),
    "logo.png": b"\x89PNG\0\0\n\n\n",
    "large.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n",
    "wide.txt": "é\u2028still\x0cone\nсловo\n".encode("utf-16"),
    "latin.py": b"# \xe9t\xe9\ndef run():\n    return '\xe9'\n",
}
FOUND = {
    "src/project/serving.py": None,
    "serving.py": None,
    "project/serving.py::Handler": (4, 29),
    "serving.py::Handler.run_wsgi": (15, 29),  # with its decorators
    "serving.py::run_wsgi()": (15, 29),
    "serving.py::Handler::run_wsgi": (15, 29),
    "serving.py::run": (37, 39),
    "serving.py::name#1": (7, 9),
    "serving.py::Handler.name#2": (11, 13),
    'serving.py::run_wsgi@"execute(self.server.app)"': (25, 25),
    'serving.py::run_wsgi@"execute("#2': (20, 20),
    'serving.py::run_wsgi@"]] | x"': (29, 29),
    'serving.py::run_wsgi@"try:".."execute("': (24, 25),
    'serving.py::run_wsgi@"try:".."execute("#2': (24, 27),
    'serving.py::run_wsgi@"try:".."try:"': (24, 24),
    "serving.py::run_wsgi@call:execute#1": (25, 25),
    "serving.py::run_wsgi@call:execute#2": (27, 27),
    "serving.py::run_wsgi@call:reexecute()": (28, 28),
    "serving.py::run@call:run": (38, 38),
    "serving.py::run@call:server.run": (38, 38),
    "serving.py::@call:server.run": (38, 38),
    'serving.py::@"class Other:"': (32, 32),
    'serving.py::run@"é"': (39, 39),
    "serving.py::L3": (3, 3),
    "serving.py::L3-L39": (3, 39),
    "LICENSE.rst::clause 1": (6, 7),
    "LICENSE.rst::Clause  2": (9, 11),
    "LICENSE.rst::disclaimer": (13, 22),
    'LICENSE.rst::clause 2@"and/or"': (11, 11),
    'LICENSE.rst::@"Copyright 2010"': (1, 1),
    "BOTH.txt::clause 1#2": (32, 33),
    'notes.txt::@"last"': (4, 4),
    "notes.txt::L4": (4, 4),
    'wide.txt::@"слов"': (2, 2),
    "latin.py::run": (2, 3),
    'latin.py::run@"é"': (3, 3),
    "link.py::run": (37, 39),
}


@pytest.mark.parametrize("target", FOUND)
def test_what_is_there_once_is_found(target: str) -> None:
    assert lines_of(FILES, target) == FOUND[target]


def test_the_whole_way_from_a_name_to_a_permalink() -> None:
    place = place_of(FILES, "serving.py::run_wsgi")
    assert place.link.path == "src/project/serving.py"
    assert place.symbol is not None
    assert (place.symbol.name, place.symbol.kind) == ("Handler.run_wsgi", "function")
    assert place.permalink == f"{URL}/blob/{place.link.revision}/src/project/serving.py#L15-L29"
    assert len(place.link.revision or "") == 40
    assert place.excerpt == tuple(SERVER.splitlines()[14:29])
    assert (place.left_out, place.language, place.license) == (0, "python", "BSD-3-Clause")


def test_a_file_has_no_lines_of_its_own() -> None:
    place = place_of(FILES, "link.py")
    assert place.permalink == f"{URL}/blob/{place.link.revision}/src/project/serving.py"
    assert (place.lines, place.excerpt, place.left_out) == (None, (), 0)


def test_a_clause_has_its_name_as_the_licence_has_it() -> None:
    assert place_of(FILES, "LICENSE.rst::CLAUSE 2").clause == "clause 2"


def test_a_long_excerpt_is_cut() -> None:
    long: dict[str, Content] = {"a.py": "def run():\n" + "    x = 1\n" * 200, "b.txt": "y" * 9000 + "\n"}
    place = place_of(long, "a.py::run")
    assert len(place.excerpt) == 60
    assert place.left_out == 141
    assert [len(line) for line in place_of(long, "b.txt::L1").excerpt] == [501]


MISSING: dict[str, tuple[str, list[str]]] = {
    "srving.py": ("has no file srving.py", ["src/project/serving.py"]),
    "src/serving.py::run": ("has no file src/serving.py", ["src/project/serving.py::run"]),
    "SRC/project/serving.py": ("has no file", ["src/project/serving.py"]),
    "io.py": ("has no file io.py", []),
    "../serving.py": ("has no file", ["src/project/serving.py"]),
    "src/project": ("is a folder", []),
    "module/a.py": ("is in a submodule", []),
    "lost.py": ("a symbolic link that leads to no file", []),
    "serving.py::run_wsgii": ("defines no run_wsgii", ["serving.py::Handler.run_wsgi"]),
    'serving.py::run_wsgi2@"try:"|see': ("defines no run_wsgi2", ['serving.py::Handler.run_wsgi@"try:"|see']),
    "serving.py::Server.run": ("defines no Server.run", ["serving.py::run"]),
    "serving.py::nothing_like_it": ("defines no nothing_like_it", []),
    "serving.py::Handler.name#3": ("only 2 times", ["serving.py::Handler.name#1", "serving.py::Handler.name#2"]),
    "serving.py::run#2": ("only once", ["serving.py::run"]),
    'serving.py::Other@"execute(self.server.app)"': (
        "stands on no line of Other in src/project/serving.py",
        ['serving.py::Handler.run_wsgi@"execute(self.server.app)"'],
    ),
    'serving.py::run@"execute("': (
        "on no line of run in",
        ['serving.py::Handler.run_wsgi.execute@"execute("', 'serving.py::Handler.run_wsgi@"execute("#3'],
    ),
    'serving.py::@"nowhere"': ("stands on no line of src/project/serving.py", []),
    'serving.py::run_wsgi@"try:"#2': ("on only one line", ['serving.py::run_wsgi@"try:"#1']),
    'serving.py::run_wsgi@"try:".."class"': ("stands on no line from 24 to 29", []),
    'serving.py::run_wsgi@"try:".."execute("#9': ("on fewer than 9 lines", []),
    "serving.py::Other@call:log": ("a call of log stands on no line of Other", ["serving.py::run@call:log"]),
    "serving.py::L3-L40": ("has 39 lines, line 40 is cited", []),
    "project/__init__.py::L1": ("is empty", []),
    'project/__init__.py::@"x"': ("is empty", []),
    "LICENSE.rst::clause 3": ("no conditions that are called clause 3", ["LICENSE.rst::clause 1"]),
    "BOTH.txt::clause 1#3": ("only 2 of the conditions", ["BOTH.txt::clause 1#1", "BOTH.txt::clause 1#2"]),
}


@pytest.mark.parametrize("target", MISSING)
def test_what_is_not_there_is_told_with_what_comes_near(target: str) -> None:
    detail, offered = MISSING[target]
    outcome = unresolved_of(FILES, target)
    assert outcome.sort == "unknown"
    assert detail in outcome.detail
    assert [written for written in written_in(outcome) if written in offered] == offered


AMBIGUOUS: dict[str, tuple[str, list[str]]] = {
    "__init__.py": ("2 files of project", ["src/project/__init__.py", "src/other/__init__.py"]),
    "serving.py::Handler.name": ("on lines 8, 12", ["serving.py::Handler.name#1", "serving.py::Handler.name#2"]),
    "two.py::run": ("2 times, on lines 1, 6", ["two.py::run#1", "two.py::run#2"]),
    'serving.py::run_wsgi@"execute("': ("on several lines", []),
    "serving.py::run_wsgi@call:execute": (
        "lines 25, 27",
        ["serving.py::run_wsgi@call:execute#1", "serving.py::run_wsgi@call:execute#2"],
    ),
    "BOTH.txt::clause 1": ("2 conditions", ["BOTH.txt::clause 1#1", "BOTH.txt::clause 1#2"]),
}


@pytest.mark.parametrize("target", AMBIGUOUS)
def test_what_is_there_twice_is_told_with_all_of_it(target: str) -> None:
    detail, offered = AMBIGUOUS[target]
    outcome = unresolved_of(FILES, target)
    assert outcome.sort == "ambiguous"
    assert detail in outcome.detail
    assert (written_in(outcome) if offered else []) == offered


@pytest.mark.parametrize("target", [*MISSING, *AMBIGUOUS])
def test_whatever_is_offered_leads_where_it_says(target: str) -> None:
    """No choice sends its reader on to another finding, unless the rest of the reference does not fit it."""
    outcome = unresolved_of(FILES, target)
    for choice, written in zip(outcome.choices, written_in(outcome), strict=True):
        assert choice.url.startswith(f"{URL}/blob/")
        again = outcome_of(FILES, written)
        if choice.lines is not None and "@" not in written:
            assert isinstance(again, CitedPlace)
            assert again.lines == choice.lines


UNLOOKED = {
    "notes.txt::run": "its language is not known here",
    "COPYING::clause 1": "are not known here",
    'logo.png::@"x"': "binary",
    'large.bin::@"x"': "Git LFS",
}


@pytest.mark.parametrize("target", UNLOOKED)
def test_what_cannot_be_looked_at_is_neither_there_nor_missing(target: str) -> None:
    outcome = unresolved_of(FILES, target)
    assert outcome.sort == "unlooked"
    assert UNLOOKED[target] in outcome.detail


def test_only_case_and_underscores_are_beyond_doubt() -> None:
    certain = {
        "serving.py::Run_WSGI": True,
        "SRC/project/serving.py": True,
        "serving.py::run_wsgii": False,
        "srving.py": False,
        'serving.py::RunWsgi@"try:"': True,
        'serving.py::RunWsgi@"nowhere"': False,
    }
    assert {target: unresolved_of(FILES, target).certain for target in certain} == certain


def test_another_file_that_is_cited_may_define_it() -> None:
    (_, outcome) = outcomes_of(FILES, "[[project:serving.py::run_wsgi]] [[project:two.py::Handler]]")
    assert isinstance(outcome, Unresolved)
    assert written_in(outcome) == ["src/project/serving.py::Handler"]


def test_dependencies_are_called_as_pypi_compares_them() -> None:
    prose = "[[Zope_Interface:a.py]] [[zope:a.py]] [[zope.interfase:a.py]] [[a-b:a.py]] [[a.b:a.py]] [[gone:a.py]]"
    with pinned({"a.py": "x = 1\n"}) as (pin, _):
        pins: dict[str, Pin | Unlooked] = dict.fromkeys(("zope.interface", "A.B", "a_b", "a.b"), pin)
        pins["gone"] = Unlooked("the host does not answer")
        outcomes = resolve_references(parse_references(prose, "report.md"), pins, outline_of)
    assert [getattr(outcome, "sort", "") for outcome in outcomes] == [
        "", "unknown", "unknown", "ambiguous", "", "unlooked",
    ]  # fmt: skip
    assert [written for outcome in outcomes[2:4] if isinstance(outcome, Unresolved) for written in written_in(outcome)]
    misspelt = outcomes[2]
    assert isinstance(misspelt, Unresolved)
    assert [choice.written for choice in misspelt.choices] == ["[[zope.interface:a.py]]"]


def test_a_host_without_known_links_gives_none() -> None:
    url = "https://code.example.org/o/project"
    with pinned({"a.py": "x = 1\n"}, url) as (pin, _):
        (outcome,) = resolve_references(parse_references("[[p:a.py]]", "report.md"), {"p": pin}, outline_of)
    assert isinstance(outcome, Unresolved)
    assert (outcome.sort, outcome.detail) == ("unlooked", f"how {url} writes links to files is not known")


def test_only_the_contents_that_are_asked_for_are_needed() -> None:
    prose = "[[p:a.py]] [[p:b.py::x]] [[P:b.py::L1]] [[q:a.py::x]] [[p:no.py::x]] [[p:a::]]\n\n![[p:c.py]]\n"
    files: dict[str, Content] = {"a.py": "a = 1\n", "b.py": "x = 1\n", "c.py": "c = 1\n", "d.py": "d = 1\n"}
    with pinned(files) as (pin, repository):
        references = parse_references(prose, "report.md")
        entries = {path: repository.paths(pin.commit)[path].id for path in files}
        assert needed_blobs(references, {"p": pin}) == {"p": (entries["b.py"], entries["c.py"])}
        with pytest.raises(FetchError):
            repository.read(entries["d.py"])


def test_a_content_that_is_not_here_was_not_looked_at() -> None:
    with pinned({"a.py": "a = 1\n"}) as (pin, _):
        (outcome,) = resolve_references(parse_references("[[p:a.py::a]]", "report.md"), {"p": pin}, outline_of)
    assert isinstance(outcome, Unresolved)
    assert outcome.sort == "unlooked"


def test_ten_thousand_references_are_resolved_in_seconds() -> None:
    many = "".join(f"def name_{number}():\n    return {number}\n" for number in range(2000))
    prose = "".join(f"[[project:a.py::name_{number % 4000}]] [[project:{number}.py]]\n" for number in range(5000))
    began = time.process_time()
    outcomes = outcomes_of({"a.py": many}, prose)
    assert time.process_time() - began < 20  # about 2 s here
    assert sum(isinstance(outcome, CitedPlace) for outcome in outcomes) == 3000
