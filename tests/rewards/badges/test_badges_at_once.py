"""Many workers at the same instant: nobody has a badge twice, nobody lacks one, and counts are right."""

import pytest
from django.db import IntegrityError, transaction

from community.accounts.models import User
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.models import Post
from rewards.badges.filling import fill_badge_task
from rewards.badges.holders import recount_holders
from rewards.badges.models import Award, Badge
from rewards.badges.qualifying import dry_run
from rewards.badges.settling import settle
from tests.community.topics.test_at_once import at_once
from tests.factories.badges import make_badge
from tests.factories.topics import make_answer, make_section, make_topic, make_user

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def answers() -> list[Post]:
    """Twelve answers of four members, none accepted."""
    section, asker = make_section(), make_user("asker")
    people = [make_user(f"person{number}") for number in range(4)]
    return [make_answer(make_topic(asker, section), people[number % 4]) for number in range(12)]


def no_failure(outcomes: list[object]) -> None:
    assert not [each for each in outcomes if isinstance(each, Exception)]


def test_many_tasks_about_the_same_members_give_each_badge_once(answers: list[Post]) -> None:
    badges = [make_badge("first"), make_badge("each", is_repeated=True), make_badge("here", scope="section")]
    members = list(User.objects.values_list("pk", flat=True))
    no_failure(
        at_once(
            *[lambda: settle(badges, members) for _ in range(10)],
            *[lambda badge=badge: fill_badge_task.call(badge.pk) for badge in badges for _ in range(3)],
        )
    )
    assert Award.objects.count() == 4 + 12 + 4
    assert [recount_holders(badge) for badge in badges] == [False] * 3


def test_accepting_and_taking_back_at_once_ends_as_the_rows_say(answers: list[Post]) -> None:
    asker = answers[0].topic.author
    kept = make_badge("kept", metric="accepted", is_revocable=True, threshold=2)
    follows = make_badge("follows", metric="answers", prerequisite=kept, is_revocable=True)
    for _ in range(2):
        at_once(
            *[lambda post=post: accept_answer(post, by=asker) for post in answers],
            *[lambda post=post: unaccept_answer(post, by=asker) for post in answers[:6]],
        )
    expected = {
        person.pk
        for person in User.objects.all()
        if Post.objects.filter(author=person, kind="answer", is_accepted=True).count() >= 2
    }
    for badge in (kept, follows):
        assert set(Award.objects.in_force().filter(badge=badge).values_list("member", flat=True)) == expected
        assert dry_run(badge).member_count == 0
        assert not recount_holders(badge)


def test_the_table_itself_refuses_a_second_one(answers: list[Post]) -> None:
    badge, member = make_badge(metric="questions"), answers[0].author
    Award.objects.create(badge=badge, member=member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(badge=badge, member=member)
    assert Badge.objects.count() == 1
