"""A small project that ships three packages of others, BSD, MIT and Apache, as source and as a wheel; all is right."""

from collections.abc import Collection
from dataclasses import replace

from auditor.errors import ShipmentError
from auditor.licenses.identify import identify
from auditor.model import LicenseFile, LicenseSubject, Place
from auditor.model.manifest import Dependency, Distribution, Use
from auditor.model.obligation import Artifact, Obligation, ShippedText, Shipping, Supply, Surface, VendoredCopy
from auditor.model.shipment import Component, Copy
from auditor.obligations.run import judge_shipping
from auditor.rules import (
    acknowledgement_missing,
    advertising_review,
    apache_notice_missing,
    changes_unmarked,
    endorsement_review,
    notice_altered,
    notice_missing,
    notice_position,
    notice_stale,
    source_offer_missing,
)
from auditor.shipment.blobs import blob_id
from auditor.shipment.vendored import Tree, compare_copy

RULES = (
    notice_missing,
    notice_altered,
    notice_position,
    notice_stale,
    acknowledgement_missing,
    endorsement_review,
    advertising_review,
    changes_unmarked,
    apache_notice_missing,
    source_offer_missing,
)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
DISCLAIMER = """\
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""
CONDITIONS = """\
Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following
   disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
   disclaimer in the documentation and/or other materials provided with the distribution.

3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products
   derived from this software without specific prior written permission.
"""
BSD = f"Copyright 2010 Pallets\n\n{CONDITIONS}\n{DISCLAIMER}"
MIT = """\
The MIT License

Copyright (c) 2021 Jane Roe

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
NOTICE = "Rocket\nCopyright 2019 The Rocket Authors\n\nThis product includes fuel developed by Tank Inc.\n"
CODE = "".join(f"def step_{number}(value):\n    return value + {number}\n\n\n" for number in range(20))
OWN = BSD.replace("2010 Pallets", "2024 Our Company")
README = "# Our program\n\nIt is built with Flask, Dice and Rocket, and needs Python 3.11.\n"
NAMES = ("flask", "dice", "rocket")


def apache() -> str:
    """The text of Apache-2.0 as the SPDX list has it."""
    from auditor.licenses.texts.index import text_words

    return text_words("Apache-2.0").text


def upstream(name: str) -> dict[str, str]:
    """The licence files of a package at its pin."""
    files = {"flask": {"LICENSE.rst": BSD}, "dice": {"LICENSE": MIT}}
    return files.get(name) or {"LICENSE": apache(), "NOTICE": NOTICE}


def place(name: str) -> Place:
    return Place("auditor.toml", 1 + 10 * NAMES.index(name) if name in NAMES else 99, 1, 1, 1)


def supply(name: str, texts: dict[str, str] | None = None, use: Use | None = "vendored", **copies: Copy) -> Supply:
    """A dependency with its licence at the pin; `copies` by form ("source", "binary")."""
    texts = texts or upstream(name)
    files = tuple(LicenseFile(path, "0" * 40, identify(text)) for path, text in texts.items())
    repository = f"https://github.com/o/{name}"
    subject = LicenseSubject(f"{repository}@{COMMIT}", files, repository=repository, commit=COMMIT)
    dependency = Dependency(name, place(name), "pypi", "1.0", repository, COMMIT, use=use)
    made = (
        VendoredCopy(f"dist/p.{form}", f"p/_vendor/{name}", copy, f"p/_vendor/{name}") for form, copy in copies.items()
    )
    return Supply(dependency, subject, texts, tuple(made))


def tree(files: dict[str, str]) -> Tree:
    """Files held in memory, as the comparison wants them."""
    contents = {path: content.encode() for path, content in files.items()}
    blobs = {path: blob_id(content) for path, content in contents.items()}

    def read_many(paths: Collection[str], most: int | None) -> list[tuple[str, bytes | ShipmentError]]:
        return [(path, contents[path][:most]) for path in paths]

    return Tree(blobs, read_many)


def package(name: str) -> dict[str, str]:
    """All files of a package at its pin."""
    header = f"# Copyright {name} authors\n# Licensed as the file beside this one says; keep this notice.\n\n"
    return {"core.py": header + CODE, "util.py": header + CODE.upper()} | upstream(name)


def copy(name: str, **changed: str | None) -> Copy:
    """A copy held against upstream; `changed` by module ("core"), None for a file that was left out."""
    files: dict[str, str | None] = {**package(name), **{f"{module}.py": code for module, code in changed.items()}}
    return compare_copy(tree({path: code for path, code in files.items() if code is not None}), tree(package(name)))


def text(path: str, content: str, third_party: bool = False) -> ShippedText:
    own = path == "LICENSE"
    return ShippedText(path, content, identify(content), "own" if own else "third-party" if third_party else "other")


def surface(content: str) -> Surface:
    return Surface("README.md", content, identify(content))


def notices(**changed: str) -> str:
    """A third-party notices file as projects write it by hand."""
    parts = {name: "\n".join(upstream(name).values()) for name in NAMES} | changed
    return "\n\n".join(f"## {name}\n\n{content}" for name, content in parts.items() if content)


def component(name: str) -> Component:
    return Component(name, "bundled", f"p/_vendor/{name}", f"p/_vendor/{name}/__init__.py", "1.0", "pypi")


def wheel(third_party: str, names: tuple[str, ...] = NAMES) -> Artifact:
    texts = (text("LICENSE", OWN), text("THIRD_PARTY_NOTICES", third_party, third_party=True))
    return Artifact("dist/p.binary", "binary", texts, tuple(map(component, names)), certain=True)


def sdist(**changed: dict[str, str]) -> Artifact:
    """The vendored copies as source; `changed` gives other licence files of a copy, by paths from the root."""
    texts = [text("LICENSE", OWN)]
    for name in NAMES:
        files = changed.get(name) or {f"p/_vendor/{name}/{path}": content for path, content in upstream(name).items()}
        texts += [text(path, content) for path, content in files.items()]
    return Artifact("dist/p.source", "source", tuple(texts), tuple(map(component, NAMES)), certain=True)


def project() -> Shipping:
    """Everything as it should be."""
    supplies = tuple(supply(name, source=copy(name)) for name in NAMES)
    return Shipping(Distribution(("source", "binary")), supplies, (wheel(notices()), sdist()), (surface(README),))


def with_copy(shipping: Shipping, name: str, copy: Copy) -> Shipping:
    """The same with another copy of one package in the source archive."""
    changed = (supply(name, source=copy) if one.dependency.name == name else one for one in shipping.supplies)
    return replace(shipping, supplies=tuple(changed))


def told(shipping: Shipping) -> list[tuple[str, str]]:
    """What the rules say: (rule, name) of each finding."""
    judged = judge_shipping(shipping, RULES)
    return [(finding.rule, one.name) for one in judged for finding in one.findings]


def verdicts(shipping: Shipping) -> dict[tuple[str, str, str, str], str]:
    """(dependency, clause, when, artifact's form) to verdict, of everything but what only informs."""
    subjects = (one.subject for one in judge_shipping(shipping, ()))
    return {
        (one.dependency.name, one.clause.name if one.clause else "", one.when, (one.artifact or "").rpartition(".")[2]):
        one.verdict
        for one in subjects if isinstance(one, Obligation)
    }  # fmt: skip
