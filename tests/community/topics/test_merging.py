"""Joining questions that ask the same: a pointer, one hop long, that the asker may refuse."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.core.models import LoggedEvent
from community.topics.actions.delete import delete_post
from community.topics.actions.merge import merge_topic, reply_to_merge, unmerge_topic
from community.topics.actions.move import close_topic, move_topic
from community.topics.models import Follow, Resolution, SameProblem, Section, Topic
from tests.factories.topics import make_section, make_topic, make_user, opening_of


@pytest.fixture
def twin(stranger: User, section: Section) -> Topic:
    """A question by someone else that asks the same as `topic`."""
    return make_topic(stranger, section)


@pytest.mark.parametrize("name", ["moderator", "expert", "stranger"])
def test_a_moderator_an_expert_and_the_asker_join_questions(
    topic: Topic, twin: Topic, request: pytest.FixtureRequest, name: str
) -> None:
    assert merge_topic(twin, into=topic, by=request.getfixturevalue(name))
    twin.refresh_from_db()
    assert twin.merged_into == topic
    assert list(Topic.objects.listed()) == [topic]


@pytest.mark.parametrize("name", ["answerer", "staff_member", "asker"])
def test_others_do_not(topic: Topic, twin: Topic, request: pytest.FixtureRequest, name: str) -> None:
    with pytest.raises(PermissionDenied, match="can join two questions"):
        merge_topic(twin, into=topic, by=request.getfixturevalue(name))
    with pytest.raises(PermissionDenied, match="can join two questions"):
        unmerge_topic(twin, by=request.getfixturevalue(name))


def test_the_asker_of_the_joined_question_is_counted_and_follows_the_other(
    topic: Topic, twin: Topic, moderator: User, stranger: User
) -> None:
    merge_topic(twin, into=topic, by=moderator)
    assert not merge_topic(twin, into=topic, by=moderator)
    topic.refresh_from_db()
    assert (topic.same_problem_count, topic.follower_count) == (1, 1)
    assert Follow.objects.get().user == SameProblem.objects.get().user == stranger
    assert LoggedEvent.objects.filter(kind="TopicMerged").count() == 1


def test_chains_become_one_hop(topic: Topic, twin: Topic, moderator: User, asker: User, section: Section) -> None:
    third = make_topic(asker, section)
    merge_topic(twin, into=third, by=moderator)
    merge_topic(third, into=topic, by=moderator)
    twin.refresh_from_db()
    assert twin.merged_into == topic
    fourth = make_topic(asker, section)
    merge_topic(fourth, into=twin, by=moderator)
    fourth.refresh_from_db()
    assert fourth.merged_into == topic
    event = LoggedEvent.objects.filter(kind="TopicMerged").order_by("id")[1]
    assert event.data["repointed_ids"] == [twin.pk]


def test_no_question_is_joined_with_itself_or_round_in_a_circle(topic: Topic, twin: Topic, moderator: User) -> None:
    with pytest.raises(ValidationError, match="same question"):
        merge_topic(topic, into=topic, by=moderator)
    merge_topic(twin, into=topic, by=moderator)
    with pytest.raises(ValidationError, match="same question"):
        merge_topic(topic, into=twin, by=moderator)
    topic.refresh_from_db()
    assert topic.merged_into is None


def test_nothing_is_joined_with_what_is_deleted(topic: Topic, twin: Topic, asker: User, moderator: User) -> None:
    delete_post(opening_of(topic), by=asker)
    with pytest.raises(PermissionDenied, match="was deleted"):
        merge_topic(twin, into=topic, by=moderator)


def test_the_question_of_a_closed_account_can_be_joined(topic: Topic, moderator: User, section: Section) -> None:
    gone = make_user("gone")
    theirs = make_topic(gone, section)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    theirs = Topic.objects.get(pk=theirs.pk)
    assert merge_topic(theirs, into=topic, by=moderator)
    topic.refresh_from_db()
    assert (topic.same_problem_count, topic.follower_count) == (0, 0)


def test_the_asker_says_that_it_solves_theirs(topic: Topic, twin: Topic, moderator: User, stranger: User) -> None:
    merge_topic(twin, into=topic, by=moderator)
    twin.refresh_from_db()
    assert reply_to_merge(twin, by=stranger, solved=True)
    assert not reply_to_merge(twin, by=stranger, solved=True)
    twin.refresh_from_db()
    assert (twin.is_solved, Resolution.objects.get().kind) == (True, "same_question")


def test_the_asker_says_that_theirs_is_different(topic: Topic, twin: Topic, moderator: User, stranger: User) -> None:
    merge_topic(twin, into=topic, by=moderator)
    twin.refresh_from_db()
    assert reply_to_merge(twin, by=stranger, solved=False)
    assert not reply_to_merge(twin, by=stranger, solved=False)
    twin.refresh_from_db()
    topic.refresh_from_db()
    assert twin.merged_into is None
    assert (topic.same_problem_count, topic.follower_count) == (0, 0)


def test_only_the_asker_replies_and_only_when_asked(topic: Topic, twin: Topic, moderator: User, stranger: User) -> None:
    assert not reply_to_merge(twin, by=stranger, solved=True)
    twin.refresh_from_db()
    assert not twin.is_solved
    merge_topic(twin, into=topic, by=moderator)
    with pytest.raises(PermissionDenied, match="Only the person who asked"):
        reply_to_merge(twin, by=moderator, solved=True)


def test_questions_joined_with_one_that_is_deleted_stand_by_themselves_again(
    topic: Topic, twin: Topic, asker: User, moderator: User
) -> None:
    merge_topic(twin, into=topic, by=moderator)
    delete_post(opening_of(topic), by=asker)
    twin.refresh_from_db()
    assert twin.merged_into is None
    assert list(Topic.objects.listed()) == [twin]
    assert LoggedEvent.objects.filter(kind="TopicUnmerged", data__topic_id=twin.pk).exists()


def test_moving_and_closing_are_for_moderators(topic: Topic, moderator: User, asker: User, expert: User) -> None:
    garden = make_section("garden")
    for other in (asker, expert):
        with pytest.raises(PermissionDenied, match="Only moderators"):
            move_topic(topic, by=other, section=garden)
        with pytest.raises(PermissionDenied, match="Only moderators"):
            close_topic(topic, by=other)
    assert move_topic(topic, by=moderator, section=garden)
    assert not move_topic(topic, by=moderator, section=garden)
    assert close_topic(topic, by=moderator)
    assert not close_topic(topic, by=moderator)
    assert close_topic(topic, by=moderator, closed=False)
    topic.refresh_from_db()
    assert (topic.section, topic.is_closed) == (garden, False)


def test_both_sections_are_counted_again_after_a_move(topic: Topic, section: Section, moderator: User) -> None:
    garden = make_section("garden")
    section.refresh_from_db()
    assert (section.topic_count, section.unanswered_count) == (1, 1)
    move_topic(topic, by=moderator, section=garden)
    section.refresh_from_db()
    garden.refresh_from_db()
    assert (section.topic_count, garden.topic_count, garden.unanswered_count) == (0, 1, 1)
