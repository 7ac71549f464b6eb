"""A member's own statement by the API."""

import pytest
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.api.models import Scope
from community.api.tokens import make_token
from community.topics.actions.delete import delete_post
from community.topics.actions.vote import vote_post
from community.topics.models import Section
from tests.community.api.program import Program
from tests.factories.topics import make_answer, make_topic, make_user

pytestmark = pytest.mark.django_db


def test_it_says_what_when_why_and_how_much(answerer: User, asker: User, section: Section) -> None:
    for _ in range(3):
        vote_post(make_answer(make_topic(asker, section), answerer), by=asker, value=1)
    told = Program(answerer)("GET", "me/reputation", Accept_Language="fr").json()
    assert (told["reputation"], told["gained"], told["lost"]) == (26, 25, 0)
    latest = told["entries"]["items"][0]
    assert (latest["rule"], latest["points"], latest["nominal"], latest["limit"]) == ("helpful_vote", 5, 10, "pair")
    assert (latest["why"], latest["remark"]) == ("Vote «\u00a0utile\u00a0»", "souvent de la même personne")
    assert latest["topic"]["url"].startswith("http")
    assert told["entries"]["next"] is None


def test_what_was_deleted_is_told_without_its_title(answerer: User, asker: User, section: Section) -> None:
    answer = make_answer(make_topic(asker, section), answerer)
    vote_post(answer, by=asker, value=1)
    delete_post(answer.topic.posts.get(kind="opening"), by=make_user("boss", "moderator"))
    taken, given = Program(answerer)("GET", "me/reputation").json()["entries"]["items"]
    assert (taken["points"], given["points"]) == (-10, 10)
    assert (taken["topic"], given["topic"]) == (None, None)


def test_only_a_token_opens_it_and_one_that_reads_is_enough(answerer: User) -> None:
    refused = Program()("GET", "me/reputation", Accept_Language="fr")
    assert (refused.status_code, refused.json()["detail"][:17]) == (401, "Il faut un jeton,")
    program = Program(token=make_token(answerer, scope=Scope.READ))
    assert program("GET", "me/reputation").json()["reputation"] == 1
    assert program("GET", "me/reputation?cursor=zzz").status_code == 404
    described = program("GET", "openapi.json").json()["paths"]
    assert {} in described["/api/v1/leaderboard"]["get"]["security"]
    assert {} not in described["/api/v1/me/reputation"]["get"]["security"]


def test_a_long_statement_comes_in_pages_of_one_cost(
    answerer: User,
    asker: User,
    section: Section,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("rewards.statement.PAGE_SIZE", 3)
    answer = make_answer(make_topic(asker, section), answerer)
    for number in range(5):
        vote_post(answer, by=make_user(f"voter{number}"), value=1)
    program = Program(answerer)
    program("GET", "me/reputation")
    with django_assert_num_queries(4):
        first = program("GET", "me/reputation").json()
    with django_assert_num_queries(4):
        second = program("GET", f"me/reputation?cursor={first['entries']['next']}").json()
    assert [len(page["entries"]["items"]) for page in (first, second)] == [3, 2]
    assert second["entries"]["next"] is None
