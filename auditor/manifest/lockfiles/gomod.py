"""go.mod (go.dev/ref/mod). The path of a module often is that of its repository; what is for tests is not told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.manifest.lockfiles.common import LONGEST, Draft, LockReading

# "Pseudo-versions": base, time in UTC, and 12 digits of the commit.
_PSEUDO = re.compile(r"v[0-9].*[.-][0-9]{14}-([0-9a-f]{12})(?:\+incompatible)?")
_LONGEST_VERSION = 300
_WORD = re.compile(r'"[^"\n]*+"|`[^`\n]*+`|[^\s"`]++')
_HOSTED = re.compile(r"(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitea\.com)/[^/]+/[^/]+")
_GOLANG = re.compile(r"golang\.org/x/([^/]+)")
# "gopkg.in/pkg.v3 → github.com/go-pkg/pkg, gopkg.in/user/pkg.v3 → github.com/user/pkg" (labix.org/gopkg.in)
_GOPKG = re.compile(r"gopkg\.in/(?:([^/]+)/)?([^/]+)\.v[0-9]+(?:-unstable)?")
_LEFT_OUT = frozenset("module go toolchain godebug exclude retract tool ignore".split())


@dataclass(frozen=True, slots=True)
class _Replacement:
    path: str
    version: str | None


def read_gomod(document: str, data: bytes) -> LockReading:
    """The modules that a go.mod requires, with their replacements."""
    draft = Draft(document, "go")
    if len(data) > LONGEST:
        draft.unreadable(f"is too large ({len(data):,} bytes; at most {LONGEST:,} are read)")
        return draft.reading()
    required: list[tuple[int, str, str]] = []
    replaced: dict[tuple[str, str | None], _Replacement] = {}
    for line, verb, words in _directives(data.decode("utf-8", "replace")):
        match verb, words:
            case "require", [path, version]:
                required.append((line, path, version))
            case "replace", [path, "=>", new, *version]:
                replaced[path, None] = _Replacement(new, version[0] if version else None)
            case "replace", [path, old, "=>", new, *version]:
                replaced[path, old] = _Replacement(new, version[0] if version else None)
            case _ if verb not in _LEFT_OUT:
                draft.problem(
                    "source-entry", "warning", line, "a line that is no directive of go.mod",
                    "mend the line (`go mod verify`)", "line",
                )  # fmt: skip
    for line, path, version in required:
        _add(draft, line, path, version, replaced.get((path, version)) or replaced.get((path, None)))
    return draft.reading()


def _directives(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Line, verb and words of each directive; those in a block have the verb of the block."""
    block = ""
    for number, line in enumerate(text.split("\n"), start=1):
        words = [word.strip('"`') for word in _WORD.findall(line.partition("//")[0])]
        if not words:
            continue
        if block:
            if words == [")"]:
                block = ""
            else:
                yield number, block, words
        elif words[1:] == ["("]:
            block = words[0]
        else:
            yield number, words[0], words[1:]


def _add(draft: Draft, line: int, path: str, version: str, replacement: _Replacement | None) -> None:
    if replacement is not None and replacement.version is None:
        draft.problem(
            "source-entry", "note", line,
            f"{path} is replaced by the folder {replacement.path}: where that code comes from is not told",
            "name its repository and commit in the manifest", path,
        )  # fmt: skip
        draft.add(path, line)
        return
    if replacement is not None:
        path, version = replacement.path, replacement.version or version
    pseudo = _PSEUDO.fullmatch(version) if len(version) <= _LONGEST_VERSION else None
    revision = (pseudo[1] if pseudo else None, None)
    draft.add(path, line, version=version, repository=module_repository(path), revision=revision)


def module_repository(path: str) -> str | None:
    """The repository of a module whose path tells it; None where only its host could."""
    if hosted := _HOSTED.match(path):
        return f"https://{hosted[0]}"
    if golang := _GOLANG.match(path):
        return f"https://go.googlesource.com/{golang[1]}"
    if gopkg := _GOPKG.match(path):
        return f"https://github.com/{gopkg[1] or 'go-' + gopkg[2]}/{gopkg[2]}"
    return None
