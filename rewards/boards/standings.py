"""Who stands where on a leaderboard: ties share a place, the team has a list of its own, whoever likes stays out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from community.accounts.models import TEAM_ROLES, User
from community.core.kept_values import remember
from rewards.boards.counting import spans_of
from rewards.models import Score

PERIODS = ("week", "month", "year", "all")
SHOWN, SHOWN_OF_TEAM = 50, 5
# Where a member stands is counted this far; nobody cares whether they are 4,512th or 4,513th.
COUNTED = 1000


@dataclass(frozen=True)
class Row:
    """One line of a leaderboard. Members with equal points share a place, and the next one is left out."""

    place: int
    member: User
    points: int


@dataclass(frozen=True)
class OwnPlace:
    """Where the reader stands. `place` is None beyond the COUNTED best."""

    place: int | None
    points: int


def span_of(period: str, day: date | None = None) -> str:
    """The span that one of PERIODS means on `day` (UTC, by default today). Raises ValueError for another word."""
    everything, year, month, week = spans_of(day or timezone.now().date())
    return (week, month, year, everything)[PERIODS.index(period)]


def board(span: str, scope: str = "", *, size: int = SHOWN) -> list[Row]:
    """The best members. One query, an index read from the top."""
    return _placed(_members(span, scope)[:size])


def team_board(span: str, scope: str = "") -> list[Row]:
    """The same for those who speak for the brand: they are few, so that their scores are looked up one by one."""
    return _placed(_scores(span, scope).filter(member__in=team_ids())[:SHOWN_OF_TEAM])


def team_ids() -> list[int]:
    """Who speaks for the brand; kept until somebody's role changes, which drops all pages."""
    return remember(
        "rewards.team", ["site"], lambda: list(User.objects.filter(role__in=TEAM_ROLES).values_list("pk", flat=True))
    )


def own_place(user: User, rows: Iterable[Row], span: str, scope: str = "") -> OwnPlace | None:
    """Where `user` stands, shown to nobody else; None without points. No query for who is on `rows`, the board; two."""
    for row in rows:
        if row.member.pk == user.pk:
            return OwnPlace(row.place, row.points)
    score = Score.objects.filter(member=user, span=span, scope=scope, points__gt=0).first()
    if score is None:
        return None
    better = _members(span, scope).filter(points__gt=score.points)[:COUNTED].count()
    return OwnPlace(better + 1 if better < COUNTED else None, score.points)


def _members(span: str, scope: str) -> QuerySet[Score]:
    return _scores(span, scope).exclude(member__role__in=TEAM_ROLES)


def _scores(span: str, scope: str) -> QuerySet[Score]:
    shown = Score.objects.filter(span=span, scope=scope, points__gt=0, member__is_active=True)
    shown = shown.exclude(member__is_superuser=True).exclude(member__board_preference__is_hidden=True)
    return shown.select_related("member").order_by("-points", "member_id")


def _placed(scores: QuerySet[Score]) -> list[Row]:
    rows: list[Row] = []
    for number, score in enumerate(scores, 1):
        tied = bool(rows) and rows[-1].points == score.points
        rows.append(Row(rows[-1].place if tied else number, score.member, score.points))
    return rows
