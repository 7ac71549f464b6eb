"""What a rank asks, in words; and how far a member is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.models import User
from community.accounts.ranks import ShownRank
from rewards.metrics import METRICS
from rewards.ranks.ladder import DAYS, POINTS, Rung, after
from rewards.ranks.shown import shown_ladder
from rewards.ranks.standing import figures_of, today


@dataclass(frozen=True)
class Asked:
    """One thing that a rank asks: `count` of it are there, `least` are wanted."""

    words: str
    least: int
    count: int = 0

    @property
    def is_met(self) -> bool:
        """Whether there is enough of it."""
        return self.count >= self.least

    @property
    def counted(self) -> int:
        """What a bar shows: no more than is wanted."""
        return min(self.count, self.least)


@dataclass(frozen=True)
class Progress:
    """Where a member stands and what the next rank asks; `following` is None at the top of the ladder."""

    rank: ShownRank | None
    following: ShownRank | None
    asked: list[Asked]


def words_of(name: str) -> str:
    """What is counted: "answers accepted"; a measure that is no more keeps its name."""
    if name == POINTS:
        return _("points of reputation")
    if name == DAYS:
        return _("days as a member")
    return str(METRICS[name].label) if name in METRICS else name


def asked_by(rung: Rung, figures: dict[str, int] | None = None) -> list[Asked]:
    """All that `rung` asks, with what `figures` have of it."""
    return [Asked(words_of(name), least, (figures or {}).get(name, 0)) for name, least in rung.asks.items()]


def age(days: int) -> str:
    """`days` in the largest unit that says them well: days, months, years."""
    for size, one in ((365, _years), (30, _months)):
        if days >= size and days % size == 0:
            return one(days // size)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _years(count: int) -> str:
    return ngettext("%(count)d year", "%(count)d years", count) % {"count": count}


def _months(count: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def progress_of(member: User) -> Progress | None:
    """How far `member` is; None for the team, which stands apart. One query for each behaviour asked for, at most."""
    ladder = shown_ladder()
    if member.is_team or not ladder.rungs:
        return None
    following = after(ladder.rungs, member.rank)
    asked: list[Asked] = []
    if following is not None:
        asking = Rung(following.slug, "", "", "", "", behaviours=following.behaviours)
        asked = asked_by(following, figures_of([member], [asking], today())[member.pk])
    return Progress(ladder.rank(member.rank), ladder.rank(following.slug) if following else None, asked)
