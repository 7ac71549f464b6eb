"""Whoever qualified before a badge was there gets it by and by, quietly, and just as the dry run said."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from community.accounts.models import User
from community.core.tasks.worker import Worker
from community.notifications.models import Notification
from community.topics.actions.resolve import accept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section, Topic
from rewards.badges.filling import fill, fill_badge_task, look_through
from rewards.badges.models import Award, Badge
from rewards.badges.qualifying import dry_run
from tests.factories.badges import make_badge
from tests.factories.topics import make_answer, make_section, make_topic, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.bulk]
STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}


@pytest.fixture
def helpers(asker: User, section: Section) -> list[User]:
    """Seven members with as many answers as they are old here: none, one, … six."""
    people = [make_user(f"helper{number}") for number in range(7)]
    topics = [make_topic(asker, section) for _number in range(7)]
    for count, person in enumerate(people):
        for topic in topics[:count]:
            make_answer(topic, person)
    return people


def test_the_back_fill_gives_what_the_dry_run_said_and_tells_nobody(helpers: list[User]) -> None:
    badge = make_badge(threshold=3, is_repeated=True, filled_at=None)
    said = dry_run(badge)
    assert (said.member_count, said.holder_count) == (4, 0)
    assert [(person.username, count) for person, count in said.sample][:2] == [("helper6", 6), ("helper5", 5)]
    fill(badge)
    assert Counter(Award.objects.values_list("member__username", flat=True)) == {
        "helper3": 1, "helper4": 1, "helper5": 1, "helper6": 2
    }  # fmt: skip
    assert not Notification.objects.filter(kind="badge_earned").exists()
    badge.refresh_from_db()
    assert badge.filled_at is not None
    assert (dry_run(badge).member_count, dry_run(badge).holder_count) == (0, 4)


def test_what_was_earned_long_ago_bears_its_day_and_its_deed(helpers: list[User]) -> None:
    second = Post.objects.filter(author=helpers[2], kind="answer").order_by("created_at")[1]
    Post.objects.filter(author=helpers[2]).update(created_at=timezone.now() - timedelta(days=90))
    Post.objects.filter(pk=second.pk).update(created_at=timezone.now() - timedelta(days=60))
    fill(make_badge(threshold=2, filled_at=None))
    award = Award.objects.get(member=helpers[2])
    assert (timezone.now() - award.awarded_at).days == 60
    assert (award.post_id, award.topic_id) == (second.pk, second.topic_id)


def test_a_back_fill_killed_in_the_middle_goes_on_where_it_was(
    helpers: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rewards.badges.filling.BATCH", 2)
    badge = make_badge(filled_at=None)
    with override_settings(TASKS=STORED):
        fill(badge)
        for _batch in range(3):
            Worker().step()
        assert 0 < Award.objects.count() < 6
        Worker().drain()
    assert Award.objects.count() == 6
    fill_badge_task.call(badge.pk, 0)
    assert Award.objects.count() == 6


def test_members_hear_of_what_they_earn_once_but_not_of_a_crowd(asker: User, answerer: User, topic: Topic) -> None:
    make_badge(metric="answers")
    make_answer(topic, answerer)
    assert list(Notification.objects.filter(kind="badge_earned").values_list("user", flat=True)) == [answerer.pk]
    assert not Notification.objects.filter(kind="badge_earned", emailed_at__isnull=False).exists()
    for number in range(11):
        make_user(f"old{number}", date_joined=timezone.now() - timedelta(days=400))
    crowd = make_badge("crowd", metric="days_member", threshold=365)
    assert look_through() == 1
    assert Award.objects.filter(badge=crowd).count() == 11
    assert Notification.objects.filter(kind="badge_earned").count() == 1
    look_through()
    assert Award.objects.filter(badge=crowd).count() == 11
    assert Notification.objects.filter(kind="badge_earned").count() == 1


def test_time_alone_takes_what_must_be_kept_up(answer: Post, answerer: User) -> None:
    badge = make_badge(metric="answers", window_days=30, is_revocable=True)
    fill(badge)
    assert Award.objects.in_force().count() == 1
    Post.objects.filter(pk=answer.pk).update(created_at=timezone.now() - timedelta(days=31))
    look_through()
    assert Award.objects.in_force().count() == 0


@given(
    deeds=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.booleans()), max_size=9),
    threshold=st.integers(1, 3),
    is_repeated=st.booleans(),
    by_section=st.booleans(),
)
@settings(max_examples=15)
@pytest.mark.usefixtures("db")
@pytest.mark.slow
def test_awards_are_what_counting_by_hand_gives(
    deeds: list[tuple[int, int, bool]], threshold: int, is_repeated: bool, by_section: bool
) -> None:
    for table in (Award, Badge):
        table.objects.all().delete()
    asker = User.objects.filter(username="someone").first() or make_user("someone")
    people = [User.objects.filter(username=name).first() or make_user(name) for name in ("ann", "ben", "cleo")]
    places = [Section.objects.filter(slug=slug).first() or make_section(slug) for slug in ("one", "two")]
    Topic.objects.all().update(deleted_at=timezone.now())
    badge = make_badge(
        metric="accepted", threshold=threshold, is_repeated=is_repeated, scope="section" if by_section else ""
    )
    expected: Counter[tuple[int, str]] = Counter()
    for who, where, is_accepted in deeds:
        answer = make_answer(make_topic(asker, places[where]), people[who])
        if is_accepted:
            accept_answer(answer, by=asker)
            expected[people[who].pk, f"section:{places[where].pk}" if by_section else ""] += 1
    wanted = {
        (member, scope, number)
        for (member, scope), count in expected.items()
        for number in range(1, (count // threshold if is_repeated else min(count // threshold, 1)) + 1)
    }
    by_event = set(Award.objects.values_list("member", "scope", "number"))
    assert by_event == wanted
    Award.objects.all().delete()
    assert dry_run(badge).member_count == len({member for member, _scope, _number in wanted})
    fill(badge)
    assert set(Award.objects.values_list("member", "scope", "number")) == wanted


def test_each_badge_bears_the_day_when_it_was_earned(answer: Post, asker: User, answerer: User) -> None:
    now = timezone.now()
    Post.objects.filter(pk=answer.pk).update(created_at=now - timedelta(days=9))
    accept_answer(answer, by=asker, at=now - timedelta(days=4))
    User.objects.filter(pk=answerer.pk).update(date_joined=now - timedelta(days=40))
    for slug, metric, threshold in (("a", "answers", 1), ("b", "accepted", 1), ("c", "days_member", 30)):
        fill(make_badge(slug, metric=metric, threshold=threshold))
    earned = Award.objects.filter(member=answerer)
    assert {award.badge.slug: (now - award.awarded_at).days for award in earned} == {"a": 9, "b": 4, "c": 10}


def test_what_is_wrong_is_named_and_set_right(helpers: list[User]) -> None:
    badge = make_badge(threshold=4, is_revocable=True)
    fill(badge)
    call_command("badges_recheck", "--check")
    Award.objects.filter(member=helpers[5]).delete()
    Award.objects.create(badge=badge, member=helpers[1])
    Badge.objects.update(holder_count=9)
    with pytest.raises(CommandError, match="3 stored numbers"):
        call_command("badges_recheck", "--check")
    call_command("badges_recheck")
    call_command("badges_recheck", "--check")
    holders = Award.objects.in_force().values_list("member__username", flat=True)
    assert set(holders) == {"helper4", "helper5", "helper6"}


def test_what_needed_votes_was_earned_when_it_had_them(answer: Post, asker: User, answerer: User) -> None:
    now = timezone.now()
    Post.objects.filter(pk=answer.pk).update(created_at=now - timedelta(days=9))
    for days, fan in ((7, "fan1"), (5, "fan2"), (2, "fan3")):
        vote_post(answer, by=make_user(fan), value=1, at=now - timedelta(days=days))
    fill(make_badge(least_votes=2))
    assert (now - Award.objects.get(member=answerer).awarded_at).days == 5
