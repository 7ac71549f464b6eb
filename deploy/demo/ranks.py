"""How the people of the demo came to their ranks, told on the days when they would have."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from community.accounts.models import User
from rewards.metrics import measure
from rewards.ranks.ladder import DAYS, POINTS, Rung, highest, measures_of
from rewards.ranks.models import Cause, RankChange
from rewards.ranks.standing import ladder_in_force
from rewards.rules import shown

# How closely the story looks: nobody minds a week.
STEP = timedelta(days=7)


def climb(people: Collection[User], now: datetime) -> None:
    """Have `people`, who have no rank yet, climb as far as what they did until `now` takes them; nobody is told."""
    ladder = ladder_in_force()
    climbers = [person for person in people if not person.is_team and not person.rank]
    if ladder is None or not climbers:
        return
    rungs, changes = ladder.rungs, list[RankChange]()
    for at in days_of(climbers, now):
        there = [person for person in climbers if person.date_joined <= at]
        for person, figures in figures_then(there, rungs, at):
            reached = highest(rungs, figures)
            slug = reached.slug if reached else ""
            if slug != person.rank:
                changes.append(
                    RankChange(
                        member=person, before=person.rank, after=slug, cause=Cause.ACT, figures=figures,
                        ladder=ladder, created_at=at,
                    )
                )  # fmt: skip
                person.rank = slug
    RankChange.objects.bulk_create(changes)
    for person in climbers:
        User.objects.filter(pk=person.pk).update(rank=person.rank)


def days_of(people: Collection[User], now: datetime) -> Iterator[datetime]:
    """The moments at which to look: when each joined, every STEP since the first did, and `now`."""
    joined = {person.date_joined for person in people if person.date_joined < now}
    first = min(joined, default=now)
    steps = {first + STEP * number for number in range((now - first) // STEP + 1)}
    yield from sorted(joined | steps)
    yield now


def figures_then(people: Collection[User], rungs: Collection[Rung], at: datetime) -> list[tuple[User, dict[str, int]]]:
    """What the ladder asks about each of `people`, as it was `at` that moment."""
    ids = [person.pk for person in people]
    totals = measure("reputation", members=ids, until=at)
    counted = {name: measure(name, members=ids, until=at) for name in measures_of(rungs)}
    return [
        (
            person,
            {
                POINTS: shown(totals.get(person.pk, 0)),
                DAYS: (at.date() - person.date_joined.date()).days,
                **{name: counts.get(person.pk, 0) for name, counts in counted.items()},
            },
        )
        for person in people
    ]
