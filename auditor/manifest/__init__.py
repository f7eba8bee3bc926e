"""A stage: `auditor.toml` and the lock files that it names become a `Manifest`. Nothing is fetched."""

from auditor.manifest.gather import ENVIRONMENT
from auditor.manifest.globs import match_paths
from auditor.manifest.lockfiles import KNOWN_FILES, LockReading, dependencies_of, is_lock_file
from auditor.manifest.read import NAME, find_manifest, read_manifest

__all__ = [
    "ENVIRONMENT",
    "KNOWN_FILES",
    "NAME",
    "LockReading",
    "dependencies_of",
    "find_manifest",
    "is_lock_file",
    "match_paths",
    "read_manifest",
]
