"""Stage: Release -> Proof. The git ids of a release's files are held against the trees of candidate tags.

No content of the repository is needed: a tree names every file's content by its id.
"""

from auditor.prove.files import files_of, is_own_file
from auditor.prove.installed import distributions_in, read_installed, read_library
from auditor.prove.search import Outcome, prove_in

__all__ = [
    "Outcome",
    "distributions_in",
    "files_of",
    "is_own_file",
    "prove_in",
    "read_installed",
    "read_library",
]
