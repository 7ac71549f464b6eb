"""How a member came to their rank: each change with the figures behind it."""

from dataclasses import dataclass
from datetime import datetime

from community.accounts.models import User
from community.accounts.ranks import ShownRank
from rewards.ranks.asking import words_of
from rewards.ranks.ladder import from_data
from rewards.ranks.models import Cause, RankChange
from rewards.ranks.shown import shown_ladder

SHOWN = 8


@dataclass(frozen=True)
class Change:
    """One change in words; a rank that is no more is called what its ladder called it."""

    at: datetime
    name: str
    before: str
    cause: str
    figures: list[tuple[str, int]]


def latest_changes(member: User) -> list[Change]:
    """The last SHOWN changes, newest first. One query."""
    rows = RankChange.objects.filter(member=member).select_related("ladder").order_by("-id")[:SHOWN]
    return [
        Change(
            at=row.created_at,
            name=_name(row, row.after),
            before=_name(row, row.before),
            cause=str(Cause(row.cause).label),
            figures=[(words_of(name), count) for name, count in row.figures.items()],
        )
        for row in rows
    ]


def _name(row: RankChange, slug: str) -> str:
    rank = shown_ladder().rank(slug)
    if rank is not None:
        return rank.label
    former = next((rung for rung in from_data(row.ladder.data) if rung.slug == slug), None)
    return ShownRank(slug, former.name_fr, former.name_en, "", "").label if former else slug
