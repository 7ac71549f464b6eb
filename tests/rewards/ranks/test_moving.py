"""Ranks follow what members do and what becomes of it, once each, and are proven."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.actions.roles import set_role
from community.accounts.models import Role, User
from community.core.daily import begin_daily_tasks
from community.core.events import Event
from community.core.models import LoggedEvent
from community.notifications.kinds import describe
from community.notifications.models import Notification
from community.topics.actions.answer import post_answer
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.follow import share_problem
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Topic
from deploy.housekeeping import keep_house
from rewards.ledger.settling import reverse
from rewards.metrics import MANY
from rewards.models import Entry, Reason
from rewards.ranks.models import Cause, RankChange
from rewards.ranks.moving import recompute
from rewards.ranks.receivers import rank_those_concerned
from rewards.ranks.tasks import pass_the_day_task
from tests.factories.topics import opening_of
from tests.rewards.ranks.climbing import climb, grow_older, make_veteran, rank_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _short_ladder() -> None:
    climb()


def check() -> str:
    out = StringIO()
    call_command("rewards_recompute", "--check", stdout=out)
    return out.getvalue()


def test_a_vote_and_an_acceptance_lift_and_their_end_lowers(answer: Post, asker: User, answerer: User) -> None:
    assert rank_of(answerer) == ""
    vote_post(answer, by=asker, value=1)
    assert rank_of(answerer) == "second"
    accept_answer(answer, by=asker)
    assert rank_of(answerer) == "third"
    unaccept_answer(answer, by=asker)
    assert rank_of(answerer) == "second"
    vote_post(answer, by=asker, value=0)
    assert rank_of(answerer) == "first"
    steps = list(RankChange.objects.filter(member=answerer).order_by("pk").values_list("before", "after", "cause"))
    assert [step[1] for step in steps] == ["second", "third", "second", "first"]
    assert {step[2] for step in steps} == {Cause.ACT}
    figures = RankChange.objects.get(member=answerer, after="third").figures
    assert figures == {"points": 26, "days": 0, "answers": 1, "accepted": 1}
    assert "Every stored number" in check()


def test_what_becomes_of_the_whole_topic_moves_all_in_it(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    accept_answer(answer, by=asker)
    opening = opening_of(answer.topic)
    moderator = make_veteran("warden", 0)
    User.objects.filter(pk=moderator.pk).update(role=Role.MODERATOR, rank="")
    moderator.refresh_from_db()
    delete_post(opening, by=moderator)
    assert rank_of(answerer) == "first"
    assert "Every stored number" in check()
    opening.refresh_from_db()
    restore_post(opening, by=moderator)
    assert rank_of(answerer) == "third"
    assert "Every stored number" in check()


def test_going_up_is_told_once_in_the_site_and_high_ranks_by_mail_to_whoever_asked(
    answer: Post, asker: User, answerer: User
) -> None:
    for value in (1, 0, 1):
        vote_post(answer, by=asker, value=value)
    told = Notification.objects.get(user=answerer, kind="rank_reached")
    assert "Second" in describe([told])[told.pk].sentence
    grow_older(answerer, 40)
    accept_answer(answer, by=asker)
    assert Notification.objects.filter(user=answerer, kind="high_rank_reached").count() == 1
    assert not Notification.objects.filter(user=asker, kind__endswith="rank_reached").exists()


def test_a_replay_changes_nothing(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    accept_answer(answer, by=asker)
    before = RankChange.objects.count(), Notification.objects.count()
    for logged in LoggedEvent.objects.filter(kind__in=["PostVoted", "AnswerPosted", "AnswerAccepted"]):
        rank_those_concerned(Event.registered[logged.kind](**logged.data))
    assert (RankChange.objects.count(), Notification.objects.count()) == before


def test_time_alone_lifts_by_the_day_s_pass_once_a_day(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    accept_answer(answer, by=asker)
    grow_older(answerer, 30)
    begin_daily_tasks()
    assert rank_of(answerer) == "fourth"
    assert RankChange.objects.filter(member=answerer).latest("pk").cause == Cause.DAY
    assert begin_daily_tasks() == 0
    before = RankChange.objects.count()
    pass_the_day_task.enqueue()
    assert RankChange.objects.count() == before


def test_ages_are_those_of_the_day_s_pass_until_the_next(answer: Post, asker: User, answerer: User) -> None:
    """Who turns 30 days old after the pass of a day rises by the next, whatever happens to them meanwhile."""
    accept_answer(answer, by=asker)
    grow_older(answerer, 29)
    begin_daily_tasks()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        vote_post(answer, by=asker, value=1)
        assert rank_of(answerer) == "third"
        begin_daily_tasks()
        assert rank_of(answerer) == "fourth"


def test_whoever_was_second_to_answer_moves_when_the_first_answer_goes(answer: Post, answerer: User) -> None:
    climb((("first", 0, 0, {}), ("second", 1, 0, {"first_to_answer": 1})))
    late = make_veteran("late", 3)
    post_answer(answer.topic, by=late, body="Try the other way round.")
    assert (rank_of(answerer), rank_of(late)) == ("second", "")
    delete_post(answer, by=answerer)
    assert (rank_of(answerer), rank_of(late)) == ("first", "second")


def test_a_question_shared_by_many_lifts_who_asked_it(topic: Topic, asker: User) -> None:
    climb((("first", 0, 0, {}), ("second", 1, 0, {"shared_questions": 1})))
    for number in range(MANY):
        share_problem(topic, by=make_veteran(f"sharer{number}", 3))
    assert rank_of(asker) == "second"


def test_whoever_joins_starts_on_the_lowest_rank_and_others_get_it_by_the_pass(client: Client, asker: User) -> None:
    typed = {"email": "new@example.org", "username": "newest", "password1": "a-long-enough-phrase-7"}
    client.post("/en/account/signup/", typed)
    newest = User.objects.get(username="newest")
    assert newest.rank == "first"
    assert RankChange.objects.get(member=newest).cause == Cause.JOINED
    assert rank_of(asker) == ""
    keep_house()
    assert rank_of(asker) == "first"
    assert not Notification.objects.filter(kind__endswith="rank_reached").exists()


def test_votes_that_a_review_takes_back_no_longer_lift(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    reverse([Entry.objects.get(rule="helpful_vote")], reason=Reason.SERIES)
    assert rank_of(answerer) == "first"
    reverse([Entry.objects.latest("pk")], reason=Reason.RESTORED)
    assert rank_of(answerer) == "second"


def test_the_team_stands_apart(answer: Post, asker: User, answerer: User) -> None:
    recompute([answerer.pk], cause=Cause.DAY)
    vote_post(answer, by=asker, value=1)
    admin = User.objects.get(username="boss")
    set_role(answerer, Role.STAFF, by=admin)
    assert rank_of(answerer) == ""
    assert not RankChange.objects.filter(member=admin).exists()
    set_role(answerer, Role.EXPERT, by=admin)
    assert rank_of(answerer) == "second"
    assert Notification.objects.filter(user=answerer, kind="rank_reached").count() == 1


def test_a_rank_that_is_wrong_is_named_and_set_right(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    User.objects.filter(pk=answerer.pk).update(rank="fourth")
    out = StringIO()
    with pytest.raises(CommandError, match="1 stored numbers of 1 members"):
        call_command("rewards_recompute", "--check", stdout=out)
    assert f"member {answerer.pk}, rank: stored fourth, ladder second" in out.getvalue()
    call_command("rewards_recompute", stdout=StringIO())
    assert rank_of(answerer) == "second"
    assert "Every stored number" in check()


def test_what_is_wrong_in_the_ledger_is_set_right_before_the_ranks(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    User.objects.filter(pk=answerer.pk).update(ledger_total=0, reputation=1, rank="first")
    call_command("rewards_recompute", stdout=StringIO())
    assert rank_of(answerer) == "second"
    assert "Every stored number" in check()


def test_a_member_is_recomputed_in_as_many_queries_as_many(
    answer: Post, asker: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    vote_post(answer, by=asker, value=1)
    many = [make_veteran(f"member{number}", 3).pk for number in range(40)]
    recompute(many, cause=Cause.DAY)
    User.objects.filter(pk__in=many).update(reputation=30)
    # A savepoint and its end, the members, the ladder, the day, and the two behaviours that the ladder asks for.
    for pks in ([many[0]], many):
        with django_assert_num_queries(7):
            recompute(pks, cause=Cause.DAY)
