"""Adds new entries of the ledger to the leaderboards that they count on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import product

from django.db import connection, transaction

from community.core.batching import in_batches
from community.topics.models import Topic
from rewards.models import Entry

BATCH, ROWS = 5000, 1000
ALL_TIME = "all"
Key = tuple[int, str, str]

ADD = """
    INSERT INTO rewards_score (member_id, span, scope, points) VALUES {rows}
    ON CONFLICT (member_id, span, scope) DO UPDATE SET points = rewards_score.points + EXCLUDED.points
"""


def count_entries() -> int:
    """Count what no leaderboard has yet. Returns how many entries; safe to run twice, or by two at once."""
    count = 0
    while done := _count_batch():
        count += done
    return count


@lru_cache(2000)
def spans_of(day: date) -> tuple[str, str, str, str]:
    """The spans of time that `day` lies in: all time, year, month, and week as ISO 8601 numbers it."""
    year, week, _ = day.isocalendar()
    return (ALL_TIME, f"{day:%Y}", f"{day:%Y-%m}", f"{year}-W{week:02}")


def boards_of(day: date, scopes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The span and scope of every leaderboard that an entry of `day` counts on."""
    return product(spans_of(day), scopes)


def scopes_of_topics(topic_ids: Iterable[int | None]) -> dict[int, list[str]]:
    """The scopes of topics: the whole community, the section, each tag. Two queries."""
    found = {}
    for topic in Topic.objects.filter(pk__in={pk for pk in topic_ids if pk}).prefetch_related("tags"):
        found[topic.pk] = ["", f"section:{topic.section_id}", *sorted(f"tag:{tag.pk}" for tag in topic.tags.all())]
    return found


def points_by_board(entries: Iterable[Entry]) -> dict[Key, int]:
    """What `entries`, counted already, add to which member, span and scope."""
    points: dict[Key, int] = defaultdict(int)
    for entry in entries:
        for span, scope in boards_of(entry.day, entry.scopes or ()):
            points[entry.member_id, span, scope] += entry.effective
    return points


@transaction.atomic
def _count_batch() -> int:
    entries = list(Entry.objects.not_counted().select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:BATCH])
    known = scopes_of_topics(entry.topic_id for entry in entries)
    for entry in entries:
        entry.scopes = known.get(entry.topic_id or 0, [""])
    _inherit_scopes(entries)
    add_points(points_by_board(entries))
    for scopes, pks in _by_scopes(entries).items():
        Entry.objects.filter(pk__in=pks).update(scopes=list(scopes))
    return len(entries)


def _by_scopes(entries: Iterable[Entry]) -> dict[tuple[str, ...], list[int]]:
    """The ids of entries that count on the same leaderboards: those of a topic are written together."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for entry in entries:
        found[tuple(entry.scopes or ())].append(entry.pk)
    return found


def _inherit_scopes(entries: Sequence[Entry]) -> None:
    """Have what is taken back leave the boards that it was counted on."""
    written: dict[int | None, list[str] | None] = {entry.pk: entry.scopes for entry in entries}
    reversed_before = {entry.reverses_id for entry in entries if entry.reverses_id} - written.keys()
    written |= dict(Entry.objects.filter(pk__in=reversed_before).values_list("pk", "scopes"))
    for entry in entries:
        if entry.reverses_id:
            written[entry.pk] = entry.scopes = written.get(entry.reverses_id) or entry.scopes


def add_points(points: Mapping[Key, int]) -> None:
    """Add to the scores, in the order of their keys so that two workers never wait for each other in a circle."""
    rows = [(*key, change) for key, change in sorted(points.items()) if change]
    for batch in in_batches(rows, ROWS):
        values = ", ".join(["(%s, %s, %s, %s)"] * len(batch))
        with connection.cursor() as cursor:
            cursor.execute(ADD.format(rows=values), [value for row in batch for value in row])
