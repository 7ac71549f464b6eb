"""Each kind of rule gives its badge to whom it should, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from community.accounts.models import Role, User
from community.core.events import Event, _later_receivers
from community.core.models import BackgroundTask, LoggedEvent
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.follow import follow_topic, unfollow_topic
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.events import TopicFollowed
from community.topics.models import Follow, Post, Section, Tag, Topic
from rewards.badges.models import Award, Badge
from rewards.badges.receivers import _followed, award_badges, provide
from rewards.metrics import METRICS, Metric
from tests.factories.badges import make_badge
from tests.factories.topics import make_answer, make_section, make_topic, make_user

pytestmark = pytest.mark.django_db


def held(member: User, badge: Badge) -> list[tuple[str, int]]:
    rows = Award.objects.in_force().filter(member=member, badge=badge).order_by("scope", "number")
    return list(rows.values_list("scope", "number"))


def test_the_deed_that_reaches_the_number_earns_it_with_its_reason(asker: User, answerer: User, topic: Topic) -> None:
    badge = make_badge(threshold=2)
    make_answer(topic, answerer)
    assert held(answerer, badge) == []
    second = make_answer(make_topic(asker, topic.section), answerer)
    award = Award.objects.get()
    assert (award.member, award.topic_id, award.post_id) == (answerer, second.topic_id, second.pk)
    assert award.figures["count"] == award.figures["threshold"] == 2
    make_answer(make_topic(asker, topic.section), answerer)
    assert held(answerer, badge) == [("", 1)]


def test_replaying_everything_gives_nothing_again(answer: Post, asker: User) -> None:
    make_badge("votes", metric="votes_received")
    make_badge("accepted", metric="accepted", is_revocable=True)
    make_badge("kind", metric="accepting")
    vote_post(answer, by=asker, value=1)
    accept_answer(answer, by=asker)
    before = list(Award.objects.order_by("pk").values())
    assert len(before) == 3
    for logged in LoggedEvent.objects.exclude(kind__in=["BadgesAwarded"]):
        award_badges(Event.registered[logged.kind](**logged.data))
    assert list(Award.objects.order_by("pk").values()) == before


def test_one_that_is_earned_again_and_again(asker: User, answerer: User, section: Section) -> None:
    badge = make_badge(threshold=2, is_repeated=True)
    for _number in range(5):
        make_answer(make_topic(asker, section), answerer)
    assert held(answerer, badge) == [("", 1), ("", 2)]


def test_one_of_each_section_says_where(asker: User, answerer: User, section: Section) -> None:
    other, badge = make_section("garden"), make_badge(metric="accepted", scope="section")
    for place in (section, other, other):
        accept_answer(make_answer(make_topic(asker, place), answerer), by=asker)
    assert held(answerer, badge) == sorted([(f"section:{section.pk}", 1), (f"section:{other.pk}", 1)])


def test_one_for_each_tag(asker: User, answerer: User, section: Section) -> None:
    tag = Tag.objects.create(slug="leak", label="leak")
    topic, badge = make_topic(asker, section), make_badge(scope="tag", threshold=1)
    make_answer(topic, answerer)
    assert held(answerer, badge) == []
    topic.tags.add(tag)
    make_answer(make_topic(asker, section), answerer)
    assert held(answerer, badge) == [(f"tag:{tag.pk}", 1)]


@pytest.mark.parametrize(
    ("limits", "is_earned"),
    [
        ({"lang": "en"}, True),
        ({"lang": "fr"}, False),
        ({"kind": "question"}, True),
        ({"kind": "discussion"}, False),
        ({"least_votes": 1}, True),
        ({"least_votes": 2}, False),
    ],
)
def test_limits_are_kept(answer: Post, asker: User, answerer: User, limits: dict[str, Any], is_earned: bool) -> None:
    badge = make_badge(metric="accepted", **limits)
    accept_answer(answer, by=asker)
    vote_post(answer, by=asker, value=1)
    assert bool(held(answerer, badge)) is is_earned


def test_limits_of_place_are_kept(answer: Post, asker: User, answerer: User) -> None:
    tag = Tag.objects.create(slug="leak", label="leak")
    here, elsewhere = make_badge("a", section=answer.topic.section), make_badge("b", section=make_section("garden"))
    tagged, untagged = make_badge("c", tag=tag), make_badge("d", tag=Tag.objects.create(slug="x", label="x"))
    answer.topic.tags.add(tag)
    make_answer(make_topic(asker, answer.topic.section), answerer)
    assert [bool(held(answerer, badge)) for badge in (here, elsewhere, tagged, untagged)] == [True, False, True, False]


def test_only_what_was_done_within_the_days_counts(asker: User, answerer: User, section: Section) -> None:
    badge = make_badge(threshold=2, window_days=30)
    old = make_answer(make_topic(asker, section), answerer)
    Post.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    make_answer(make_topic(asker, section), answerer)
    assert held(answerer, badge) == []
    make_answer(make_topic(asker, section), answerer)
    assert held(answerer, badge) == [("", 1)]


def test_one_that_needs_another_first_follows_it_at_once(asker: User, answerer: User, section: Section) -> None:
    second = make_badge("second", metric="answers", threshold=1)
    first = make_badge("first", metric="accepted", threshold=1)
    Badge.objects.filter(pk=second.pk).update(prerequisite=first)
    answer = make_answer(make_topic(asker, section), answerer)
    assert held(answerer, second) == []
    accept_answer(answer, by=asker)
    assert held(answerer, first) == held(answerer, second) == [("", 1)]


def test_one_deed_may_earn_both_a_badge_and_what_it_unlocks(answer: Post, asker: User, answerer: User) -> None:
    first = make_badge("first", metric="accepted")
    second = make_badge("second", metric="accepted", prerequisite=first)
    third = make_badge("third", metric="accepted", prerequisite=second)
    accept_answer(answer, by=asker)
    assert [held(answerer, badge) for badge in (first, second, third)] == [[("", 1)]] * 3
    assert not BackgroundTask.objects.exists()
    assert list(Badge.objects.values_list("holder_count", flat=True)) == [1, 1, 1]


def test_in_each_section_the_same_section_comes_first(asker: User, answerer: User, section: Section) -> None:
    first = make_badge("first", metric="accepted", scope="section")
    second = make_badge("second", metric="answers", scope="section", prerequisite=first)
    make_answer(make_topic(asker, make_section("garden")), answerer)
    accept_answer(make_answer(make_topic(asker, section), answerer), by=asker)
    assert held(answerer, second) == [(f"section:{section.pk}", 1)]


def test_what_is_revocable_is_lost_with_its_date_and_may_come_back(answer: Post, asker: User, answerer: User) -> None:
    kept, lost = make_badge("kept", metric="accepted"), make_badge("lost", metric="accepted", is_revocable=True)
    accept_answer(answer, by=asker)
    unaccept_answer(answer, by=asker)
    assert (held(answerer, kept), held(answerer, lost)) == ([("", 1)], [])
    assert Award.objects.get(badge=lost).revoked_at is not None
    accept_answer(answer, by=asker)
    assert held(answerer, lost) == [("", 1)]
    opening, boss = answer.topic.posts.get(kind="opening"), make_user("boss", Role.MODERATOR)
    delete_post(opening, by=boss)
    assert held(answerer, lost) == []
    restore_post(opening, by=boss)
    assert held(answerer, lost) == [("", 1)]
    assert Award.objects.count() == 2


def test_what_one_unlocked_is_lost_with_it_when_it_is_revocable(answer: Post, asker: User, answerer: User) -> None:
    first = make_badge("first", metric="accepted", is_revocable=True)
    second = make_badge("second", metric="answers", prerequisite=first, is_revocable=True)
    accept_answer(answer, by=asker)
    assert held(answerer, second) == [("", 1)]
    unaccept_answer(answer, by=asker)
    assert held(answerer, second) == []


def test_what_is_not_live_by_hand_or_not_measured_yet_is_given_to_nobody(answer: Post, asker: User) -> None:
    for slug, fields in (
        ("draft", {"is_live": False}),
        ("manual", {"is_manual": True}),
        ("later", {"metric": "ideas"}),
    ):
        badge = make_badge(slug)
        Badge.objects.filter(pk=badge.pk).update(**fields)
    make_answer(answer.topic, make_user("third"))
    assert not Award.objects.exists()


def test_a_room_to_come_provides_its_measure_and_what_moves_it(topic: Topic, answerer: User) -> None:
    badge = make_badge()
    Badge.objects.filter(pk=badge.pk).update(metric="follows")
    follow_topic(topic, by=answerer)
    assert held(answerer, badge) == []
    metric = Metric(gettext_lazy("topics followed"), Follow.objects.all, "user", moved_by=(TopicFollowed,))
    provide("follows", metric)
    try:
        unfollow_topic(topic, by=answerer)
        follow_topic(topic, by=answerer)
        assert held(answerer, badge) == [("", 1)]
        with pytest.raises(ValueError, match="Two measures"):
            provide("follows", METRICS["answers"])
    finally:
        del METRICS["follows"]
        _followed.discard(TopicFollowed)
        _later_receivers[TopicFollowed].remove(award_badges)


def test_closed_accounts_get_nothing(answer: Post, asker: User, answerer: User) -> None:
    make_badge(metric="votes_received")
    User.objects.filter(pk=answerer.pk).update(is_active=False)
    vote_post(answer, by=asker, value=1)
    assert not Award.objects.exists()
