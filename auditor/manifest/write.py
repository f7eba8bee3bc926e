"""A starter manifest for somebody who has never seen one."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.model.manifest import Dependency

_HEAD = """\
# What this project uses, and how it passes it on. Written by `auditor init`, to be edited and committed.
# A line that begins with "#" is a remark, or a key that you may fill in.
"""
_SOURCES = """
# Besides the list below, or instead of it, dependencies can be read from lock files each time:
# dependencies-from = {sources}
"""
_DISTRIBUTION = """
[distribution]
# To whom it goes: "source" (the code), "binary" (wheels, images, minified scripts: whatever was built from it),
# "service" (others use it over a network), "internal" (nobody else gets it).
kind = ["source", "binary"]
# Whether you changed the code of your dependencies.
modified = false
# What is shipped, and the file with the notices of others in it.
{artifacts}
# notices = "THIRD_PARTY_NOTICES.md"
"""
_SURFACES = """
[surfaces]
# Where you speak to the public: some licences restrict the use of names there.
{promotion}
"""
_LIST = """
# Where the code of each dependency is, and at which commit: without these its licence texts cannot be compared.
# use = "vendored" (with path = "its folder"), "bundled", "linked" or "dev-only"
"""
# JSON writes a text as TOML does, but for DEL, which TOML wants escaped.
_DEL = (chr(127), "\\u007F")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the folder of the manifest holds: lock files, patterns that match something built, public documents."""

    sources: tuple[str, ...] = ()
    artifacts: tuple[str, ...] = ()
    promotion: tuple[str, ...] = ()


def render_manifest(dependencies: Iterable[Dependency], around: Surroundings) -> str:
    """The text of an `auditor.toml`, the same for the same dependencies in any order."""
    ordered = sorted(dependencies, key=lambda one: (one.name.lower(), one.name, one.ecosystem, one.version or ""))
    parts = [
        _HEAD,
        _SOURCES.format(sources=_array(around.sources or ("uv.lock",))),
        _DISTRIBUTION.format(artifacts=_optional("artifacts", around.artifacts, ("dist/*.whl", "dist/*.tar.gz"))),
        _SURFACES.format(promotion=_optional("promotion", around.promotion, ("README.md", "site/**/*.html"))),
        _LIST,
    ]
    return "".join(parts) + "".join("\n" + "\n".join(_entry(dependency)) + "\n" for dependency in ordered)


def _entry(dependency: Dependency) -> Iterator[str]:
    yield "[[dependency]]"
    yield f"name = {_text(dependency.name)}"
    if dependency.ecosystem != "generic":
        yield f"ecosystem = {_text(dependency.ecosystem)}"
    if dependency.version is not None:
        yield f"version = {_text(dependency.version)}"
    yield _known("repository", dependency.repository)
    if dependency.commit is None and dependency.revision is not None:
        yield f"revision = {_text(dependency.revision)}"
    else:
        yield _known("commit", dependency.commit)
    if dependency.license is not None:
        yield f"license = {_text(dependency.license)}"
    if dependency.use is not None:
        yield f"use = {_text(dependency.use)}"


def _known(key: str, value: str | None) -> str:
    return f"{key} = {_text(value)}" if value is not None else f'# {key} = ""'


def _optional(key: str, found: Sequence[str], example: Sequence[str]) -> str:
    return f"{key} = {_array(found)}" if found else f"# {key} = {_array(example)}"


def _array(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace(*_DEL)
