"""What a host says about repositories: asked once for each, and never of another host."""

from collections.abc import Iterator

import pytest
from hub import TOKEN, Hub, Trick

from auditor.hosts import Access, Client, repository_facts
from auditor.hosts.facts import MOST
from auditor.model.hosted import HostedRepository


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as running:
        yield running


def ask(hub: Hub, *urls: str) -> dict[str, HostedRepository]:
    client = Client(Access(TOKEN, hub.url), lambda seconds: None)
    try:
        return repository_facts([url.replace("HOST", f"127.0.0.1:{hub.port}") for url in urls], client)
    finally:
        client.close()


def repository(name: str, archived: bool = False, license: str | None = None) -> dict[str, object]:
    shown = {"key": "x", "name": "x", "url": None, "node_id": "x", "spdx_id": license} if license else None
    return {"full_name": name, "archived": archived, "license": shown}


def test_a_repository_as_its_host_shows_it(hub: Hub) -> None:
    hub.repositories = {
        "o/plain": repository("o/plain", license="BSD-3-Clause"),
        "o/old": repository("o/old", archived=True, license="NOASSERTION"),
        "o/before": repository("new/after"),
    }
    plain, old, before = ask(hub, "http://HOST/o/plain", "http://HOST/o/old.git", "http://HOST/o/before/").values()
    assert (plain.moved_to, plain.archived, plain.license) == (None, False, "BSD-3-Clause")
    assert (old.archived, old.license) == (True, None)
    assert before.moved_to == f"https://127.0.0.1:{hub.port}/new/after"


def test_each_is_asked_for_once_and_other_hosts_never(hub: Hub) -> None:
    hub.repositories = {"o/r": repository("o/r")}
    urls = [
        "http://HOST/o/r",
        "http://HOST/O/R",
        "https://gitlab.com/o/r",
        "http://HOST/o",
        "http://HOST/o/r/x",
        "http://[",
    ]
    urls += [
        "http://HOST/../user",
        "http://HOST/o/..",
        "git@HOST:o/r",
        "http://HOST/o/r%2f..%2f..",
        "http://HOST.evil/o/r",
    ]
    assert len(ask(hub, *urls)) == 2
    assert [request.path for request in hub.requests] == ["/repos/o/r"]


def test_what_could_not_be_asked_says_why(hub: Hub) -> None:
    hub.repositories = {"o/r": repository("o/r")}
    gone, there = ask(hub, "http://HOST/o/gone", "http://HOST/o/r").values()
    assert "404" in (gone.trouble or "")
    assert there.trouble is None
    hub.tricks.append(Trick("GET", "/repos/o/r", 200, body={"full_name": "<script>"}))
    assert "no repository" in (next(iter(ask(hub, "http://HOST/o/r").values())).trouble or "")


def test_after_a_limit_nobody_is_asked(hub: Hub) -> None:
    hub.tricks.append(Trick("GET", "/repos/o/a", 403, {"retry-after": "9999"}, {"message": "slow down"}))
    facts = ask(hub, "http://HOST/o/a", "http://HOST/o/b")
    assert all("9999 seconds" in (fact.trouble or "") for fact in facts.values())
    assert len(hub.requests) == 1


def test_there_is_a_bound(hub: Hub) -> None:
    hub.repositories = {f"o/r{number}": repository(f"o/r{number}") for number in range(MOST + 2)}
    facts = ask(hub, *(f"http://HOST/o/r{number}" for number in range(MOST + 2)))
    assert len(hub.requests) == MOST
    assert [fact.trouble is None for fact in facts.values()] == [True] * MOST + [False] * 2
