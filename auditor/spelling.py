"""How spellings are compared: names of packages by their plain form, words by their distance."""

import re

_RUN = re.compile(r"[-_.]+")


def plain_name(name: str) -> str:
    """A package's name as it is compared (PyPA, "Names and normalization": runs of `-`, `_` and `.` are one `-`)."""
    return _RUN.sub("-", name).lower()


def edit_distance(a: str, b: str, limit: int) -> int:
    """Insertions, deletions, replacements and swapped neighbours that turn `a` into `b`.

    Optimal string alignment; `limit` + 1 stands for every distance over `limit`.
    """
    far = limit + 1
    if abs(len(a) - len(b)) > limit:
        return far
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a):
        row = [i + 1] + [far] * len(b)
        # Whoever leaves this band has changed more than `limit` letters.
        for j in range(max(0, i - limit), min(len(b), i + limit + 1)):
            cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (letter != b[j]))
            if i and j and letter == b[j - 1] and a[i - 1] == b[j]:
                cost = min(cost, before[j - 1] + 1)
            row[j + 1] = cost
        if min(row) > limit:
            return far
        before, last = last, row
    return min(last[-1], far)
