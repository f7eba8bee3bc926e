"""The check run of a commit: found again or made, then its annotations, batch by batch.

Annotations can be added to a check run and never taken away. So the external id of a check run is made of its
annotations: the same result finds its check run again and adds only what is missing there, and another result for the
same commit gets a check run of its own, of which GitHub shows the latest.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from auditor.hosts.client import Client
from auditor.hosts.failures import HostError
from auditor.hosts.texts import clean, cut_markdown, cut_text
from auditor.model.publication import Annotation, Part, Publication, PublicationTarget

# GitHub's documentation of check runs: "a maximum of 50 per API request"; a title 255 characters, other texts 64 KB.
BATCH = 50
_LONGEST_MESSAGE = 64_000
_LONGEST_TITLE = 255
_CUT = "*The rest is left out: this text is as long as the host allows.*"


@dataclass(frozen=True, slots=True)
class _Draft:
    """What the check run is to be, in the host's words."""

    name: str
    key: str
    conclusion: str
    texts: dict[str, str]
    annotations: list[dict[str, Any]]

    def is_shown_by(self, run: dict[str, Any]) -> bool:
        """Whether a check run of the host says all this already."""
        output = run.get("output") or {}
        shown = (run.get("status"), run.get("conclusion"), output.get("title"))
        same = shown == ("completed", self.conclusion, self.texts["title"])
        texts = all(_trim(output.get(part)) == _trim(self.texts.get(part)) for part in ("summary", "text"))
        return same and texts


def put_check_run(client: Client, target: PublicationTarget, publication: Publication) -> Part:
    """See to it that the commit has a check run that shows this result, and only one. Raises HostError."""
    draft = _draft(publication)
    return client.settle(lambda: _put(client, target, draft))


def _put(client: Client, target: PublicationTarget, draft: _Draft) -> Part:
    """Find the check run and write what is missing; all that an earlier, broken attempt has left stays."""
    found = _find(client, target, draft)
    if found and draft.is_shown_by(found):
        return Part("check run", "unchanged", _address(found))
    # Only the last batch completes a run. A completed one has them all, whatever the host has counted by now.
    completed = found is not None and found.get("status") == "completed"
    run, sent = found, len(draft.annotations) if completed else _count(found)
    while True:
        batch = draft.annotations[sent : sent + BATCH]
        sent += len(batch)
        run = _send(client, target, draft, run, batch, last=sent >= len(draft.annotations))
        if sent >= len(draft.annotations):
            return Part("check run", "updated" if found else "created", _address(run))


def _find(client: Client, target: PublicationTarget, draft: _Draft) -> dict[str, Any] | None:
    path = f"/repos/{target.repository}/commits/{target.commit}/check-runs"
    runs = client.pages(path, "check_runs", check_name=draft.name, filter="all")
    return next((run for run in runs if run.get("external_id") == draft.key and _number(run)), None)


def _send(
    client: Client,
    target: PublicationTarget,
    draft: _Draft,
    run: dict[str, Any] | None,
    batch: list[dict[str, Any]],
    *,
    last: bool,
) -> dict[str, Any]:
    """Write one batch; the check run is complete, and so counts, only with the last one."""
    body: dict[str, Any] = {"output": {**draft.texts, "annotations": batch}}
    body |= {"status": "completed", "conclusion": draft.conclusion} if last else {"status": "in_progress"}
    path = f"/repos/{target.repository}/check-runs"
    if run is None:
        body |= {"name": draft.name, "head_sha": target.commit, "external_id": draft.key}
        made = client.write("POST", path, body)
        if _number(made) is None:
            raise HostError("garbage", f"POST {path}: the answer is no check run")
        return made
    return {**run, **client.write("PATCH", f"{path}/{_number(run)}", body)}


def _draft(publication: Publication) -> _Draft:
    annotations = [_annotation(annotation) for annotation in publication.annotations]
    digest = hashlib.sha256(json.dumps([publication.name, annotations], sort_keys=True).encode()).hexdigest()
    texts = {
        "title": cut_text(publication.title, _LONGEST_TITLE),
        "summary": cut_markdown(publication.summary, _CUT),
        "text": cut_markdown(publication.text, _CUT),
    }
    texts = {part: text for part, text in texts.items() if text or part != "text"}
    return _Draft(publication.name, f"auditor:{digest[:32]}", publication.conclusion, texts, annotations)


def _annotation(annotation: Annotation) -> dict[str, Any]:
    one_line = annotation.start_line == annotation.end_line
    columns = {"start_column": annotation.start_column, "end_column": annotation.end_column} if one_line else {}
    details = {"raw_details": cut_text(annotation.details, _LONGEST_MESSAGE)} if annotation.details else {}
    return {
        "path": clean(annotation.path),
        "start_line": annotation.start_line,
        "end_line": annotation.end_line,
        "annotation_level": annotation.level,
        "title": cut_text(annotation.title, _LONGEST_TITLE),
        "message": cut_text(annotation.message, _LONGEST_MESSAGE),
        **{name: column for name, column in columns.items() if column is not None},
        **details,
    }


def _count(run: dict[str, Any] | None) -> int:
    """How many annotations a check run has."""
    count = (run.get("output") or {}).get("annotations_count") if run else 0
    return count if isinstance(count, int) else 0


def _number(run: dict[str, Any]) -> int | None:
    number = run.get("id")
    return number if isinstance(number, int) else None


def _address(run: dict[str, Any]) -> str:
    return str(run.get("html_url") or "")


def _trim(text: object) -> str:
    """A text as it is compared: hosts change line ends and what stands around."""
    return str(text or "").replace("\r\n", "\n").strip()
