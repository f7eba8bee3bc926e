"""Texts held against a declaration."""

import pytest

from auditor.licenses.agreement import Agreement, agrees


@pytest.mark.parametrize(
    ("found", "declared"),
    [
        (["MIT"], "MIT"),
        (["MIT", "Apache-2.0"], "MIT OR Apache-2.0"),
        (["MIT"], "MIT OR Apache-2.0"),
        (["GPL-3.0"], "GPL-3.0-or-later"),
        (["GPL-3.0"], "GPL-3.0-only"),
        (["GPL-3.0"], "GPL-2.0-or-later"),
        (["LGPL-2.1"], "LGPL-2.0+"),
        (["GPL-3.0", "LGPL-3.0"], "LGPL-3.0-only"),
        (["Apache-2.0", "MIT"], "Apache-2.0 AND MIT"),
        (["GPL-2.0"], "GPL-2.0-only WITH Classpath-exception-2.0"),
        (["GPL-3.0", "GCC-exception-3.1"], "GPL-3.0-only WITH GCC-exception-3.1"),
        (["Python-2.0"], "PSF-2.0"),
        (["MIT", "MIT"], "MIT"),
    ],
)
def test_texts_that_fit(found: list[str], declared: str) -> None:
    assert agrees(found, declared) == Agreement()


@pytest.mark.parametrize(
    ("found", "declared", "agreement"),
    [
        ([], "MIT", Agreement(without_text=("MIT",))),
        ([], "MIT OR (ISC AND Zlib)", Agreement(without_text=("MIT OR (ISC AND Zlib)",))),
        (["ISC"], "MIT OR (ISC AND Zlib)", Agreement(without_text=("MIT OR (ISC AND Zlib)",))),
        (["Apache-2.0"], "Apache-2.0 AND MIT", Agreement(without_text=("MIT",))),
        (["GPL-2.0"], "GPL-3.0-or-later", Agreement(undeclared=("GPL-2.0",), without_text=("GPL-3.0-or-later",))),
        (["GPL-3.0"], "GPL-2.0-only", Agreement(undeclared=("GPL-3.0",), without_text=("GPL-2.0-only",))),
        (["curl"], "MIT", Agreement(undeclared=("curl",), without_text=("MIT",))),
        (["BSD-3-Clause", "BSD-3-Clause-Open-MPI"], "BSD-3-Clause", Agreement(undeclared=("BSD-3-Clause-Open-MPI",))),
        (["MIT", "GPL-3.0"], "MIT", Agreement(undeclared=("GPL-3.0",))),
        (["MIT"], "MIT AND LicenseRef-Own", Agreement(custom=("LicenseRef-Own",))),
        (["MIT"], "BSD", Agreement(undeclared=("MIT",))),
        ([], "", Agreement()),
    ],
)
def test_texts_that_do_not_fit(found: list[str], declared: str, agreement: Agreement) -> None:
    assert agrees(found, declared) == agreement
