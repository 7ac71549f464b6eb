"""Who stands where on a ladder, and who would move: counted the same way for a dry run, a move and a proof."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from community.accounts.models import User
from community.core.daily import last_begun
from rewards.metrics import METRICS, measure
from rewards.ranks.ladder import DAYS, POINTS, Figures, Rung, highest, measures_of, places_of
from rewards.ranks.models import Ladder

# What is read of a member to know their rank.
COLUMNS = ("pk", "username", "role", "is_superuser", "rank", "reputation", "date_joined")
# The daily task that looks everybody through.
DAILY = "ranks"


@dataclass(frozen=True)
class Move:
    """That a member belongs on another rank than the one they stand on. An empty slug is no rank."""

    member: User
    before: str
    after: str
    figures: Figures
    # 1 goes up, -1 goes down; 0 is neither: the first rank, or one that takes another's place.
    direction: int


def people() -> QuerySet[User]:
    """Everybody, with what their ranks are counted from."""
    return User.objects.only(*COLUMNS).order_by("pk")


def ladder_in_force() -> Ladder | None:
    """The newest ladder; None before the first."""
    return Ladder.objects.order_by("-pk").first()


def today() -> date:
    """The day (UTC) by which ages are counted: that of the last daily pass, so that all of a day agree."""
    return last_begun(DAILY) or timezone.now().date()


def figures_of(members: Collection[User], rungs: Sequence[Rung], day: date) -> dict[int, dict[str, int]]:
    """What `rungs` ask about each of `members`, by their id. One query for each measure asked for, at most.

    Behaviours are counted of those only whose points and days are enough for a rank that asks for them.
    """
    figures = {
        member.pk: {POINTS: member.reputation, DAYS: max(0, (day - member.date_joined.date()).days)}
        for member in members
    }
    asking = [rung for rung in rungs if rung.behaviours]
    near = [pk for pk, known in figures.items() if any(rung.may_be_reached(known) for rung in asking)]
    for name in measures_of(asking) if near else ():
        counted = measure(name, members=near) if name in METRICS else {}
        for pk in near:
            figures[pk][name] = counted.get(pk, 0)
    return figures


def moves(members: Collection[User], rungs: Sequence[Rung], day: date, former: Sequence[Rung] = ()) -> list[Move]:
    """Those of `members` who belong on another rank of `rungs` than theirs. The team stands on none.

    `former` is the ladder on which they stand, when it is another one.
    """
    places = places_of(rungs, former)
    climbers = [member for member in members if not member.is_team]
    figures = figures_of(climbers, rungs, day)
    found = []
    for member in members:
        reached = highest(rungs, figures[member.pk]) if member.pk in figures else None
        slug = reached.slug if reached else ""
        if slug != member.rank:
            direction = _direction(places, member.rank, slug) if member.pk in figures else 0
            found.append(Move(member, member.rank, slug, figures.get(member.pk, {}), direction))
    return found


def _direction(places: dict[str, int], before: str, after: str) -> int:
    """Which way a member goes; from no rank it is neither, to no rank it is down."""
    if before not in places:
        return 0
    from_, to = places[before], places.get(after, -1)
    return (to > from_) - (to < from_)
