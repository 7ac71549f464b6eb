"""Proves that every stored total equals its ledger, and sets right what does not."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from community.accounts.models import User
from community.topics.models import Post, Topic
from rewards.boards.counting import Key, add_points, count_entries, spans_of
from rewards.ledger import facts
from rewards.ledger.settling import settle
from rewards.models import Entry, Score
from rewards.rules import FLOOR

Boards = dict[tuple[str, str], int]
Row = tuple[int, int, date, list[str] | None]

COLUMNS = ("member_id", "effective", "day", "scopes")
BATCH = 500
READ_AT_ONCE = 10_000


@dataclass(frozen=True)
class Difference:
    """A stored number that is not what the ledger says."""

    member_id: int
    what: str
    stored: int
    right: int


def differences() -> Iterator[Difference]:
    """Every total and score that differs from the ledger. Reads it once, in the order of members.

    Entries that no leaderboard has yet are no difference: they are on their way.
    """
    with _one_moment():
        entries = Entry.objects.order_by("member_id").values_list(*COLUMNS)
        boards = _sums(entries.iterator(chunk_size=READ_AT_ONCE))
        scored = _scores_by_member()
        stored = User.objects.order_by("pk").values_list("pk", "ledger_total", "reputation")
        totals, scores = next(boards, None), next(scored, None)
        for member_id, total, reputation in stored.iterator(chunk_size=READ_AT_ONCE):
            right, points, kept = 0, Boards(), Boards()
            if totals is not None and totals[0] == member_id:
                _, right, points = totals
                totals = next(boards, None)
            if scores is not None and scores[0] == member_id:
                kept, scores = scores[1], next(scored, None)
            yield from _compare(member_id, (total, reputation), right, points, kept)


def _compare(member_id: int, stored: tuple[int, int], right: int, points: Boards, kept: Boards) -> Iterator[Difference]:
    total, reputation = stored
    if total != right:
        yield Difference(member_id, "total", total, right)
    if reputation != (shown := max(FLOOR, right + FLOOR)):
        yield Difference(member_id, "reputation", reputation, shown)
    if points != kept:
        for board in sorted(points.keys() | kept.keys()):
            if points.get(board, 0) != kept.get(board, 0):
                yield Difference(member_id, " ".join(board), kept.get(board, 0), points.get(board, 0))


def repair(member_id: int) -> None:
    """Set what is stored of a member to what the ledger says, while nobody writes to it."""
    count_entries()
    with transaction.atomic():
        list(User.objects.select_for_update(no_key=True).filter(pk=member_id).values_list("pk"))
        mine = Entry.objects.filter(member=member_id)
        total = mine.aggregate(sum=Sum("effective", default=0))["sum"]
        User.objects.filter(pk=member_id).update(ledger_total=total, reputation=max(FLOOR, total + FLOOR))
        points: dict[Key, int] = {}
        for _, _, boards in _sums(mine.values_list(*COLUMNS).iterator(chunk_size=READ_AT_ONCE)):
            points = {(member_id, *board): value for board, value in boards.items()}
        Score.objects.filter(member=member_id).delete()
        add_points(points)


def settle_facts() -> int:
    """Pay what the forum's rows say and the ledger does not have, and take back what no longer holds.

    For communities that were there before their ledger. Returns how many entries were written.
    """
    written = 0
    for ids in _batches(Post.objects.order_by("pk").values_list("pk", flat=True)):
        written += len(settle(facts.of_posts(ids)))
    for ids in _batches(Topic.objects.exclude(merged_into=None).order_by("pk").values_list("pk", flat=True)):
        written += len(settle(facts.of_topics(ids)))
    count_entries()
    return written


def _batches(ids: QuerySet[Any, int]) -> Iterator[list[int]]:
    found = ids.iterator(chunk_size=READ_AT_ONCE)
    while batch := list(islice(found, BATCH)):
        yield batch


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, however long it takes and whoever writes meanwhile."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _sums(rows: Iterable[Row]) -> Iterator[tuple[int, int, Boards]]:
    """Member, sum of all their entries, sums of the counted ones by span and scope; `rows` come member by member."""
    spans: dict[date, tuple[str, ...]] = {}
    for member_id, entries in groupby(rows, key=lambda row: row[0]):
        total = 0
        points: Boards = {}
        for _, effective, day, scopes in entries:
            total += effective
            if not effective or scopes is None:
                continue
            if day not in spans:
                spans[day] = spans_of(day)
            for span in spans[day]:
                for scope in scopes:
                    points[span, scope] = points.get((span, scope), 0) + effective
        yield member_id, total, {board: value for board, value in points.items() if value}


def _scores_by_member() -> Iterator[tuple[int, Boards]]:
    rows = Score.objects.exclude(points=0).order_by("member_id").values_list("member_id", "span", "scope", "points")
    for member_id, scores in groupby(rows.iterator(chunk_size=READ_AT_ONCE), key=lambda row: row[0]):
        yield member_id, {(span, scope): points for _, span, scope, points in scores}
