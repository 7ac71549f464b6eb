"""Many people at the same instant: no point is paid twice, none is lost, no limit is passed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.models import Sum

from community.accounts.models import User
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post
from rewards.boards.counting import count_entries
from rewards.ledger import facts
from rewards.ledger.recompute import differences
from rewards.ledger.settling import settle
from rewards.models import Entry
from tests.community.topics.test_at_once import at_once
from tests.factories.topics import make_answer, make_section, make_topic, make_user
from tests.services import beside

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def author() -> User:
    return make_user("author")


@pytest.fixture
def answers(author: User) -> list[Post]:
    section, asker = make_section(), make_user("asker")
    return [make_answer(make_topic(asker, section), author) for _ in range(5)]


def test_fifty_clients_vote_and_take_back_on_the_same_answers(author: User, answers: list[Post]) -> None:
    people = [make_user(f"person{number}") for number in range(10)]
    again = [(person, post, value) for person in people for post in answers for value in (1, 0, 1)]
    for start in range(0, len(again), 50):
        outcomes = at_once(
            *(
                lambda person=person, post=post, value=value: vote_post(post, by=person, value=value)
                for person, post, value in again[start : start + 50]
            )
        )
        assert not [each for each in outcomes if isinstance(each, Exception)]
    count_entries()
    author.refresh_from_db()
    gained = Entry.objects.filter(member=author, generation=0).aggregate(sum=Sum("effective"))["sum"]
    assert gained <= 200
    assert list(differences()) == []
    assert settle(facts.of_posts([post.pk for post in answers])) == []


def test_accepting_and_taking_it_back_at_once_pays_once_or_not_at_all(author: User, answers: list[Post]) -> None:
    asker = answers[0].topic.author
    for _ in range(3):
        at_once(
            *[lambda post=post: accept_answer(post, by=asker) for post in answers for _ in range(3)],
            *[lambda post=post: unaccept_answer(post, by=asker) for post in answers for _ in range(3)],
        )
    count_entries()
    assert list(differences()) == []
    accepted = Post.objects.filter(is_accepted=True).count()
    author.refresh_from_db()
    assert author.reputation == 1 + 15 * accepted


def test_two_people_who_vote_each_other_down_do_not_wait_in_a_circle(answers: list[Post], author: User) -> None:
    other = make_user("other")
    theirs = [make_answer(post.topic, other) for post in answers]
    outcomes = at_once(
        *[lambda post=post: vote_post(post, by=other, value=-1) for post in answers],
        *[lambda post=post: vote_post(post, by=author, value=-1) for post in theirs],
    )
    assert outcomes == [True] * 10
    count_entries()
    assert list(differences()) == []


def test_fifty_clients_that_are_killed_at_random_pay_nothing_twice_and_lose_nothing(
    author: User, answers: list[Post]
) -> None:
    for number in range(20):
        make_user(f"person{number}")
    command = [sys.executable, "-m", "tests.rewards.clients", str(KILLS)]
    run = subprocess.run(command, cwd=ROOT, env=beside.environment(), stdout=subprocess.PIPE, check=True, timeout=300)
    outcome = json.loads(run.stdout.splitlines()[-1])
    assert (outcome["killed"], outcome["failed"]) == (KILLS, 0)
    assert outcome["done"] > KILLS
    count_entries()
    assert list(differences()) == []
    # What the ledger says is what the votes and acceptances that are there say, whoever was killed before telling it.
    assert settle(facts.of_posts([post.pk for post in answers])) == []
    for post in Post.objects.filter(pk__in=[post.pk for post in answers]):
        votes = list(post.votes.values_list("value", flat=True))
        assert (post.up_count, post.down_count) == (votes.count(1), votes.count(-1))
        assert post.is_accepted == post.resolutions.filter(revoked_at=None).exists()
