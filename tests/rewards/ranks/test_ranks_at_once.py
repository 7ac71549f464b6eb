"""Many acts, passes and ladders at the same instant: everybody ends where the ladder says, each step told once."""

from itertools import pairwise

import pytest

from community.accounts.models import User
from community.notifications.models import Notification
from community.topics.actions.vote import vote_post
from community.topics.models import Post
from rewards.ranks.actions.put_in_force import put_in_force, version_of, written
from rewards.ranks.models import Cause, RankChange
from rewards.ranks.moving import recompute
from rewards.ranks.proof import differences
from tests.community.topics.test_at_once import at_once
from tests.factories.topics import make_answer, make_section, make_topic, make_user
from tests.rewards.ranks.climbing import SHORT, boss, climb, write_ladder

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def steps_of(member: User) -> list[tuple[str, str]]:
    return list(RankChange.objects.filter(member=member).order_by("pk").values_list("before", "after"))


@pytest.fixture
def answers() -> list[Post]:
    climb()
    section, asker, author = make_section(), make_user("asker"), make_user("author")
    return [make_answer(make_topic(asker, section), author) for _ in range(3)]


def test_votes_and_passes_at_once_leave_no_rank_behind(answers: list[Post]) -> None:
    author, fans = answers[0].author, [make_user(f"fan{number}") for number in range(8)]
    everybody = list(User.objects.values_list("pk", flat=True))
    for value in (1, 0, 1):
        outcomes = at_once(
            *(
                lambda fan=fan, post=post, value=value: vote_post(post, by=fan, value=value)
                for fan in fans
                for post in answers
            ),
            *[lambda: recompute(everybody, cause=Cause.DAY)] * 4,
        )
        assert not [each for each in outcomes if isinstance(each, Exception)]
    assert list(differences()) == []
    steps = steps_of(author)
    assert all(before == earlier[1] for earlier, (before, _after) in pairwise(steps))
    assert Notification.objects.filter(user=author, kind="rank_reached").count() == 1


def test_two_who_put_a_ladder_in_force_at_once_do_it_once(answers: list[Post]) -> None:
    vote_post(answers[0], by=make_user("fan"), value=1)
    write_ladder((*SHORT[:1], ("other", 5, 0, {})))
    seen, admin = version_of(written()), boss()
    made = at_once(*[lambda: put_in_force(by=admin, version=seen)] * 4)
    assert len([each for each in made if each is not None]) == 1
    assert list(differences()) == []
    assert User.objects.get(username="author").rank == "other"
