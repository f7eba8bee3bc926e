"""Which files of a user's own checkout are part of the project: those that git tracks, or would."""

from pathlib import Path

from auditor.errors import EnvironmentTrouble, FetchError
from auditor.fetch.dating import MOST_BYTES, OVERRULED, SECONDS
from auditor.fetch.environment import scratch_environment
from auditor.fetch.git import Bound, run_git


def tracked_files(folder: Path) -> frozenset[str] | None:
    """The paths below a folder, relative to it, of files that are or can be committed; None outside a repository.

    New files count, ignored ones do not: what is looked at is what the next commit will hold.
    """
    try:
        answer = run_git(
            ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."],
            environment=scratch_environment(OVERRULED),
            bound=Bound(SECONDS, MOST_BYTES),
            folder=folder,
        )
    except (FetchError, EnvironmentTrouble):
        return None
    paths = answer.out.decode("utf-8", "replace").split("\0") if answer.code == 0 else []
    return frozenset(path for path in paths if path) or None


def committed_blob(root: Path, path: str) -> str | None:
    """The git id of a file's content in the last commit of a checkout; None for one that is not in it."""
    try:
        answer = run_git(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", f"HEAD:{path}"],
            environment=scratch_environment(OVERRULED),
            bound=Bound(SECONDS, MOST_BYTES),
            folder=root,
        )
    except (FetchError, EnvironmentTrouble):
        return None
    return answer.out.decode("ascii", "replace").strip() or None if answer.code == 0 else None
