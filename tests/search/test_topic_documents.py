"""What is indexed and shown of a topic: its opening, its best answer, and the others that helped."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.topics.actions.delete import delete_post
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section, Topic
from search.documents.topic import MOST_ANSWERS, TopicKind
from search.engines import Document
from tests.factories.topics import make_answer, make_topic, make_user

pytestmark = pytest.mark.django_db


def document_of(topic: Topic) -> Document:
    [document] = TopicKind().documents([str(topic.pk)])
    return document


@pytest.fixture
def voters() -> list[User]:
    return [make_user(f"voter{number}") for number in range(3)]


def answers_with_votes(topic: Topic, by: User, voters: list[User], counts: list[int]) -> list[Post]:
    """An answer for each of `counts`, with as many helpful votes."""
    answers = [make_answer(topic, by, body=f"Remedy number {place}.") for place, _count in enumerate(counts)]
    for answer, count in zip(answers, counts, strict=True):
        for voter in voters[:count]:
            vote_post(answer, by=voter, value=1)
    return answers


def test_a_topic_is_found_by_its_accepted_answer_and_the_others_that_helped(
    kettle: Topic, stranger: User, voters: list[User]
) -> None:
    answers_with_votes(kettle, stranger, voters, [0, 1, 3])
    answer = document_of(kettle).answer
    assert answer.startswith("Boil vinegar")
    assert answer.endswith("Remedy number 2.\nRemedy number 1.")


def test_however_many_answers_helped_only_the_best_are_indexed(
    kettle: Topic, stranger: User, voters: list[User]
) -> None:
    answers_with_votes(kettle, stranger, voters, [1, 2, 2, 3, 2])
    lines = document_of(kettle).answer
    assert lines.count("Remedy") == MOST_ANSWERS - 1
    assert "Remedy number 0." not in lines


def test_an_answer_that_misleads_or_is_deleted_is_not_indexed(
    kettle: Topic, stranger: User, voters: list[User]
) -> None:
    bad, gone = answers_with_votes(kettle, stranger, voters, [0, 2])
    vote_post(bad, by=voters[0], value=-1)
    delete_post(gone, by=stranger)
    assert "Remedy" not in document_of(kettle).answer


def test_without_an_accepted_answer_the_best_one_stands_even_if_nobody_voted(
    asker: User, answerer: User, section: Section
) -> None:
    topic = make_topic(asker, section)
    make_answer(topic, answerer, body="Descale it.")
    make_answer(topic, answerer, body="Buy another.")
    assert document_of(topic).answer in {"Descale it.", "Buy another."}


def test_the_votes_that_rank_a_topic_are_those_of_its_most_helpful_answer(
    kettle: Topic, stranger: User, voters: list[User]
) -> None:
    answers_with_votes(kettle, stranger, voters, [3])
    document = document_of(kettle)
    assert (document.helpful_count, document.vote_count) == (3, 3)


def test_the_number_of_queries_does_not_grow(
    kettle: Topic,
    garden: list[Topic],
    stranger: User,
    voters: list[User],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    answers_with_votes(kettle, stranger, voters, [1, 2, 3])
    kind = TopicKind()
    for ids in ([str(kettle.pk)], [str(topic.pk) for topic in (kettle, *garden)]):
        with django_assert_num_queries(3):
            assert len(kind.documents(ids)) == len(ids)
        with django_assert_num_queries(2):
            assert len(kind.results(ids, AnonymousUser())) == len(ids)
