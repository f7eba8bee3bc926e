"""The licences that a metadata file declares; `metadata_files` says which files those are."""

from collections.abc import Callable, Iterator

from auditor.licenses.metadata.json import composer_json, package_json
from auditor.licenses.metadata.python import core_metadata, pyproject, setup_cfg, setup_py
from auditor.licenses.metadata.ruby import gemspec
from auditor.licenses.metadata.statements import MetadataError, problem
from auditor.licenses.metadata.toml import cargo
from auditor.licenses.metadata.xml import pom
from auditor.model.license import Declaration

_Reader = Callable[[str, bytes], Iterator[Declaration]]
_READERS: dict[str, _Reader] = {
    "METADATA": core_metadata,
    "PKG-INFO": core_metadata,
    "pyproject.toml": pyproject,
    "setup.cfg": setup_cfg,
    "setup.py": setup_py,
    "package.json": package_json,
    "composer.json": composer_json,
    "Cargo.toml": cargo,
    "pom.xml": pom,
}
_LONGEST = 4 << 20  # bytes; the largest METADATA of known packages, with their README, stay under one million


def declared_licenses(path: str, data: bytes) -> tuple[Declaration, ...]:
    """Every statement about the licence in one metadata file, in the order of precedence; () where there is none.

    A file that cannot be read gives one declaration with a problem. Raises nothing.
    """
    name = path.rpartition("/")[2]
    reader = gemspec if name.endswith(".gemspec") else _READERS.get(name)
    if reader is None:
        return ()
    if len(data) > _LONGEST:
        return (problem(path, None, "", f"is too large ({len(data)} bytes)"),)
    try:
        return tuple(reader(path, data))
    except MetadataError as error:
        return (problem(path, None, "", str(error)),)
