"""Votes: one a member, changed and taken back, counted right and ordering the answers."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.core.models import LoggedEvent
from community.topics.actions.delete import delete_post
from community.topics.actions.vote import vote_post
from community.topics.helpfulness import helpfulness, wilson_lower_bound
from community.topics.models import Post, PostVote


def counts(post: Post) -> tuple[int, int, int]:
    post.refresh_from_db()
    return post.up_count, post.down_count, post.score


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1], (1, 0, 1)), ([1, -1], (0, 1, -1)), ([-1, 0], (0, 0, 0)), ([1, 0, 1], (1, 0, 1))],
)
def test_the_last_word_counts(answer: Post, stranger: User, values: list[int], expected: tuple[int, int, int]) -> None:
    for value in values:
        assert vote_post(answer, by=stranger, value=value)
    assert counts(answer) == expected
    assert PostVote.objects.filter(post=answer).count() == (0 if expected[2] == 0 else 1)


def test_voting_the_same_again_changes_nothing(answer: Post, stranger: User) -> None:
    assert vote_post(answer, by=stranger, value=1)
    events = LoggedEvent.objects.count()
    assert not vote_post(answer, by=stranger, value=1)
    assert counts(answer) == (1, 0, 1)
    assert LoggedEvent.objects.count() == events


def test_votes_are_announced_with_what_they_were(answer: Post, stranger: User) -> None:
    vote_post(answer, by=stranger, value=1)
    vote_post(answer, by=stranger, value=-1)
    told = [(event.data["previous"], event.data["value"]) for event in LoggedEvent.objects.filter(kind="PostVoted")]
    assert told == [(0, 1), (1, -1)]


def test_nobody_votes_on_their_own_words(answer: Post, answerer: User) -> None:
    with pytest.raises(PermissionDenied, match="cannot vote on what you wrote"):
        vote_post(answer, by=answerer, value=1)
    assert counts(answer) == (0, 0, 0)


def test_nobody_votes_on_what_is_deleted(answer: Post, answerer: User, stranger: User) -> None:
    stale = Post.objects.select_related("topic").get(pk=answer.pk)
    delete_post(answer, by=answerer)
    with pytest.raises(PermissionDenied, match="was deleted"):
        vote_post(stale, by=stranger, value=1)


def test_a_vote_is_up_down_or_none(answer: Post, stranger: User) -> None:
    with pytest.raises(ValidationError, match="1, 0 or -1"):
        vote_post(answer, by=stranger, value=2)


def test_helpful_votes_raise_an_answer_and_misleading_ones_lower_it(answer: Post, stranger: User, asker: User) -> None:
    before = answer.helpfulness
    vote_post(answer, by=stranger, value=1)
    answer.refresh_from_db()
    raised = answer.helpfulness
    vote_post(answer, by=asker, value=-1)
    answer.refresh_from_db()
    assert before < raised
    assert answer.helpfulness < raised


def test_few_votes_do_not_beat_many(answer: Post) -> None:
    assert wilson_lower_bound(1, 1) < wilson_lower_bound(40, 42)
    assert wilson_lower_bound(0, 0) == 0
    assert helpfulness(1, 0, answer.created_at) < helpfulness(40, 2, answer.created_at)
    assert helpfulness(0, 1000, answer.created_at) < helpfulness(0, 0, answer.created_at)
