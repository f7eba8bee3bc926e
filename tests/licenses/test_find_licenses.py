"""Which names are those of licence files, and which are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.licenses.find import is_source, license_paths


@pytest.mark.parametrize(
    "path",
    """
    LICENSE LICENCE Licence.rst license.html LICENSE.rtf LICENSE.MIT.TXT LICENSE-MIT LICENSE.APACHE2 LICENSE.APACHE-2.0
    MIT-LICENSE.txt LICENSE.BSD3 LICENSE.GPLv2 LICENSEv2.txt LICENSE_1_0.txt LICENSE-binary license.numpy
    license_mkl.txt numpy_license.txt main.js.LICENSE.txt bootstrap.css.license LICENSES_bundled.txt LICENSE_THIRD_PARTY
    licensing.md
    COPYING COPYING.LESSER COPYING3.LIB COPYINGv2 vendor/x/Copying COPYRIGHT copyright.txt debian/copyright UNLICENSE
    NOTICE NOTICE-binary NOTICE.spark NOTICE.md THIRD_PARTY_NOTICES ThirdPartyNotices.txt 3rdpartynotices.txt
    3rdparty-licenses THIRD-PARTY-LICENSES.html GPL.txt LGPL-2.1.txt gpl-3.0.md APACHE-2.0.txt mit.txt MIT CC0-1.0.txt
    OFL.txt PATENTS COMMONS-CLAUSE COMMONS-CLAUSE.md ADDENDUM.txt EULA.txt LICENSES/MIT.txt LICENSES/LicenseRef-Own.txt
    licenses/LICENSE-foo.txt third_party_licenses/foo a-1.dist-info/LICENSE a-1.dist-info/licenses/x/vendored.md
    META-INF/LICENSE META-INF/NOTICE.txt META-INF/licenses/foo.txt docs/LICENSE tests/data/LICENSE
    """.split(),
)
def test_licence_files_are_found(path: str) -> None:
    assert license_paths([path]) == (path,)


@pytest.mark.parametrize(
    "path",
    """
    license.py licenses.html.j2 copyright.js patents.py MIT.py epl.py licenses.json LICENSE.spdx LICENSE.in .license.yml
    license.png LICENSE.pdf LICENSE.sig README.md AUTHORS AUTHORS.txt notice-board.md deprecation-notice.md
    check_license.txt license_header.txt license-policy.md bin/rename-license auditor/licenses/find.py
    licenses/README.md
    licenses/index.rst licenses/Makefile mit.md zlib.md bsd.html apache.md terms.txt docs/license.md Doc/copyright.rst
    LICENSES/x.png a-1.dist-info/licenses/logo.png a-1.dist-info/METADATA a-1.dist-info/licenses/AUTHORS
    a-1.dist-info/licenses/README.rst src/license/model.go x/.gitkeep LICENSE/
    """.split(),
)
def test_other_files_are_not(path: str) -> None:
    assert license_paths([path]) == ()


def test_a_side_file_belongs_to_its_neighbour() -> None:
    assert license_paths(["logo.png", "logo.png.license"]) == ()
    assert is_source("logo.png.license")


def test_bundled_parts_count_and_the_answer_is_sorted() -> None:
    paths = ["z/LICENSE", "node_modules/x/LICENSE.md", "a/_vendor/y/COPYING", "a/y.py"]
    assert license_paths(paths) == ("a/_vendor/y/COPYING", "node_modules/x/LICENSE.md", "z/LICENSE")


@pytest.mark.parametrize("path", ["a/b.py", "Makefile", "x.CPP", "y.tsx", "CMakeLists.txt", "z.rs"])
def test_sources(path: str) -> None:
    assert is_source(path)


@pytest.mark.parametrize("path", ["a.json", "README.md", "LICENSE", "a.png", "py", ""])
def test_no_sources(path: str) -> None:
    assert not is_source(path)


@given(st.lists(st.text()))
def test_any_names_are_taken(paths: list[str]) -> None:
    assert set(license_paths(paths)) <= set(paths)


def test_long_names_and_many_names_cost_little() -> None:
    started = time.perf_counter()
    license_paths(
        ["LICENSE-" * 100_000, "aB" * 500_000, "/" * 1_000_000, *(f"{n}/LICENSE.license" for n in range(50_000))]
    )
    assert time.perf_counter() - started < 5
