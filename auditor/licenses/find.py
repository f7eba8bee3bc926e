"""Which files of a list state a licence, which are metadata and which are sources; told by their paths alone.

A file named in vain becomes a false alarm ("unknown licence"), so a name must say clearly what it is. Words are those
between punctuation, digits and changes of case: `ThirdPartyNotices.txt` and `3rdparty-notices` hold the word "notices".
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePosixPath

from auditor.licenses import endings
from auditor.licenses.metadata.files import metadata_paths

__all__ = ["is_source", "license_paths", "metadata_paths"]

_WORD = re.compile(r"[A-Z]+(?=v\d)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LONGEST_NAME = 255  # NAME_MAX; a longer "name" is no file's

_LICENSE = frozenset(
    "license licence licenses licences licensing copying copyleft copyright copyrights unlicense unlicence "
    "thirdpartynotices rdpartynotices thirdpartylicenses rdpartylicenses".split()
)
_NOTICE = frozenset(("notice", "notices"))
# Whose notices: with one of these a file of notices is about licences ("deprecation-notice.md" is not).
_WHOSE = frozenset("third party thirdparty rdparty legal oss foss attribution".split()) | _LICENSE
# Licences that give a file its whole name ("LGPL-2.1.txt"), and those that are also the name of something else.
_FAMILIES = frozenset("gpl lgpl agpl fdl gfdl mpl epl cddl eupl ofl wtfpl".split())
_OTHER_FAMILIES = frozenset("apache mit bsd isc bsl boost artistic psf cc zlib".split())
_VERSION = frozenset("v version clause only or later and lib lesser general public gnu zero by sa".split())
# What is added to a licence, or takes back part of it, in a file of its own.
_RIDERS = frozenset(
    ("patents", "eula", "addendum", "rider", "commons clause", "additional terms", "usage restrictions")
)
# With one of these it is about licences: an explanation, a template, a tool's settings.
_ABOUT = frozenset(
    "header headers template templates check checker checks checking checklist policy policies faq guide howto how "
    "test tests change changes changing update add choose choosing choice compatibility contributor assignment plugin "
    "key keys server scan scanner report audit allow allowlist deny rule rules fixer config overview generate "
    "generator linter lint hook utils util helper manager model info migration history board rename changed".split()
)
_DOCUMENTATION = frozenset("doc docs documentation site website".split())
_LICENSE_FOLDERS = frozenset("license licence licenses licences".split())
# What lies in a folder of licences without being one.
_UNRELATED = frozenset(
    "readme build requirements index changelog changes news authors contributors contributing credits conduct security "
    "manifest record todo".split()
)


def license_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of `paths` (POSIX, relative) that state licence terms, notices or riders, sorted; of bundled parts too."""
    everything = set(paths)
    return tuple(sorted(path for path in everything if _states_license(path) and not _is_side_file(path, everything)))


def is_source(path: str) -> bool:
    """Whether the file is in a language with comments, so that its first lines may carry a licence.

    So is `logo.png.license`, the side file in which REUSE puts what `logo.png` cannot hold.
    """
    name = path.rpartition("/")[2].lower()
    return name in endings.SOURCE_NAMES or PurePosixPath(name).suffix in endings.SOURCE | {".license"}


def _states_license(path: str) -> bool:
    *folders, name = path.split("/")
    if not name or len(name) > _LONGEST_NAME or name.startswith("."):
        return False
    suffix = PurePosixPath(name).suffix
    ending = suffix.lower()
    # "LICENSE.APACHE2" and "COPYING.LESSER" have no ending but another word.
    words = [word.lower() for word in _WORD.findall(name.removesuffix(suffix) if ending in endings.TEXT else name)]
    if not words:
        return False
    named, unrelated = _names_license(words, ending), not _UNRELATED.isdisjoint(words)
    if _of_distribution(folders):
        return ending not in endings.BINARY and (named or not unrelated)
    if ending in endings.NO_TEXT or name.lower() in endings.SOURCE_NAMES or not _ABOUT.isdisjoint(words):
        return False
    if ending in endings.MARKUP and not _DOCUMENTATION.isdisjoint(map(str.lower, folders)):
        return False  # a page that tells of the licence or shows it again
    return named or (_among_licenses(folders) and ending in endings.PLAIN_TEXT and not unrelated)


def _is_side_file(path: str, everything: set[str]) -> bool:
    """Whether it is REUSE's side file of another; see `is_source`."""
    return path.endswith(".license") and path.removesuffix(".license") in everything


def _of_distribution(folders: list[str]) -> bool:
    """Whether the packager has put it among a distribution's licence files (PEP 639: `*.dist-info/licenses/`)."""
    return any(one.endswith(".dist-info") and two == "licenses" for one, two in pairwise(folders))


def _among_licenses(folders: list[str]) -> bool:
    """Whether it lies in `LICENSES` (REUSE), `licenses`, `third_party_licenses` …"""
    folder = _WORD.findall(folders[-1][-_LONGEST_NAME:]) if folders else []
    return bool(folder) and folder[-1].lower() in _LICENSE_FOLDERS


def _names_license(words: list[str], ending: str) -> bool:
    """Whether the words of a file's name say that it is a licence, a notice or a rider to one."""
    if not _LICENSE.isdisjoint((words[0], words[-1])):
        return True
    if not _NOTICE.isdisjoint(words):
        plain = words[0] in _NOTICE and ending not in endings.MARKUP
        return plain or len(words) == 1 or not _WHOSE.isdisjoint(words)
    if ending not in endings.TEXT:
        return False
    if " ".join(words) in _RIDERS:
        return True
    if not all(word.isdigit() or word in _VERSION for word in words[1:]):
        return False
    return words[0] in _FAMILIES or (words[0] in _OTHER_FAMILIES and ending in endings.PLAIN_TEXT)
