"""How far apart two spellings are."""


def edit_distance(a: str, b: str, limit: int) -> int:
    """Insertions, deletions, replacements and swapped neighbours that turn `a` into `b`.

    Optimal string alignment; `limit` + 1 stands for every distance over `limit`.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a):
        row = [i + 1]
        for j, other in enumerate(b):
            cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (letter != other))
            if i and j and letter == b[j - 1] and a[i - 1] == other:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
