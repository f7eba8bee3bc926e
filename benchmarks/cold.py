"""Cold: requests and bytes of a first run over smart HTTP, counted at the server, against plain git commands."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from githost import GitHost

from benchmarks.measure import AUDITOR, Command, run
from benchmarks.table import Row
from benchmarks.warm import SITE, Case

_REQUESTS = 4  # two fetches, each asks what the server can do and then for the objects
_HISTORY_REQUESTS = 3  # one fetch by names, which have to be listed first
_MOST_BYTES = 1.1


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the server saw: requests, and bytes of content in both directions."""

    requests: int
    bytes: int


def measure_cold(case: Case) -> list[Row]:
    """A first run with and without the history that `foreign-commit` asks for."""
    with GitHost(case.histories[0].path.parent) as host:
        plain_floor = _traffic(host, lambda: _fetch_by_hand(case, host, case.work / "floor", history=False))
        whole_floor = _traffic(host, lambda: _fetch_by_hand(case, host, case.work / "floor-history", history=True))
        plain = _traffic(host, lambda: _audit(case, host, "cold", "--ignore", "foreign-commit"))
        whole = _traffic(host, lambda: _audit(case, host, "cold-history"))
    count = len(case.histories)
    return [
        *_rows(f"{case.size}: cold, without foreign-commit", plain, plain_floor, _REQUESTS * count),
        *_rows(f"{case.size}: cold", whole, whole_floor, (_REQUESTS + _HISTORY_REQUESTS) * count),
    ]


def _rows(what: str, own: Traffic, floor: Traffic, most: int) -> list[Row]:
    requests = own.requests / floor.requests
    ratio = own.bytes / floor.bytes
    by_hand = "by hand"
    return [
        Row(f"{what}: requests", str(own.requests), f"{floor.requests} {by_hand}", requests, f"at most {most} requests",
            own.requests <= most),
        Row(f"{what}: bytes", f"{own.bytes:,}", f"{floor.bytes:,} {by_hand}", ratio, f"at most {_MOST_BYTES:g}",
            ratio <= _MOST_BYTES),
    ]  # fmt: skip


def _traffic(host: GitHost, fetch: Callable[[], None]) -> Traffic:
    before = len(host.requests)
    fetch()
    seen = host.requests[before:]
    return Traffic(len(seen), sum(request.received + request.sent for request in seen))


def _audit(case: Case, host: GitHost, name: str, *options: str) -> None:
    report = case.write()
    mirrors = [f"--mirror={SITE}/{history.name}={host.url(history.path.name)}" for history in case.histories]
    cache = ["--cache-dir", str(case.work / name), "--no-progress"]
    run(Command([*AUDITOR, "check", *cache, *mirrors, *options, str(report)]))


def _fetch_by_hand(case: Case, host: GitHost, folder: Path, *, history: bool) -> None:
    """The same plan: all commits with their trees, then exactly the cited blobs, then the commits of all branches."""
    for number, cited in enumerate(case.histories):
        url = host.url(cited.path.name)
        ones = [one for one in case.cited if one.history == cited]
        objects = _Clone(folder / f"objects-{number}.git", url)
        objects.fetch("blob:none", [one.commit for one in ones], "--depth=1")
        objects.fetch("blob:none", [one.blob for one in ones])
        if history:
            commits = _Clone(folder / f"history-{number}.git", url)
            commits.fetch(
                "tree:0", ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*", "+HEAD:refs/upstream/HEAD"]
            )


class _Clone:
    """An empty bare repository to fetch into."""

    def __init__(self, path: Path, url: str) -> None:
        self._path = path
        self._url = url
        subprocess.run(["git", "init", "--quiet", "--bare", "--template=", str(path)], check=True)

    def fetch(self, filter: str, wanted: list[str], *options: str) -> None:
        settings = {
            "protocol.version": "2",
            "remote.origin.url": self._url,
            "remote.origin.promisor": "true",
            "remote.origin.partialCloneFilter": filter,
            "fetch.negotiationAlgorithm": "noop",
        }
        configuration = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", f"--filter={filter}", *options]
        subprocess.run(
            ["git", *configuration, "--git-dir", str(self._path), *fetch, "--stdin", "origin"],
            input="".join(f"{name}\n" for name in dict.fromkeys(wanted)).encode(),
            check=True,
        )
