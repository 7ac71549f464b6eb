"""The programme in figures: who solves, how evenly, at what load, who left, and how fast people are answered."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, F
from django.db.models.functions import TruncDate
from django.utils import timezone

from community.accounts.models import TEAM_ROLES, User
from community.topics.models import Post, Resolution, Topic
from rewards.ambassadors.lifecycle import ACTIVE_STATES, SERVING, State
from rewards.ambassadors.models import Ambassadorship, Step
from rewards.ambassadors.waiting import load_of

TOP = 5
GROUPS = ("ambassadors", "members", "staff")
# The plot has about this many bars, whatever the period.
BARS = 13


@dataclass(frozen=True)
class Load:
    """An ambassador's answers this week, and how many they wanted to give."""

    member: User
    answers: int
    cap: int
    on_leave: bool


@dataclass
class Board:
    """The figures of a period. Minutes are medians to a first answer; None where there is nothing to say."""

    solutions: Counter[str] = field(default_factory=Counter)
    spans: list[tuple[date, Counter[str]]] = field(default_factory=list)
    top_share: float | None = None
    loads: list[Load] = field(default_factory=list)
    left: int = 0
    served: int = 0
    minutes_ambassadors: float | None = None
    minutes_others: float | None = None
    first_by_ambassadors: int = 0
    first_by_others: int = 0

    @property
    def total(self) -> int:
        """All solutions."""
        return self.solutions.total()

    @property
    def churn(self) -> float | None:
        """Who left of those who served in the period, in per cent."""
        return 100 * self.left / self.served if self.served else None

    def share(self, group: str) -> float | None:
        """The share of a group in the solutions, in per cent."""
        return 100 * self.solutions[group] / self.total if self.total else None


class Terms:
    """When each member held the role: what was solved before or after counts as a member's."""

    def __init__(self, steps: Iterable[tuple[int, datetime, str]]) -> None:
        self._moments: dict[int, list[datetime]] = defaultdict(list)
        self._holds: dict[int, list[bool]] = defaultdict(list)
        for member, at, after in steps:
            self._moments[member].append(at)
            self._holds[member].append(after in ACTIVE_STATES)

    @classmethod
    def read(cls) -> "Terms":
        """Of everyone. One query: the programme is small."""
        steps = Step.objects.order_by("at", "id").values_list("ambassadorship__member", "at", "after")
        return cls(steps)

    def held(self, member: int | None, at: datetime) -> bool:
        """Whether `member` held the role at that moment."""
        moments = self._moments.get(member or 0)
        at_step = bisect_right(moments, at) - 1 if moments else -1
        return at_step >= 0 and self._holds[member or 0][at_step]


def board_of(start: datetime, end: datetime) -> Board:
    """The figures from `start` until `end`. Eight queries."""
    board, terms = Board(), Terms.read()
    team = set(User.objects.filter(role__in=TEAM_ROLES).values_list("pk", flat=True))
    _count_solutions(board, terms, team, start, end)
    _count_first_answers(board, terms, start, end)
    _count_people(board, start, end)
    return board


def _count_solutions(board: Board, terms: Terms, team: set[int], start: datetime, end: datetime) -> None:
    """Answers accepted in the period that still are, by who wrote them; a bar for each part of it."""
    accepted = Resolution.objects.filter(
        kind="answer",
        revoked_at=None,
        answer__deleted_at=None,
        topic__deleted_at=None,
        created_at__gte=start,
        created_at__lt=end,
    ).exclude(answer__author=F("by"))
    step = max(1, -(-(end - start).days // BARS))
    first = timezone.localtime(start).date()
    bars: dict[date, Counter[str]] = {
        first + timedelta(days=at): Counter() for at in range(0, (end - start).days, step)
    }
    days = sorted(bars)
    by_author: Counter[int] = Counter()
    rows = accepted.order_by().values_list("answer__author", TruncDate("created_at")).annotate(count=Count("pk"))
    for author, day, count in rows:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())
        group = "staff" if author in team else "ambassadors" if terms.held(author, noon) else "members"
        board.solutions[group] += count
        by_author[author] += count
        bars[days[max(0, bisect_right(days, day) - 1)]][group] += count
    board.spans = sorted(bars.items())
    if by_author:
        board.top_share = 100 * sum(count for _who, count in by_author.most_common(TOP)) / by_author.total()


def _count_first_answers(board: Board, terms: Terms, start: datetime, end: datetime) -> None:
    """How long questions of the period waited, where an ambassador was first and where somebody else was."""
    asked = Topic.objects.listed().filter(kind="question", created_at__gte=start, created_at__lt=end)
    first = Post.objects.answers().filter(deleted_at=None, created_at=F("topic__first_answer_at"), topic__in=asked)
    rows = first.exclude(author=F("topic__author")).order_by("topic", "-pk")
    # Two answers of one moment are one first: the last row of a topic stays.
    told = rows.values_list("topic", "author", "created_at", "topic__created_at")
    first_answers = {topic: (by, at, asked_at) for topic, by, at, asked_at in told.iterator(chunk_size=5000)}
    waits: dict[bool, list[float]] = {True: [], False: []}
    for by, at, asked_at in first_answers.values():
        waits[terms.held(by, at)].append((at - asked_at).total_seconds() / 60)
    board.minutes_ambassadors, board.minutes_others = _median(waits[True]), _median(waits[False])
    board.first_by_ambassadors, board.first_by_others = len(waits[True]), len(waits[False])


def _count_people(board: Board, start: datetime, end: datetime) -> None:
    """Who serves at what load, and who left of those who served."""
    serving = list(Ambassadorship.objects.serving().select_related("member").order_by("member__username"))
    loads = load_of([row.member_id for row in serving], timezone.now())
    board.loads = [Load(row.member, loads.get(row.member_id, 0), row.weekly_cap, row.is_on_leave) for row in serving]
    steps = Step.objects.filter(at__lt=end).order_by("at", "id").values_list("ambassadorship", "at", "before", "after")
    served, left, stands = set(), set(), dict[int, str]()
    for row, at, before, after in steps:
        if at >= start:
            if before in SERVING:
                served.add(row)
            if before in SERVING and after in {State.EMERITUS, State.ENDED}:
                left.add(row)
        stands[row] = after
    served |= {row for row, state in stands.items() if state in SERVING}
    board.served, board.left = len(served), len(left)


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None
