"""Suggestions: replacements that a reviewer takes over with one click, on lines that the pull request changes."""

import re
from collections.abc import Iterable
from typing import Any

from auditor.hosts.client import Client
from auditor.hosts.patches import changed_lines, may_suggest
from auditor.hosts.people import Authorship
from auditor.hosts.texts import LONGEST_TEXT, clean
from auditor.model.publication import Part, PublicationTarget, Suggestion

# More than a person looks through in one review; the check run has the others.
MOST = 30
_LONGEST_SPAN = 100
_TICKS = re.compile(r"`+")
_MARKER = re.compile(r"<!-- auditor:suggestion:([0-9A-Za-z.-]+) -->")
_FEWEST_TICKS = 3


def put_suggestions(
    client: Client, target: PublicationTarget, suggestions: Iterable[Suggestion], authorship: Authorship
) -> Part:
    """Post what can be suggested and was not suggested before, in one review. Raises HostError."""
    wanted = tuple(suggestions)
    if not wanted:
        return Part("suggestions", "none")
    return client.settle(lambda: _put(client, target, wanted, authorship))


def marker(key: str) -> str:
    """The line by which a suggestion is known again."""
    return f"<!-- auditor:suggestion:{key} -->"


def suggestion_body(suggestion: Suggestion) -> str:
    """The comment with the block that the host offers to apply; the lines cannot leave the block."""
    longest = max((len(run) for line in suggestion.lines for run in _TICKS.findall(line)), default=0)
    fence = "`" * max(_FEWEST_TICKS, longest + 1)
    lines = [marker(suggestion.key), suggestion.reason, "", f"{fence}suggestion", *suggestion.lines, fence]
    return clean("\n".join(lines))


def _put(client: Client, target: PublicationTarget, wanted: tuple[Suggestion, ...], authorship: Authorship) -> Part:
    postable = _postable(client, target, wanted)
    known = _known(client, target, authorship) if postable else set()
    new = [suggestion for suggestion in postable if suggestion.key not in known][:MOST]
    if not new:
        return Part("suggestions", "unchanged" if postable else "none")
    review = {
        "commit_id": target.commit,
        "event": "COMMENT",
        "body": f"{len(new)} replacement{'' if len(new) == 1 else 's'} that can be taken over as they are.",
        "comments": [_comment(suggestion) for suggestion in new],
    }
    answer = client.write("POST", f"/repos/{target.repository}/pulls/{target.pull}/reviews", review)
    return Part("suggestions", "created", str(answer.get("html_url") or ""))


def _postable(client: Client, target: PublicationTarget, wanted: tuple[Suggestion, ...]) -> list[Suggestion]:
    """The suggestions for lines that the pull request changes: the host takes no others, and none of them if one is."""
    paths = {suggestion.path for suggestion in wanted}
    changed: dict[str, dict[int, int]] = {}
    for file in client.pages(f"/repos/{target.repository}/pulls/{target.pull}/files"):
        name, patch = file.get("filename"), file.get("patch")  # no patch: binary, or too big to be shown
        if isinstance(name, str) and isinstance(patch, str) and name in paths:
            changed[name] = changed_lines(patch)
    return [suggestion for suggestion in wanted if _fits(suggestion, changed.get(suggestion.path, {}))]


def _fits(suggestion: Suggestion, changed: dict[int, int]) -> bool:
    short = suggestion.end_line - suggestion.start_line < _LONGEST_SPAN
    whole = len(suggestion_body(suggestion).encode()) <= LONGEST_TEXT
    return short and whole and may_suggest(changed, suggestion.start_line, suggestion.end_line)


def _known(client: Client, target: PublicationTarget, authorship: Authorship) -> set[str]:
    """The keys of all suggestions made so far, also of those whose lines have changed since."""
    return {
        found[1]
        for comment in client.pages(f"/repos/{target.repository}/pulls/{target.pull}/comments")
        if (found := _MARKER.match(str(comment.get("body") or ""))) and authorship.is_ours(comment)
    }


def _comment(suggestion: Suggestion) -> dict[str, Any]:
    place: dict[str, Any] = {"path": clean(suggestion.path), "line": suggestion.end_line, "side": "RIGHT"}
    if suggestion.start_line != suggestion.end_line:
        place |= {"start_line": suggestion.start_line, "start_side": "RIGHT"}
    return {**place, "body": suggestion_body(suggestion)}
