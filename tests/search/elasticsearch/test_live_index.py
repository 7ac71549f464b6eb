"""The site's own index: it follows what happens, is made anew aside with writing going on, and says what is wrong."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone

from community.accounts.models import User
from community.topics.actions.answer import post_answer
from community.topics.actions.delete import delete_post
from community.topics.actions.resolve import accept_answer
from community.topics.models import Post, Section, Topic
from search.documents import Kind
from search.engines import EngineFault, Filters, chosen
from search.engines.elasticsearch.live import LiveIndex
from search.indexing import bring_up_to_date, mark_outdated, refresh
from search.models import OutdatedDocument
from search.rebuilding import rebuild_index
from search.suggesting import suggest
from tests.factories.secrets import MARK, plant_secrets
from tests.factories.topics import make_topic

pytestmark = pytest.mark.elasticsearch


def titles(words: str) -> list[str]:
    engine = chosen.elasticsearch_engine()
    assert engine
    engine.mend()
    return [each.result.title for each in suggest(chosen.engine(), words, AnonymousUser())]


def indexes(live: LiveIndex) -> list[str]:
    return sorted(live.client.indices.get(index=f"{live.alias}*").body)


def check() -> str:
    try:
        call_command("search_rebuild", "--check", "--engine", "elasticsearch", verbosity=0)
    except CommandError as error:
        return str(error)
    return ""


def test_what_is_written_is_found_and_what_is_deleted_is_not(
    site_index: LiveIndex, topic: Topic, answerer: User
) -> None:
    assert titles("how do I stop a dripping tap") == [topic.title]
    assert chosen.engine().name == "elasticsearch"
    answer = post_answer(topic, by=answerer, body="Replace the ceramic cartridge under the handle.")
    assert titles("ceramic cartridge under handle") == [topic.title]
    accept_answer(answer, by=topic.author)
    delete_post(answer, by=answerer)
    assert titles("ceramic cartridge under handle") == []
    assert check() == ""


def test_a_rebuild_aside_loses_nothing_that_is_written_meanwhile(
    site_index: LiveIndex, asker: User, section: Section
) -> None:
    first = [make_topic(asker, section, title=f"Question number {n} about gutters", body="Leaves.") for n in range(4)]
    engine = chosen.elasticsearch_engine()
    assert engine
    before = indexes(site_index)
    made: list[Topic] = []

    def meanwhile(kind: Kind, count: int) -> None:
        if not made:
            made.append(make_topic(asker, section, title="Asked while the index was rebuilt", body="Now."))
            Topic.objects.filter(pk=first[0].pk).update(deleted_at=timezone.now())
            refresh("topic", [str(first[0].pk)], engine)
            assert site_index.written() == [site_index.alias, site_index.building]

    rebuild_index(engine, meanwhile)
    assert site_index.written() == [site_index.alias]
    (name,) = indexes(site_index)
    assert [name] != before
    # What holds only while it is built is gone.
    settings = site_index.client.indices.get_settings(index=name).body[name]["settings"]["index"]
    assert ("refresh_interval" in settings, settings["number_of_replicas"]) == (False, "1")
    assert titles("asked while the index was rebuilt") == ["Asked while the index was rebuilt"]
    assert first[0].title not in titles("question number 0 about gutters")
    assert check() == ""


def test_an_interrupted_rebuild_goes_on_where_it_stopped(
    site_index: LiveIndex, asker: User, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.indexing.BATCH", 2)
    for n in range(6):
        make_topic(asker, section, title=f"Question number {n} about gutters", body="Leaves.")
    engine = chosen.elasticsearch_engine()
    assert engine
    counted: list[int] = []

    def stop_after_two(kind: Kind, count: int) -> None:
        counted.append(count)
        if len(counted) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_index(engine, stop_after_two)
    assert titles("question about gutters")
    rest: list[int] = []
    rebuild_index(engine, lambda kind, count: rest.append(count))
    assert (sum(counted), sum(rest)) == (4, 2)
    assert check() == ""


def test_check_counts_and_names_what_differs(
    site_index: LiveIndex, topic: Topic, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = chosen.elasticsearch_engine()
    assert engine
    Topic.objects.filter(pk=topic.pk).update(title="Renamed behind its back")
    assert "run search_rebuild" in check()
    assert f"1 outdated: {topic.pk}" in capsys.readouterr().out
    call_command("search_rebuild", "--engine", "elasticsearch", verbosity=0)
    assert check() == ""


def test_an_index_of_another_release_is_not_searched_but_told_of(site_index: LiveIndex, topic: Topic) -> None:
    (name,) = indexes(site_index)
    site_index.client.indices.put_mapping(index=name, meta={"version": "older"})
    chosen._live.cache_clear()
    engine = chosen.elasticsearch_engine()
    assert engine
    with pytest.raises(EngineFault, match="search_rebuild"):
        engine.suggest("a dripping tap in my kitchen")
    assert [each.result.title for each in suggest(chosen.engine(), "how do I stop a dripping tap", AnonymousUser())]
    assert chosen.breaker.is_open


def test_without_an_index_changes_wait(elasticsearch_url: str, index_prefix: str, topic: Topic) -> None:
    chosen._live.cache_clear()
    with override_settings(ELASTICSEARCH_URL=elasticsearch_url, SEARCH_INDEX=f"{index_prefix}-none"):
        engine = chosen.elasticsearch_engine()
        assert engine
        mark_outdated("elasticsearch", "topic", [topic.pk])
        with pytest.raises(EngineFault, match="no index"):
            bring_up_to_date(engine)
    assert OutdatedDocument.objects.filter(engine="elasticsearch").exists()
    chosen._live.cache_clear()


def test_private_text_never_reaches_the_index(
    site_index: LiveIndex, topic: Topic, answer: Post, as_user: Callable[..., object]
) -> None:
    delete_post(answer, by=answer.author)
    source = site_index.client.search(index=site_index.alias, query={"match_all": {}}).body
    assert "washer" not in str(source)


def test_none_of_a_thousand_secrets_is_in_the_index_or_found(site_index: LiveIndex, section: Section) -> None:
    words = plant_secrets(section)
    engine = chosen.elasticsearch_engine()
    assert engine
    engine.mend()
    assert check() == ""
    stored = site_index.client.search(index=site_index.alias, query={"match_all": {}}, size=1000).body
    assert not MARK.findall(str(stored))
    for start in range(0, len(words), 20):
        asked = " ".join(words[start : start + 20])
        assert engine.suggest(asked) == []
        assert engine.search(asked, Filters()).hits == []
