"""Whatever happens to the server: search answers in time, says why it is less, and catches up by itself."""

import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client

from community.accounts.models import User
from community.topics.models import Section, Topic
from deploy.housekeeping import catch_up
from search.engines import chosen
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch.live import LiveIndex
from search.models import OutdatedDocument
from tests.factories.topics import make_topic
from tests.search.elasticsearch.conftest import site_index_at
from tests.services.processes import Program
from tests.services.proxy import Answer, Proxy, proxy_to

pytestmark = pytest.mark.elasticsearch
# The promise, and what a question may take once the server is known to be down.
ANSWERED_SECONDS, AT_ONCE_SECONDS = 1.5, 0.4
JSON = {"Content-Type": "application/json"}
OURS = {**JSON, "X-Elastic-Product": "Elasticsearch"}
OLDER = b'{"error": {"type": "media_type_header_exception", "reason": "Invalid media-type"}, "status": 400}'
ANSWERS = {
    "busy": Answer(429, b'{"error": {"type": "circuit_breaking_exception"}, "status": 429}', OURS),
    "not ready": Answer(503, b'{"error": {"type": "cluster_block_exception"}, "status": 503}', OURS),
    "a shard is nowhere": Answer(503, b'{"error": {"type": "search_phase_execution_exception"}, "status": 503}', OURS),
    "a proxy's page": Answer(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"}),
    "another page": Answer(200, b"<html>Welcome</html>", {**OURS, "Content-Type": "text/html"}),
    "another product": Answer(200, b'{"cluster_name": "opensearch"}', JSON),
    "an older version": Answer(400, OLDER, OURS),
    "no right to it": Answer(403, b'{"error": {"type": "security_exception"}, "status": 403}', OURS),
}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look whether the server is back after half a second, not ten."""
    monkeypatch.setattr("search.engines.breaker.OPEN_SECONDS", 0.5)


@pytest.fixture
def proxied(db: None, elasticsearch_url: str, index_prefix: str) -> Iterator[Proxy]:
    """The site's index behind a proxy."""
    with proxy_to(elasticsearch_url) as proxy, site_index_at(proxy.url, index_prefix):
        yield proxy
        proxy.well()


@pytest.fixture
def ask(client: Client) -> Callable[[str], tuple[str, list[str], float]]:
    """Who answers a question asked of the API, with which titles, after how many seconds."""

    def asked(words: str) -> tuple[str, list[str], float]:
        started = time.monotonic()
        answer = client.get("/api/v1/suggest", {"q": words})
        assert answer.status_code == 200
        found = answer.json()
        return found["engine"], [item["title"] for item in found["items"]], time.monotonic() - started

    return asked


@pytest.fixture
def survives(client: Client, ask, asker: User, section: Section) -> Callable[..., None]:
    """Judge all that is promised for the time of a fault, and after it."""

    def judge(begin: Callable[[], object], end: Callable[[], object], *, line: str, waiting: int = 1) -> None:
        before = make_topic(asker, section, title="How do I bleed a radiator valve?", body="It gurgles.")
        assert found_by_elasticsearch("how to bleed a radiator valve") == [before.title]
        # A process that has served for a while: nothing is loaded for the first time.
        DatabaseEngine().suggest("how to bleed a radiator valve")
        client.get("/readyz")
        begin()
        while not chosen.breaker.is_open:
            engine, titles, seconds = ask("how to bleed a radiator valve")
            assert (engine, titles) == ("database", [before.title])
            assert seconds < ANSWERED_SECONDS
        engine, titles, seconds = ask("how to bleed a radiator valve")
        assert (engine, titles) == ("database", [before.title])
        assert seconds < AT_ONCE_SECONDS
        make_topic(asker, section, title="Which sealant suits a shower tray?", body="Written meanwhile.")
        assert ask("which sealant for a shower tray")[:2] == ("database", ["Which sealant suits a shower tray?"])
        ready = client.get("/readyz")
        assert ready.status_code == 200
        assert line in ready.json()["dependencies"]["search"]
        assert measured(client, "entraide_search_on_spare") == 1
        assert measured(client, 'entraide_documents_waiting{engine="elasticsearch"}') == waiting
        end()
        is_as_before(client, ask)

    return judge


def found_by_elasticsearch(words: str) -> list[str]:
    engine = chosen.elasticsearch_engine()
    assert engine
    engine.mend()
    ids = [hit.object_id for hit in engine.suggest(words)]
    return list(Topic.objects.filter(pk__in=ids).values_list("title", flat=True))


def measured(client: Client, name: str) -> float:
    """The figure called `name` in /metrics."""
    lines = client.get("/metrics").content.decode().splitlines()
    return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"{name} "))


def is_as_before(client: Client, ask: Callable[[str], tuple[str, list[str], float]]) -> None:
    """The server is asked again, and knows what was written meanwhile, without anybody's doing."""
    time.sleep(0.6)
    a_minute_passes()
    assert client.get("/readyz").json()["dependencies"]["search"] == "ok"
    assert found_by_elasticsearch("which sealant for a shower tray") == ["Which sealant suits a shower tray?"]
    assert ask("which sealant for a shower tray")[:2] == ("elasticsearch", ["Which sealant suits a shower tray?"])
    assert measured(client, "entraide_search_on_spare") == 0
    assert measured(client, 'entraide_documents_waiting{engine="elasticsearch"}') == 0
    call_command("search_rebuild", "--check", "--engine", "elasticsearch", verbosity=0)


def a_minute_passes() -> None:
    """What waits has waited for more than a minute when housekeeping comes by."""
    OutdatedDocument.objects.update(marked_at=F("marked_at") - timedelta(minutes=2))
    catch_up()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_server_that_refuses(proxied: Proxy, survives, name: str) -> None:
    survives(lambda: setattr(proxied, "answer", ANSWERS[name]), proxied.well, line="degraded: database answers")


def test_a_slow_server(proxied: Proxy, survives) -> None:
    # Too slow for whoever types; what is written takes its time, and arrives.
    line = "database answers for elasticsearch"
    survives(lambda: setattr(proxied, "delay", 0.5), proxied.well, line=line, waiting=0)


def test_no_question_waits_for_a_server_that_is_left_alone(proxied: Proxy, survives, ask) -> None:
    proxied.delay = 3.0
    ask("how to bleed a radiator valve")
    asked = proxied.asked
    assert all(ask("how to bleed a radiator valve")[2] < AT_ONCE_SECONDS for _ in range(3))
    assert proxied.asked == asked


def test_a_server_that_hangs(db: None, own_elasticsearch: tuple[Program, str], index_prefix: str, survives) -> None:
    server, url = own_elasticsearch
    with site_index_at(url, index_prefix):
        survives(lambda: server.send(signal.SIGSTOP), lambda: server.send(signal.SIGCONT), line="degraded")


def test_a_server_that_is_killed(db: None, own_elasticsearch: tuple[Program, str], index_prefix: str, survives) -> None:
    server, url = own_elasticsearch
    with site_index_at(url, index_prefix):
        survives(server.kill, server.start, line="degraded: database answers for elasticsearch: ConnectionError")


def test_an_index_that_is_deleted(site_index: LiveIndex, survives) -> None:
    def delete() -> None:
        for name in site_index.client.indices.get(index=f"{site_index.alias}*").body:
            site_index.client.indices.delete(index=name)

    survives(delete, rebuild, line="it has no index: run manage.py search_rebuild")


def test_an_index_older_than_the_code(site_index: LiveIndex, survives) -> None:
    def age() -> None:
        site_index.client.indices.put_mapping(index=site_index.alias, meta={"version": "older"})
        # As its strict mapping would refuse what this release writes.
        site_index.client.indices.put_settings(index=site_index.alias, settings={"index.blocks.write": True})
        site_index.doubt()

    survives(age, rebuild, line="made by another release: run manage.py search_rebuild")


def test_an_index_that_cannot_be_written_is_searched_all_the_same(
    site_index: LiveIndex, asker: User, section: Section, client: Client, ask
) -> None:
    before = make_topic(asker, section, title="How do I bleed a radiator valve?", body="It gurgles.")
    assert found_by_elasticsearch("how to bleed a radiator valve") == [before.title]
    site_index.client.indices.put_settings(index=site_index.alias, settings={"index.blocks.write": True})
    make_topic(asker, section, title="Which sealant suits a shower tray?", body="Written meanwhile.")
    assert ask("how to bleed a radiator valve")[:2] == ("elasticsearch", [before.title])
    a_minute_passes()
    assert "1 documents wait to be indexed in elasticsearch" in client.get("/readyz").content.decode()
    site_index.client.indices.put_settings(index=site_index.alias, settings={"index.blocks.write": False})
    is_as_before(client, ask)


def rebuild() -> None:
    """What an operator does."""
    call_command("search_rebuild", "--engine", "elasticsearch", verbosity=0)
