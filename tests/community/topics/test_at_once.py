"""Many people at the same instant: nothing is lost, doubled or left waiting."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from community.accounts.models import User
from community.topics.actions.answer import post_answer
from community.topics.actions.ask import ask_question
from community.topics.actions.merge import merge_topic
from community.topics.actions.recount import recount_post, recount_topic
from community.topics.actions.resolve import accept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, PostVote, Resolution, Section, Topic
from tests.factories.topics import make_answer, make_section, make_topic, make_user

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of `acts` in threads that start together; what each returned, or the error it raised."""
    start, outcomes = Barrier(len(acts)), list[object]([None] * len(acts))

    def run(number: int) -> None:
        start.wait(30)
        try:
            outcomes[number] = acts[number]()
        except Exception as error:  # noqa: BLE001 - what each raised is what the test looks at
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


@pytest.fixture
def people() -> list[User]:
    return [make_user(f"person{number}") for number in range(20)]


@pytest.fixture
def question(people: list[User]) -> Topic:
    return make_topic(make_user("somebody"), make_section())


def test_twenty_people_vote_on_one_answer(question: Topic, people: list[User]) -> None:
    post = make_answer(question, question.author)
    votes = [1 if number % 4 else -1 for number in range(20)]
    done = at_once(
        *(
            lambda who=who, value=value: vote_post(post, by=who, value=value)
            for who, value in zip(people, votes, strict=True)
        )
    )
    assert done == [True] * 20
    post.refresh_from_db()
    assert (post.up_count, post.down_count, PostVote.objects.count()) == (15, 5, 20)
    assert not recount_post(post)


def test_one_member_votes_twice_at_once(question: Topic, people: list[User]) -> None:
    post = make_answer(question, question.author)
    done = at_once(*(lambda: vote_post(post, by=people[0], value=1) for _tap in range(4)))
    assert sorted(map(str, done)) == ["False", "False", "False", "True"]
    post.refresh_from_db()
    assert (post.up_count, PostVote.objects.count()) == (1, 1)


def test_a_double_click_publishes_once(question: Topic, people: list[User]) -> None:
    answers = at_once(*(lambda: post_answer(question, by=people[0], body="Once.", key="k") for _click in range(4)))
    assert {post.pk for post in answers if isinstance(post, Post)} == set(
        question.posts.filter(kind="answer").values_list("pk", flat=True)
    )
    assert all(isinstance(post, Post) for post in answers)
    section = Section.objects.get()
    topics = at_once(
        *(
            lambda: ask_question(
                by=people[1], section=section, title="Asked only once?", body="", lang="en", key="q", tags=["new"]
            )
            for _click in range(4)
        )
    )
    assert {topic.pk for topic in topics if isinstance(topic, Topic)} == {
        Topic.objects.get(title="Asked only once?").pk
    }


def test_eight_people_answer_one_question(question: Topic, people: list[User]) -> None:
    done = at_once(*(lambda who=who: post_answer(question, by=who, body=f"By {who}.") for who in people[:8]))
    assert all(isinstance(post, Post) for post in done), done
    question.refresh_from_db()
    assert (question.answer_count, question.post_count) == (8, 9)
    assert not recount_topic(question)


def test_an_answer_accepted_twice_at_once_is_accepted_once(question: Topic, people: list[User]) -> None:
    post = make_answer(question, people[0])
    expert = make_user("expert", "expert")
    done = at_once(lambda: accept_answer(post, by=question.author), lambda: accept_answer(post, by=expert))
    assert sorted(map(str, done)) == ["False", "True"]
    assert Resolution.objects.count() == 1


def test_two_questions_joined_with_each_other_at_once_make_no_circle(question: Topic, people: list[User]) -> None:
    other = make_topic(people[0], question.section)
    moderator = make_user("moderator", "moderator")
    done = at_once(
        lambda: merge_topic(question, into=other, by=moderator), lambda: merge_topic(other, into=question, by=moderator)
    )
    assert sum(outcome is True for outcome in done) == 1, done
    assert Topic.objects.exclude(merged_into=None).count() == 1


def test_new_tags_made_at_once_are_one_tag(question: Topic, people: list[User]) -> None:
    done = at_once(*(lambda who=who: make_topic(who, question.section, tags=["fresh"]) for who in people[:6]))
    assert all(isinstance(topic, Topic) for topic in done), done
    assert Topic.objects.filter(tags__slug="fresh").count() == 6
