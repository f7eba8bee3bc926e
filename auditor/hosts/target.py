"""Where to publish: read from what a CI job is told, or given by hand.

Sources: GitHub's documentation, "Variables reference" (`GITHUB_*`) and "Webhook events and payloads".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.errors import UsageError
from auditor.model.publication import PublicationTarget

# GitHub's documentation of webhooks: "Payloads are capped at 25 MB".
_LARGEST_EVENT = 25_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user names: "OWNER/NAME", a pull request, a full commit id; None for what the job knows."""

    repository: str | None = None
    pull: int | None = None
    commit: str | None = None


def target_of(environment: Mapping[str, str], wanted: Wanted = Wanted()) -> PublicationTarget:
    """Where the job's results belong; what `wanted` names comes first.

    Raises UsageError when that cannot be told, and for an event file that cannot be read.
    """
    told = _told_by(environment)
    commit = wanted.commit or (told.commit if wanted.pull in (None, told.pull) else "")
    repository = wanted.repository or told.repository
    if not repository or not commit:
        missing = "--repository OWNER/NAME" if not repository else "--commit SHA"
        raise UsageError(f"it is not known where to publish: this is no job of GitHub Actions; give {missing}")
    same = repository == told.repository and commit == told.commit
    pull = wanted.pull or (told.pull if same else None)
    return PublicationTarget(repository, commit.lower(), pull, told.ref if same else None, told.fork and same)


def _told_by(environment: Mapping[str, str]) -> PublicationTarget:
    """What the environment says, "" for what it does not."""
    event = _event(environment.get("GITHUB_EVENT_PATH", ""))
    repository = environment.get("GITHUB_REPOSITORY", "") or _text(event, "repository", "full_name")
    if pull := _pull(event):
        head, base = _text(event, "pull_request", "head", "repo", "full_name"), repository
        fork = head.lower() != base.lower()
        return PublicationTarget(repository, _text(event, "pull_request", "head", "sha"), pull, fork=fork)
    commit = _text(event, "workflow_run", "head_sha") or environment.get("GITHUB_SHA", "")
    number = _number(event, "workflow_run", "pull_requests", 0, "number")
    return PublicationTarget(repository, commit, number, _ref(event, environment, repository))


def _ref(event: object, environment: Mapping[str, str], repository: str) -> str | None:
    """What the commit was pushed to: for a job that follows another, what that one ran for, unless it was a fork's."""
    if _at(event, "workflow_run") is None:
        return environment.get("GITHUB_REF") or None
    branch, home = (
        _text(event, "workflow_run", *keys) for keys in (("head_branch",), ("head_repository", "full_name"))
    )
    return f"refs/heads/{branch}" if branch and home.lower() == repository.lower() else None


def _pull(event: object) -> int | None:
    return _number(event, "pull_request", "number")


def _event(path: str) -> Any:
    """The event that started the job, {} without one."""
    if not path:
        return {}
    try:
        if Path(path).stat().st_size > _LARGEST_EVENT:
            raise UsageError(f"{path}: too large for an event")
        return json.loads(Path(path).read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: the event cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: the event is not JSON: {error}") from error


def _at(value: Any, *keys: str | int) -> Any:
    """What stands at the end of the keys, None where one of them does not exist."""
    for key in keys:
        if isinstance(key, str):
            value = value.get(key) if isinstance(value, dict) else None
        else:
            value = value[key] if isinstance(value, list) and key < len(value) else None
    return value


def _text(value: object, *keys: str | int) -> str:
    found = _at(value, *keys)
    return found if isinstance(found, str) else ""


def _number(value: object, *keys: str | int) -> int | None:
    found = _at(value, *keys)
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else None
