"""Settling a question: who may, in what capacity, several answers, other reasons, and taking it back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.core.models import LoggedEvent
from community.topics.actions.answer import post_comment
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.resolve import accept_answer, reopen_topic, solve_otherwise, unaccept_answer
from community.topics.models import Post, Resolution, Section, Topic
from tests.factories.topics import make_answer, make_topic, opening_of


def kinds() -> list[str]:
    return list(LoggedEvent.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("name", "capacity"), [("asker", "asker"), ("expert", "expert"), ("staff_member", "staff"), ("moderator", "staff")]
)
def test_an_answer_is_accepted_in_the_capacity_of_whoever_does(
    answer: Post, request: pytest.FixtureRequest, name: str, capacity: str
) -> None:
    someone: User = request.getfixturevalue(name)
    assert accept_answer(answer, by=someone)
    answer.refresh_from_db()
    answer.topic.refresh_from_db()
    assert (answer.is_accepted, answer.accepted_as) == (True, capacity)
    assert answer.topic.is_solved
    assert answer.topic.answer_excerpt == "Change the washer."
    assert Resolution.objects.get().by == someone
    assert kinds()[-1] == "AnswerAccepted"


@pytest.mark.parametrize("name", ["stranger", "answerer", "newcomer"])
def test_others_may_not_say_what_solved_it(answer: Post, request: pytest.FixtureRequest, name: str) -> None:
    someone: User = request.getfixturevalue(name)
    for act in (
        lambda: accept_answer(answer, by=someone),
        lambda: unaccept_answer(answer, by=someone),
        lambda: solve_otherwise(answer.topic, by=someone, kind="fixed_itself"),
        lambda: reopen_topic(answer.topic, by=someone),
    ):
        with pytest.raises(PermissionDenied, match="Only the person who asked, an expert or the team"):
            act()
    answer.topic.refresh_from_db()
    assert not answer.topic.is_solved


def test_accepting_again_changes_nothing(answer: Post, asker: User, expert: User) -> None:
    assert accept_answer(answer, by=asker)
    assert not accept_answer(answer, by=expert)
    assert Resolution.objects.count() == 1
    assert kinds().count("AnswerAccepted") == 1


def test_several_answers_may_be_accepted_and_the_first_dates_the_solution(
    topic: Topic, answer: Post, asker: User, stranger: User, expert: User
) -> None:
    other = make_answer(topic, stranger)
    accept_answer(answer, by=asker)
    topic.refresh_from_db()
    solved_at = topic.solved_at
    accept_answer(other, by=expert)
    topic.refresh_from_db()
    assert topic.solved_at == solved_at
    unaccept_answer(answer, by=asker)
    topic.refresh_from_db()
    assert topic.is_solved
    assert topic.solved_at == Resolution.objects.get(answer=other).created_at
    assert topic.answer_excerpt.startswith("Change the washer, number")
    unaccept_answer(other, by=expert)
    topic.refresh_from_db()
    assert (topic.is_solved, topic.solved_at, topic.answer_excerpt) == (False, None, "")


def test_only_an_answer_can_be_accepted(topic: Topic, answer: Post, asker: User) -> None:
    for post in (opening_of(topic), post_comment(answer, by=asker, body="Which size?")):
        with pytest.raises(PermissionDenied, match="Only an answer"):
            accept_answer(post, by=asker)


def test_a_discussion_is_not_solved(asker: User, stranger: User, section: Section) -> None:
    talk = make_topic(asker, section, kind="discussion")
    reply = make_answer(talk, stranger)
    with pytest.raises(PermissionDenied, match="Only a question can be solved"):
        accept_answer(reply, by=asker)
    with pytest.raises(PermissionDenied, match="Only a question can be solved"):
        solve_otherwise(talk, by=asker, kind="fixed_itself")


def test_the_asker_does_not_take_back_what_the_team_accepted(answer: Post, asker: User, staff_member: User) -> None:
    accept_answer(answer, by=staff_member)
    with pytest.raises(PermissionDenied, match="Somebody else accepted this answer"):
        unaccept_answer(answer, by=asker)
    assert unaccept_answer(answer, by=staff_member)
    assert not unaccept_answer(answer, by=staff_member)


def test_the_team_takes_back_what_the_asker_accepted(answer: Post, asker: User, expert: User) -> None:
    accept_answer(answer, by=asker)
    assert unaccept_answer(answer, by=expert)
    resolution = Resolution.objects.get()
    assert (resolution.revoked_by, resolution.revoked_at is not None) == (expert, True)


def test_a_question_is_settled_for_another_reason_once(topic: Topic, asker: User, expert: User) -> None:
    assert solve_otherwise(topic, by=asker, kind="fixed_itself", note="It stopped by itself.")
    assert not solve_otherwise(topic, by=expert, kind="by_professional")
    topic.refresh_from_db()
    assert topic.is_solved
    assert Resolution.objects.get().note == "It stopped by itself."
    assert kinds().count("TopicSolvedOtherwise") == 1


@pytest.mark.parametrize("kind", ["answer", "", "magic"])
def test_a_reason_is_one_of_those_known(topic: Topic, asker: User, kind: str) -> None:
    with pytest.raises(ValidationError, match="one of the reasons"):
        solve_otherwise(topic, by=asker, kind=kind)


def test_reopening_revokes_every_reason_and_keeps_them_as_history(
    topic: Topic, answer: Post, asker: User, expert: User
) -> None:
    accept_answer(answer, by=expert)
    solve_otherwise(topic, by=asker, kind="fixed_itself")
    assert reopen_topic(topic, by=asker)
    topic.refresh_from_db()
    answer.refresh_from_db()
    assert (topic.is_solved, answer.is_accepted, answer.accepted_as) == (False, False, "")
    assert Resolution.objects.exclude(revoked_at=None).count() == 2
    assert kinds()[-2:] == ["AnswerUnaccepted", "TopicReopened"]
    assert not reopen_topic(topic, by=asker)
    assert accept_answer(answer, by=asker)


def test_deleting_an_accepted_answer_withdraws_it_and_restoring_does_not_accept_it_again(
    answer: Post, asker: User, answerer: User
) -> None:
    accept_answer(answer, by=asker)
    assert delete_post(answer, by=answerer)
    answer.refresh_from_db()
    answer.topic.refresh_from_db()
    assert (answer.is_accepted, answer.topic.is_solved, answer.topic.answer_count) == (False, False, 0)
    assert kinds()[-2:] == ["AnswerUnaccepted", "PostDeleted"]
    assert restore_post(answer, by=answerer)
    answer.refresh_from_db()
    answer.topic.refresh_from_db()
    assert (answer.is_accepted, answer.topic.is_solved, answer.topic.answer_count) == (False, False, 1)


def test_a_deleted_answer_is_not_accepted(answer: Post, answerer: User, asker: User) -> None:
    stale = Post.objects.select_related("topic").get(pk=answer.pk)
    delete_post(answer, by=answerer)
    with pytest.raises(PermissionDenied, match="This answer was deleted"):
        accept_answer(stale, by=asker)
