"""Which lines of a file a pull request adds or changes, read from the patch that the host shows."""

import re

_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d{1,9})(?:,\d+)? @@")


def changed_lines(patch: str) -> dict[int, int]:
    """The lines that are new (one-based, in the new file), each with the number of the hunk it stands in.

    `patch` is a unified diff of one file without its header, as "List pull requests files" gives it.
    """
    found: dict[int, int] = {}
    line, hunk = 0, 0
    for row in patch.split("\n"):
        if header := _HUNK.match(row):
            line, hunk = int(header[1]), hunk + 1
        elif row.startswith("+") and hunk:
            found[line] = hunk
            line += 1
        elif not row.startswith(("-", "\\")):
            line += 1
    return found


def may_suggest(changed: dict[int, int], start: int, end: int) -> bool:
    """Whether a suggestion for these lines (inclusive) can be posted: all of them new, in one hunk."""
    return start in changed and all(changed.get(line) == changed[start] for line in range(start, end + 1))
