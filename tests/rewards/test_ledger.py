"""Reputation is what the ledger says, and the ledger is what people did."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.accounts.models import Role, User
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.merge import merge_topic, unmerge_topic
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section, Topic
from rewards.ledger.settling import reverse
from rewards.models import Entry, Limit, Reason, Score
from tests.factories.topics import make_answer, make_topic, make_user

pytestmark = pytest.mark.django_db
STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}


def reputation(user: User) -> int:
    user.refresh_from_db()
    return user.reputation


def points(user: User, span: str = "all", scope: str = "") -> int:
    found = Score.objects.filter(member=user, span=span, scope=scope).first()
    return found.points if found else 0


def test_a_helpful_vote_pays_the_author_once(answer: Post, asker: User, answerer: User) -> None:
    for _ in range(2):
        vote_post(answer, by=asker, value=1)
    assert reputation(answerer) == 11
    assert reputation(asker) == 1
    entry = Entry.objects.get()
    assert (entry.rule, entry.actor_id, entry.effective, entry.object_id) == ("helpful_vote", asker.pk, 10, answer.pk)


def test_a_vote_taken_back_and_given_again_pays_what_it_paid(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    vote_post(answer, by=asker, value=0)
    assert reputation(answerer) == 1
    vote_post(answer, by=asker, value=1)
    assert reputation(answerer) == 11
    assert [entry.effective for entry in Entry.objects.order_by("pk")] == [10, -10, 10]


def test_a_vote_turned_around_costs_both(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=make_user("fan"), value=1)
    asker_wins = make_answer(answer.topic, asker)
    vote_post(asker_wins, by=answerer, value=1)
    vote_post(answer, by=asker, value=1)
    vote_post(answer, by=asker, value=-1)
    assert reputation(answerer) == 1 + 10 - 2
    assert reputation(asker) == 1 + 10 - 1


def test_nobody_falls_below_one(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=-1)
    assert reputation(answerer) == 1
    assert Entry.objects.get(rule="downvoted").limit == Limit.FLOOR
    vote_post(answer, by=asker, value=1)
    assert reputation(answerer) == 11


def test_accepting_pays_both_and_taking_it_back_takes_both_back(answer: Post, asker: User, answerer: User) -> None:
    accept_answer(answer, by=asker)
    assert (reputation(answerer), reputation(asker)) == (16, 3)
    unaccept_answer(answer, by=asker)
    assert (reputation(answerer), reputation(asker)) == (1, 1)


def test_the_team_takes_back_what_the_asker_accepted(answer: Post, asker: User, answerer: User) -> None:
    accept_answer(answer, by=asker)
    unaccept_answer(answer, by=make_user("boss", Role.BRAND))
    assert (reputation(answerer), reputation(asker)) == (1, 1)


def test_an_answer_of_ones_own_pays_nothing(topic: Topic, asker: User) -> None:
    accept_answer(make_answer(topic, asker), by=asker)
    assert reputation(asker) == 1
    assert not Entry.objects.exists()


def test_what_is_deleted_pays_nobody_until_it_is_back(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    delete_post(answer, by=answerer)
    assert reputation(answerer) == 1
    restore_post(answer, by=answerer)
    assert reputation(answerer) == 11


def test_a_deleted_topic_takes_its_answers_points_along(answer: Post, asker: User, answerer: User) -> None:
    boss, opening = make_user("boss", Role.MODERATOR), answer.topic.posts.get(kind="opening")
    vote_post(answer, by=asker, value=1)
    vote_post(opening, by=answerer, value=1)
    delete_post(opening, by=boss)
    assert (reputation(answerer), reputation(asker)) == (1, 1)
    restore_post(opening, by=boss)
    assert (reputation(answerer), reputation(asker)) == (11, 11)


def test_a_day_pays_two_hundred_points_by_votes_and_acceptances_on_top(
    topic: Topic, asker: User, answerer: User
) -> None:
    answer = make_answer(topic, answerer)
    for number in range(21):
        vote_post(answer, by=make_user(f"fan{number}"), value=1)
    assert reputation(answerer) == 201
    accept_answer(answer, by=asker)
    assert reputation(answerer) == 216
    assert Entry.objects.filter(limit=Limit.DAY, effective=0).count() == 1


def test_capped_points_do_not_come_back_when_another_vote_goes(topic: Topic, answerer: User) -> None:
    answer, fans = make_answer(topic, answerer), [make_user(f"fan{number}") for number in range(21)]
    for fan in fans:
        vote_post(answer, by=fan, value=1)
    vote_post(answer, by=fans[0], value=0)
    vote_post(answer, by=make_user("late"), value=1)
    assert reputation(answerer) == 191


def test_from_the_third_vote_of_one_pair_each_is_halved(section: Section, asker: User, answerer: User) -> None:
    for _ in range(5):
        vote_post(make_answer(make_topic(asker, section), answerer), by=asker, value=1)
    assert [entry.effective for entry in Entry.objects.order_by("pk")] == [10, 10, 5, 2, 1]
    later = timezone.now() + timedelta(days=40)
    Entry.objects.update(day=(later - timedelta(days=75)).date())
    vote_post(make_answer(make_topic(asker, section), answerer), by=make_user("other"), value=1)
    assert Entry.objects.latest("pk").effective == 10


def test_a_review_is_not_undone_by_voting_again_but_by_the_team(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    reverse([Entry.objects.get()], reason=Reason.SERIES)
    vote_post(answer, by=asker, value=0)
    vote_post(answer, by=asker, value=1)
    assert reputation(answerer) == 1
    reverse([Entry.objects.latest("pk")], reason=Reason.RESTORED)
    assert reputation(answerer) == 11
    vote_post(answer, by=asker, value=0)
    assert reputation(answerer) == 1


def test_joining_questions_of_others_pays(section: Section, asker: User) -> None:
    expert, one, other = make_user("eve", Role.EXPERT), make_topic(asker, section), make_topic(asker, section)
    merge_topic(one, into=other, by=expert)
    assert reputation(expert) == 6
    one.refresh_from_db()
    unmerge_topic(one, by=expert)
    assert reputation(expert) == 1


def test_leaderboards_count_by_span_and_by_field(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    assert points(answerer) == points(answerer, f"{timezone.now():%Y-%m}", f"section:{answer.topic.section_id}") == 10
    vote_post(answer, by=asker, value=0)
    assert points(answerer) == points(answerer, f"{timezone.now():%Y}") == 0
    assert not Entry.objects.not_counted().exists()


def test_a_vote_with_its_consequences_takes_twelve_queries(
    client: Client, answer: Post, asker: User, answerer: User
) -> None:
    """Statements on tables: no savepoints, no session (Redis has it), no tariff (kept), no work of the workers."""
    client.force_login(asker)
    vote_post(answer, by=make_user("first"), value=1)
    with override_settings(TASKS=STORED), CaptureQueriesContext(connection) as captured:
        response = client.post(f"/en/p/{answer.pk}/vote/", {"value": "1"}, headers={"hx-request": "true"})
    assert response.status_code == 200
    statements = [each["sql"] for each in captured if not re.search("SAVEPOINT|django_session", each["sql"])]
    assert len(statements) <= 12, "\n".join(statements)
    assert reputation(answerer) == 21
