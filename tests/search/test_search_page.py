"""The search page, and what resembles a topic beside it."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.accounts.models import User
from community.topics.actions.delete import delete_post
from community.topics.models import Section, Tag, Topic
from search.engines.chosen import engine
from search.indexing import refresh
from tests.factories.topics import make_topic, opening_of

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: str) -> str:
    response = client.get("/en/search/", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_results_show_the_matching_sentence_with_its_words_marked(client: Client, kettle: Topic) -> None:
    html = page(client, q="vinegar kettles")
    assert "How do I descale a <mark>kettle</mark>?" in html
    assert "Boil <mark>vinegar</mark> and water in it." in html
    assert "Solved by answerer" in html


FILTERED: tuple[tuple[dict[str, str], bool], ...] = (
    ({}, True),
    ({"kind": "topic"}, True),
    ({"kind": "article"}, False),
    ({"section": "plumbing"}, True),
    ({"section": "garden"}, False),
    ({"solved": "1"}, True),
    ({"lang": "fr"}, False),
    ({"lang": "xx", "kind": "xx", "section": "xx", "page": "xx"}, True),
)


def test_filters_narrow_the_results(client: Client, kettle: Topic) -> None:
    for asked, shown in FILTERED:
        assert ("descale a <mark>kettle</mark>" in page(client, q="kettle", **asked)) is shown, asked


def test_nothing_found_offers_to_ask_with_the_words_filled_in(client: Client, kettle: Topic) -> None:
    html = page(client, q="quantum gluons & more")
    assert "Nothing found" in html
    assert "/en/ask/details/?q=quantum%20gluons%20%26%20more" in html


def test_without_words_there_is_only_the_field(client: Client, kettle: Topic) -> None:
    html = page(client)
    assert "Nothing found" not in html
    assert 'type="search"' in html


def test_odd_words_are_shown_harmlessly(client: Client, kettle: Topic) -> None:
    for words in ("<script>alert(1)</script>", "\x00", "😀😀😀", "\u202eelttek", "a" * 5000, "%_'\""):
        assert "<script>alert" not in page(client, q=words), words


def test_a_deleted_question_is_shown_to_nobody(
    as_user: Callable[[User | None], Client], kettle: Topic, moderator: User, stranger: User
) -> None:
    delete_post(opening_of(kettle), by=moderator)
    for reader in (None, stranger, moderator):
        assert "descale" not in page(as_user(reader), q="kettle")


def test_pages_follow_each_other_at_a_fixed_cost(
    client: Client, stranger: User, section: Section, kettle: Topic
) -> None:
    page(client, q="kettle")
    with CaptureQueriesContext(connection) as few:
        page(client, q="kettle")
    for number in range(25):
        make_topic(stranger, section, title=f"Kettle of colour {number}")
    with CaptureQueriesContext(connection) as many:
        first = page(client, q="kettle")
    assert len(few) == len(many) <= 9
    assert 'rel="next nofollow" href="?q=kettle&amp;page=2"' in first
    second = page(client, q="kettle", page="2")
    assert first.count('<li class="topic-row hit">') == 20
    assert second.count('<li class="topic-row hit">') == 6
    assert 'rel="prev nofollow"' in second


def test_a_topic_shows_what_resembles_it(client: Client, stranger: User, section: Section, kettle: Topic) -> None:
    other = make_topic(stranger, section, title="Which vinegar descales a kettle best?")
    html = client.get(other.get_absolute_url()).content.decode()
    assert "Similar questions" in html
    assert kettle.get_absolute_url() in html
    assert html.count(kettle.get_absolute_url()) == 1


def test_the_index_is_asked_once_for_what_resembles_a_topic(
    as_user: Callable[[User], Client], stranger: User, section: Section, kettle: Topic
) -> None:
    other = make_topic(stranger, section, title="Which vinegar descales a kettle best?")
    client = as_user(stranger)
    client.get(other.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        client.get(other.get_absolute_url())
    assert not any("search_" in query["sql"] for query in queries if "search_asksession" not in query["sql"])


@pytest.fixture
def tagged(kettle: Topic) -> Topic:
    kettle.tags.add(Tag.objects.create(slug="limescale", label="lime scale"))
    refresh("topic", [str(kettle.pk)], engine())
    return kettle


def test_sections_tags_and_solved_ones_are_offered_with_their_numbers(client: Client, tagged: Topic) -> None:
    html = page(client, q="kettle")
    assert "tag=limescale" in html
    assert re.search(r"lime scale <span[^>]*>1</span>", html)
    assert re.search(r"Solved <span[^>]*>1</span>", html)
    assert "descale a <mark>kettle</mark>" in page(client, q="kettle", tag="limescale")
    assert "Nothing found" in page(client, q="kettle", tag="other")


def test_a_slip_is_put_right_one_tap_away(client: Client, kettle: Topic) -> None:
    html = page(client, q="descale kettel")
    assert "Did you mean:" in html
    assert "descale kettle</strong>" in html


def test_the_team_reads_how_a_result_came_to_its_place_and_nobody_else(
    as_user: Callable[..., Client], kettle: Topic, moderator: User, stranger: User
) -> None:
    assert "fresh" in page(as_user(moderator), q="kettle", explain="1")
    assert "fresh" not in page(as_user(moderator), q="kettle")
    for person in (None, stranger):
        assert "fresh" not in page(as_user(person), q="kettle", explain="1")
