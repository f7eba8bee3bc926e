"""Commits, trees and blobs of foreign repositories at pinned commits: with few requests, safely, nothing twice.

    with Store(FetchSettings(default_cache())).repository("https://github.com/pallets/flask") as flask:
        commits = flask.commits([pin])
        entry = flask.entry(commits[pin], "src/flask/app.py")
        flask.fetch_blobs([entry.id])
        text = flask.read(entry.id)

Each remote has two bare repositories in the cache: `objects.git`, shallow and without blobs but the
chosen ones, and `history.git`, all commits and nothing else. They are apart because a shallow
boundary would cut the history that questions of reachability walk along.
"""

from auditor.fetch.dating import last_commit_date, own_repository, written_dates
from auditor.fetch.git import check_git
from auditor.fetch.history import Named
from auditor.fetch.repository import Repository
from auditor.fetch.settings import FetchSettings, Limits, default_cache
from auditor.fetch.store import Store
from auditor.fetch.tracked import committed_blob, tracked_files
from auditor.fetch.trees import Entry

__all__ = [
    "Entry",
    "FetchSettings",
    "Limits",
    "Named",
    "Repository",
    "Store",
    "check_git",
    "committed_blob",
    "default_cache",
    "last_commit_date",
    "own_repository",
    "tracked_files",
    "written_dates",
]
