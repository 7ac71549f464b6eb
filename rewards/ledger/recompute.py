"""Proves that every stored total equals its ledger, and sets right what does not."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby

from django.db import connection, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from community.accounts.models import User
from community.core.batching import in_batches
from community.topics.models import Post, Topic
from rewards.boards.counting import add_points, boards_of, count_entries
from rewards.ledger import facts
from rewards.ledger.proofs import Difference, Proof, proofs
from rewards.ledger.settling import lock_members, settle
from rewards.models import Entry, Score
from rewards.rules import FLOOR, shown

Boards = dict[tuple[str, str], int]
Row = tuple[int, int, date, list[str] | None]

COLUMNS = ("member_id", "effective", "day", "scopes")
BATCH = 500
READ_AT_ONCE = 10_000


def differences() -> Iterator[Difference]:
    """Every total and score that differs from the ledger. Reads it once, in the order of members.

    Entries that no leaderboard has yet are no difference: they are on their way.
    """
    with at_one_moment():
        entries = Entry.objects.order_by("member_id").values_list(*COLUMNS)
        boards = _sums(entries.iterator(chunk_size=READ_AT_ONCE))
        scored = _scores_by_member(Score.objects.all())
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
    if reputation != (visible := shown(right)):
        yield Difference(member_id, "reputation", reputation, visible)
    if points != kept:
        for board in sorted(points.keys() | kept.keys()):
            if points.get(board, 0) != kept.get(board, 0):
                yield Difference(member_id, " ".join(board), kept.get(board, 0), points.get(board, 0))


def repair(member_ids: Collection[int]) -> None:
    """Set what is stored of these members to what the ledger says, a batch at a time, while nobody writes to theirs."""
    count_entries()
    for ids in in_batches(sorted(member_ids), BATCH):
        _repair_batch(ids)


@transaction.atomic
def _repair_batch(member_ids: Collection[int]) -> None:
    lock_members(member_ids)
    theirs = Entry.objects.filter(member__in=member_ids).order_by("member_id")
    summed = Entry.objects.filter(member=OuterRef("pk")).order_by().values("member").annotate(sum=Sum("effective"))
    members = User.objects.filter(pk__in=member_ids)
    members.update(ledger_total=Coalesce(Subquery(summed.values("sum")), 0))
    members.update(reputation=Greatest(FLOOR, F("ledger_total") + FLOOR))
    rows = theirs.values_list(*COLUMNS).iterator(chunk_size=READ_AT_ONCE)
    right = {member_id: boards for member_id, _total, boards in _sums(rows)}
    kept = dict(_scores_by_member(Score.objects.filter(member__in=member_ids)))
    wrong = [pk for pk in member_ids if right.get(pk, {}) != kept.get(pk, {})]
    Score.objects.filter(member__in=wrong).delete()
    add_points({(pk, *board): value for pk in wrong for board, value in right.get(pk, {}).items()})


def settle_facts() -> int:
    """Pay what the forum's rows say and the ledger does not have, and take back what no longer holds.

    For communities that were there before their ledger. Returns how many entries were written.
    """
    written = 0
    posts = Post.objects.order_by("pk").values_list("pk", flat=True)
    for ids in in_batches(posts.iterator(chunk_size=READ_AT_ONCE), BATCH):
        written += len(settle(facts.of_posts(ids)))
    joined = Topic.objects.exclude(merged_into=None).order_by("pk").values_list("pk", flat=True)
    for ids in in_batches(joined.iterator(chunk_size=READ_AT_ONCE), BATCH):
        written += len(settle(facts.of_topics(ids)))
    count_entries()
    return written


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, however long it takes and whoever writes meanwhile."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _sums(rows: Iterable[Row]) -> Iterator[tuple[int, int, Boards]]:
    """Member, sum of all their entries, sums of the counted ones by span and scope; `rows` come member by member."""
    for member_id, entries in groupby(rows, key=lambda row: row[0]):
        total = 0
        points: Boards = {}
        for _, effective, day, scopes in entries:
            total += effective
            for board in boards_of(day, scopes or ()):
                points[board] = points.get(board, 0) + effective
        yield member_id, total, {board: value for board, value in points.items() if value}


def _scores_by_member(scores: QuerySet[Score]) -> Iterator[tuple[int, Boards]]:
    rows = scores.exclude(points=0).order_by("member_id").values_list("member_id", "span", "scope", "points")
    for member_id, theirs in groupby(rows.iterator(chunk_size=READ_AT_ONCE), key=lambda row: row[0]):
        yield member_id, {(span, scope): points for _, span, scope, points in theirs}


proofs.add("ledger", Proof(differences, repair))
