"""The brand changes the ladder: it reads who would move, and exactly they do."""

import random
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from community.accounts.actions.desk_groups import complete_groups
from community.accounts.actions.roles import set_role
from community.accounts.models import Role, User
from community.core.errors import Conflict
from community.notifications.models import Notification
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section
from rewards.ranks.actions.put_in_force import dry_run, put_in_force, version_of, written
from rewards.ranks.models import Cause, Ladder, Rank, RankChange
from rewards.ranks.moving import recompute
from rewards.ranks.shipping import ship
from rewards.ranks.standing import ladder_in_force
from tests.factories.topics import make_answer, make_topic, make_user
from tests.rewards.ranks.climbing import SHORT, boss, climb, grow_older, rank_of, write_ladder

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.bulk]

STEEPER = (("first", 0, 0, {}), ("second", 20, 0, {"answers": 1}), ("top", 30, 2, {"answers": 1}))


@pytest.fixture
def crowd(section: Section, asker: User) -> list[User]:
    """Twelve members who answered and were voted for, more or less."""
    climb()
    dice, fans = random.Random(5), [make_user(f"fan{number}") for number in range(4)]
    topics = [make_topic(asker, section) for _ in range(3)]
    people = []
    for number in range(12):
        person = make_user(f"climber{number}")
        answer = make_answer(topics[number % 3], person)
        for fan in fans[: dice.randrange(5)]:
            vote_post(answer, by=fan, value=1)
        grow_older(person, dice.randrange(5))
        people.append(person)
    return people


def test_the_dry_run_is_what_the_task_then_does(crowd: list[User]) -> None:
    write_ladder(STEEPER)
    before = dict(User.objects.values_list("pk", "rank"))
    run = dry_run(written())
    assert dict(User.objects.values_list("pk", "rank")) == before
    told, last = Notification.objects.count(), RankChange.objects.latest("pk").pk
    put_in_force(by=boss(), version=run.version)
    moved = {(change.member_id, change.before, change.after) for change in RankChange.objects.filter(pk__gt=last)}
    assert set(RankChange.objects.filter(pk__gt=last).values_list("cause", flat=True)) == {Cause.LADDER}
    named = {(move.member.pk, move.before, move.after) for move in [*run.up, *run.down]}
    assert run.raised > 0
    assert run.lowered > 0
    assert named == {move for move in moved if move[1]}
    assert len(moved) == run.raised + run.lowered + run.renamed + run.first
    assert run.members == {slug: User.objects.filter(rank=slug).count() for slug, *_ in STEEPER}
    assert Notification.objects.count() == told
    again = dry_run(written())
    assert (again.raised, again.lowered, again.first, again.is_change) == (0, 0, 0, False)
    assert recompute(before, cause=Cause.RECOUNT) == 0


def test_nothing_counts_until_it_is_put_in_force(crowd: list[User]) -> None:
    before = dict(User.objects.values_list("pk", "rank"))
    write_ladder(STEEPER)
    recompute(before, cause=Cause.ACT)
    assert dict(User.objects.values_list("pk", "rank")) == before


def test_what_was_not_looked_at_is_not_put_in_force(asker: User) -> None:
    climb()
    seen = version_of(written())
    Rank.objects.filter(slug="second").update(points=11)
    with pytest.raises(Conflict):
        put_in_force(by=boss(), version=seen)
    with pytest.raises(PermissionDenied):
        put_in_force(by=asker, version=version_of(written()))
    assert put_in_force(by=boss(), version=version_of(written())) is not None
    assert put_in_force(by=boss(), version=version_of(written())) is None
    Rank.objects.all().delete()
    with pytest.raises(Conflict):
        put_in_force(by=boss(), version=version_of(()))


def test_the_brand_team_does_it_at_the_desk(client: Client, crowd: list[User]) -> None:
    complete_groups()
    marc = make_user("marc")
    set_role(marc, Role.BRAND, by=boss())
    client.force_login(marc)
    rank = Rank.objects.get(slug="second")
    page = client.get(f"/admin/snippets/ranks/rank/edit/{rank.pk}/").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(behaviours-[^"]+)" value="([^"]*)"', page))
    behaviour = rank.behaviours.get()
    answer = client.post(
        f"/admin/snippets/ranks/rank/edit/{rank.pk}/",
        {
            **fields,
            "name_fr": "Deuxième",
            "name_en": "Runner-up",
            "slug": "second",
            "position": 2,
            "icon": "rank-2",
            "colour": "accent",
            "points": 40,
            "days": 0,
            "is_marked": "on",
            "behaviours-TOTAL_FORMS": 1,
            "behaviours-INITIAL_FORMS": 1,
            "behaviours-0-id": behaviour.pk,
            "behaviours-0-metric": "answers",
            "behaviours-0-at_least": 1,
        },
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/admin/ladder/"
    page = client.get("/admin/ladder/").content.decode()
    lowered = User.objects.filter(rank="second", reputation__lt=40).count()
    assert lowered
    assert re.search(rf"\b{lowered} goe?s? down|\b{lowered} go down", page)
    assert "climber" in page
    version = re.search(r'name="version" value="(\w+)"', page)
    assert version
    client.post("/admin/ladder/", {"version": version[1]})
    assert not User.objects.filter(rank="second", reputation__lt=40).exists()
    assert ladder_in_force().rungs[1].name_en == "Runner-up"  # type: ignore[union-attr]
    assert "This ladder is in force" in client.get("/admin/ladder/").content.decode()


def test_others_do_not(client: Client, staff_member: User, asker: User) -> None:
    for person in (staff_member, asker):
        client.force_login(person)
        assert client.get("/admin/ladder/").status_code in {302, 403}


def test_a_rank_that_nobody_can_wear_is_pointed_at(client: Client) -> None:
    climb()
    write_ladder((*SHORT[:2], ("easier", 5, 0, {})))
    client.force_login(boss())
    assert "Nobody can stand on" in client.get("/admin/ladder/").content.decode()


def test_the_shipped_ladder_comes_once(answer: Post) -> None:
    assert Rank.objects.count() == 8
    assert not ship()
    Rank.objects.all().delete()
    assert not ship()
    assert Ladder.objects.count() == 1
    recompute([answer.author_id], cause=Cause.DAY)
    assert rank_of(answer.author) == "new-face"
