"""Votes in series and in rings pay nothing; honest ones are left alone; the team can give them again."""

from itertools import pairwise

import pytest
from django.core.management import call_command
from django.test import Client

from community.accounts.actions.desk_groups import complete_groups, join_desk_group
from community.accounts.models import Role, User
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section
from rewards.ledger.recompute import differences
from rewards.ledger.settling import reverse
from rewards.ledger.sweep import Finding, give_again, rings, series, sweep
from rewards.models import Entry, Reason, Sweep
from tests.factories.topics import make_answer, make_topic, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.bulk]


def votes(actor: User, member: User, section: Section, count: int) -> None:
    asker = User.objects.filter(username="asker").first() or make_user("asker")
    for _ in range(count):
        vote_post(make_answer(make_topic(asker, section), member), by=actor, value=1)


def test_series_are_told_from_popularity() -> None:
    popular = {(fan, 1): 2 for fan in range(10, 40)} | {(9, 1): 9}
    assert list(series(popular)) == []
    assert list(series({(2, 1): 9, (3, 1): 3})) == [Finding((2, 1), is_ring=False)]
    assert list(series({(2, 1): 7})) == []


def test_rings_of_two_to_four_are_found_once_and_longer_ones_are_not() -> None:
    for size in (2, 3, 4):
        members = list(range(1, size + 1))
        ring = dict.fromkeys(pairwise([*members, 1]), 5)
        assert list(rings(ring)) == [Finding(tuple(members), is_ring=True)]
    assert list(rings(dict.fromkeys(pairwise([1, 2, 3, 4, 5, 1]), 5))) == []
    assert list(rings({(1, 2): 5, (2, 3): 5, (3, 1): 3})) == []


def test_a_ring_loses_what_it_paid_and_an_honest_vote_stays(section: Section) -> None:
    ann, ben, fan = make_user("ann"), make_user("ben"), make_user("fan")
    votes(ann, ben, section, 5)
    votes(ben, ann, section, 5)
    votes(fan, ann, section, 1)
    done = sweep()
    assert done is not None
    assert (done.ring_count, done.series_count, done.reversed_count) == (1, 0, 10)
    ann.refresh_from_db(), ben.refresh_from_db()
    assert (ann.reputation, ben.reputation) == (11, 1)
    assert sweep() is None
    Sweep.objects.all().delete()
    again = sweep()
    assert again is not None
    assert again.reversed_count == 0
    assert list(differences()) == []


def test_a_vote_withdrawn_meanwhile_is_not_given_again(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    reverse([Entry.objects.get()], reason=Reason.SERIES)
    vote_post(answer, by=asker, value=0)
    give_again([Entry.objects.latest("pk")])
    answerer.refresh_from_db()
    assert answerer.reputation == 1


def test_the_team_gives_votes_again_and_they_are_left_alone(client: Client, section: Section) -> None:
    complete_groups()
    boss, ann, ben = make_user("boss", Role.BRAND), make_user("ann"), make_user("ben")
    join_desk_group(boss)
    votes(ben, ann, section, 9)
    ann.refresh_from_db()
    before = ann.reputation
    call_command("housekeeping")
    client.force_login(boss)
    page = client.get("/admin/votes-taken-back/").content.decode()
    assert "votes in series are not counted" in page
    client.post("/admin/votes-taken-back/", {"pair": f"{ben.pk}:{ann.pk}"})
    ann.refresh_from_db()
    assert ann.reputation == before
    Sweep.objects.all().delete()
    done = sweep()
    assert done is not None
    assert done.reversed_count == 0
    assert Entry.objects.filter(reason="restored").count() == 9


def test_others_do_not_see_it(client: Client, asker: User) -> None:
    client.force_login(asker)
    assert client.get("/admin/votes-taken-back/").status_code in {302, 403}
