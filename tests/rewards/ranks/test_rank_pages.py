"""What people see of ranks: beside names, on pages of members, in the ladder, in the API."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.topics.actions.answer import post_comment
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post
from rewards.ranks.actions.put_in_force import put_in_force, version_of, written
from rewards.ranks.models import Rank
from tests.factories.topics import make_answer, make_user, opening_of
from tests.rewards.ranks.climbing import boss, climb

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(answer: Post, asker: User, answerer: User, django_capture_on_commit_callbacks: Any) -> User:
    """Somebody on the second rank."""
    with django_capture_on_commit_callbacks(execute=True):
        climb()
    vote_post(answer, by=asker, value=1)
    answerer.refresh_from_db()
    return answerer


def mark(name: str) -> str:
    return f'role="img" aria-label="{name}"'


@pytest.mark.parametrize(("lang", "name"), [("en", "Second"), ("fr", "second (fr)")])
def test_a_rank_stands_beside_the_name_in_the_reader_s_language(
    client: Client, second: User, answer: Post, lang: str, name: str
) -> None:
    post_comment(opening_of(answer.topic), by=second, body="Do you have a spanner?")
    page = client.get(f"/{lang}/t/{answer.topic_id}/", follow=True).content.decode()
    assert page.count(mark(name)) == 2
    assert mark(name) in client.get(f"/{lang}/leaderboard/").content.decode()
    member = client.get(f"/{lang}/members/answerer/").content.decode()
    assert name in member
    assert f"/{lang}/ranks/" in member


def test_the_lowest_rank_and_those_of_experts_and_the_team_do_not_stand_beside_names(
    client: Client, second: User, answer: Post, expert: User
) -> None:
    vote_post(make_answer(answer.topic, expert), by=second, value=1)
    expert.refresh_from_db()
    assert expert.rank == "second"
    page = client.get(f"/en/t/{answer.topic_id}/", follow=True).content.decode()
    assert mark("First") not in page
    assert page.count(mark("Second")) == 1
    assert "Second" in client.get("/en/members/expert/").content.decode()


def test_marks_cost_no_query(client: Client, second: User, answer: Post, asker: User, stranger: User) -> None:
    client.force_login(stranger)
    address = f"/en/t/{answer.topic_id}/{answer.topic.slug}/"
    client.get(address)
    counted = []
    for many in (1, 6):
        for number in range(many):
            vote_post(make_answer(answer.topic, make_user(f"m{many}-{number}")), by=asker, value=1)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        counted.append(len(asked))
        assert page.count(mark("Second")) == 1 + many + (many == 6)
    assert counted[0] == counted[1]


def test_what_was_seen_of_a_rank_is_seen_anew_when_the_brand_renames_it(
    client: Client, second: User, answer: Post
) -> None:
    address = f"/en/t/{answer.topic_id}/"
    assert mark("Second") in client.get(address, follow=True).content.decode()
    Rank.objects.filter(slug="second").update(name_en="Runner-up")
    put_in_force(by=boss(), version=version_of(written()))
    assert mark("Runner-up") in client.get(address, follow=True).content.decode()
    assert "Runner-up" in client.get("/en/ranks/").content.decode()


def test_a_member_s_kept_page_follows_their_rank(client: Client, second: User, answer: Post, asker: User) -> None:
    assert "Second" in client.get("/en/members/answerer/").content.decode()
    accept_answer(answer, by=asker)
    assert "Third" in client.get("/en/members/answerer/").content.decode()
    unaccept_answer(answer, by=asker)
    assert "Second" in client.get("/en/members/answerer/").content.decode()


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Answers accepted: <strong>1<"), ("fr", "Réponses acceptées\u00a0: <strong>1<")]
)
def test_the_ladder_says_what_each_rank_asks_and_how_many_stand_there(
    client: Client, second: User, lang: str, words: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(f"/{lang}/leaderboard/")
    with django_assert_num_queries(1):
        page = client.get(f"/{lang}/ranks/").content.decode()
    with django_assert_num_queries(0):
        client.get(f"/{lang}/ranks/")
    assert words in page
    assert page.count("ladder__rung") == 4
    # The asker, who earned too little, stands on the first one; whoever runs the place on none.
    assert page.count('<span class="ladder__members">1 ') == 2


def test_one_s_own_progress_is_shown_to_oneself_only(
    client: Client, second: User, answer: Post, stranger: User
) -> None:
    for person, sees in ((second, True), (stranger, False)):
        client.force_login(person)
        page = client.get("/en/members/answerer/").content.decode()
        assert ("On the way to “Third”" in page) is sees
        assert ("0 of 1" in page) is sees
        assert ("11 of 25" in page) is sees
    client.force_login(second)
    assert "You are here" in client.get("/en/ranks/").content.decode()


def test_a_statement_tells_rank_progress_and_how_it_came(
    client: Client, second: User, answer: Post, asker: User
) -> None:
    accept_answer(answer, by=asker)
    client.force_login(second)
    page = client.get("/en/me/reputation/").content.decode()
    assert "From “Second” to “Third”" in page
    assert "For “Fourth”, all of this:" in page
    assert "/en/ranks/" in page
    client.force_login(boss())
    assert "All ranks" not in client.get("/en/me/reputation/").content.decode()


@pytest.mark.parametrize(("lang", "name"), [("en", "Second"), ("fr", "second (fr)")])
def test_the_api_gives_the_slug_and_the_name(client: Client, second: User, lang: str, name: str) -> None:
    found = client.get("/api/v1/members/answerer", headers={"accept-language": lang}).json()
    assert (found["rank"], found["rank_label"]) == ("second", name)
    team = client.get("/api/v1/members/boss").json()
    assert (team["rank"], team["rank_label"]) == ("", "")
