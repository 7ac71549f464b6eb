"""What a member reads of their own ledger: what, when, why, how much, and whether a limit held."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.pagination import Page, paginate
from community.core.typography import figure
from community.topics.models import Topic
from rewards.models import Entry, Limit, Reason
from rewards.rules import RULES

PAGE_SIZE = 30


@dataclass(frozen=True)
class Line:
    """One entry in words. `limit` names the one that held, if any; `topic` is None when the reader cannot open it."""

    at: datetime
    rule: str
    limit: str
    points: int
    nominal: int
    why: str
    remark: str
    topic: Topic | None

    @property
    def signed(self) -> str:
        """The points with their sign."""
        return signed(self.points)


@dataclass(frozen=True)
class Statement:
    """A page of it, newest first, and all that was ever gained and lost."""

    lines: list[Line]
    page: Page[Entry]
    gained: int
    lost: int

    @property
    def signed_loss(self) -> str:
        """What was lost, with its sign."""
        return signed(self.lost)


def signed(points: int) -> str:
    """`points` with their sign, a real minus."""
    return f"{'+' if points > 0 else '−'}{figure(abs(points))}" if points else "0"


def statement(member: User, cursor: str) -> Statement:
    """A page of the ledger of `member`. Three queries. Raises Http404 for a cursor that no page gave."""
    page = paginate(Entry.objects.filter(member=member), ["-id"], cursor, PAGE_SIZE)
    topics = Topic.objects.visible_to(member).in_bulk({entry.topic_id for entry in page.items if entry.topic_id})
    sums = Entry.objects.filter(member=member).aggregate(
        gained=Sum("effective", filter=Q(effective__gt=0), default=0),
        lost=Sum("effective", filter=Q(effective__lt=0), default=0),
    )
    lines = [_line(entry, topics.get(entry.topic_id or 0)) for entry in page.items]
    return Statement(lines, page, **sums)


def _line(entry: Entry, topic: Topic | None) -> Line:
    remarks = [Reason(entry.reason).label if entry.reason else "", Limit(entry.limit).label if entry.limit else ""]
    return Line(
        at=entry.created_at,
        rule=entry.rule,
        limit=entry.limit,
        points=entry.effective,
        nominal=entry.nominal,
        why=str(RULES[entry.rule].label) if entry.rule in RULES else _("A rule that no longer exists"),
        remark=", ".join(str(remark) for remark in remarks if remark),
        topic=topic,
    )
