"""References resolved in one call: files become a real repository, prose cites it as `project`."""

import atexit
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from upstream import Content, Upstream

from auditor.cite import expand_references, needed_blobs, parse_references, resolve_references
from auditor.fetch import FetchSettings, Repository, Store
from auditor.model import Outline
from auditor.model.reference import CitedPlace, Outcome, Pin, Unresolved
from auditor.symbols import outline_source

URL = "https://github.com/o/project"
FILES_OF_A_SERVER: dict[str, Content] = {
    "src/server.py": """\
class Server:
    def run(self):
        while True:
            request = self.accept()
            self.handle(request)
""",
    "LICENSE": """\
MIT License

Copyright (c) 2021 Jane Roe

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
""",
}

_FOLDER = tempfile.TemporaryDirectory(prefix="cited-")
atexit.register(_FOLDER.cleanup)
_ROOT = Path(_FOLDER.name)
_NUMBERS = count()


def outline_of(blob: str, path: str, content: bytes) -> Outline | None:
    """An outline made here and now."""
    return outline_source(path, content)


@contextmanager
def pinned(files: Mapping[str, Content], url: str = URL) -> Iterator[tuple[Pin, Repository]]:
    """The files as the only commit of a repository, none of whose contents is here yet."""
    made = Upstream(_ROOT / f"project-{next(_NUMBERS)}.git")
    commit = made.commit(files)
    store = Store(FetchSettings(_ROOT / f"cache-{made.path.stem}", ((url, str(made.path)),), offline=True))
    with store.repository(url) as repository:
        repository.commits([commit])
        yield Pin(url, commit, repository, repository, "BSD-3-Clause"), repository


def outcomes_of(files: Mapping[str, Content], prose: str) -> tuple[Outcome, ...]:
    """What the references of the prose stand for, when only the contents that are asked for are fetched."""
    references = parse_references(prose, "report.md")
    with pinned(files) as (pin, repository):
        pins = {"project": pin}
        repository.fetch_blobs(needed_blobs(references, pins).get("project", ()))
        return resolve_references(references, pins, outline_of)


def outcome_of(files: Mapping[str, Content], target: str) -> Outcome:
    """The outcome of the one reference `[[project:TARGET]]`."""
    (outcome,) = outcomes_of(files, f"[[project:{target}]]\n")
    return outcome


def place_of(files: Mapping[str, Content], target: str) -> CitedPlace:
    """The place that `[[project:TARGET]]` stands for."""
    outcome = outcome_of(files, target)
    assert isinstance(outcome, CitedPlace), outcome
    return outcome


def lines_of(files: Mapping[str, Content], target: str) -> tuple[int, int] | None:
    """The first and the last line of what `[[project:TARGET]]` stands for; None for a whole file."""
    lines = place_of(files, target).lines
    return (lines.start, lines.end) if lines else None


def unresolved_of(files: Mapping[str, Content], target: str) -> Unresolved:
    """Why `[[project:TARGET]]` stands for nothing."""
    outcome = outcome_of(files, target)
    assert isinstance(outcome, Unresolved), outcome
    return outcome


def written_in(outcome: Unresolved) -> list[str]:
    """What may be meant, as targets of `[[project:…]]`."""
    return [choice.written.removeprefix("[[project:").removesuffix("]]") for choice in outcome.choices]


def expanded(files: Mapping[str, Content], prose: str) -> str:
    """The prose with links and excerpts."""
    return expand_references(prose, outcomes_of(files, prose))
