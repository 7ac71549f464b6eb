"""Keeps every index what the database says: what is marked as outdated, as things happen, or all of it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from community.core.batching import in_batches
from search.documents import Kind, kinds
from search.engines import Document, Engine, Key, fingerprint
from search.models import OutdatedDocument

BATCH = 500
# A document that waits longer for an engine is worth telling.
LATE = timedelta(minutes=1)


@dataclass
class Differences:
    """Ids for which the index is not what the database says."""

    missing: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    leftover: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.leftover)


def mark_outdated(engine: str, kind: str, ids: Iterable[int | str]) -> None:
    """Mark documents that change in the current transaction, for the engine of that name to index them afterwards."""
    now, names = timezone.now(), sorted({str(pk) for pk in ids})
    for batch in batches(names):
        rows = [OutdatedDocument(engine=engine, kind=kind, object_id=name, marked_at=now) for name in batch]
        OutdatedDocument.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["engine", "kind", "object_id"],
            update_fields=["marked_at"],
        )


def bring_up_to_date(engine: Engine) -> int:
    """Index all that is marked for `engine`, in batches. Returns how many documents; safe to run twice, or by two.

    Raises EngineFault; what was not indexed stays marked.
    """
    count, marked = 0, OutdatedDocument.objects.filter(engine=engine.name)
    seen: set[int] = set()
    while batch := list(marked.exclude(pk__in=seen).order_by("marked_at", "pk")[:BATCH]):
        for kind, ids in _by_kind(batch).items():
            refresh(kind, ids, engine)
        _unmark(batch)
        # What changed again meanwhile has a task of its own; seen twice here, it could keep this one busy for ever.
        seen.update(row.pk for row in batch)
        count += len(batch)
    return count


def waiting_for(engine: str, longer_than: timedelta) -> int:
    """How many documents have been marked for `engine` for `longer_than`, and are not indexed yet."""
    return OutdatedDocument.objects.filter(engine=engine, marked_at__lt=timezone.now() - longer_than).count()


def _by_kind(batch: Iterable[OutdatedDocument]) -> dict[str, list[str]]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for row in batch:
        by_kind[row.kind].append(row.object_id)
    return by_kind


def _unmark(batch: Collection[OutdatedDocument]) -> None:
    """Delete marks that nothing renewed while the documents were read."""
    marked_at = {row.pk: row.marked_at for row in batch}
    with transaction.atomic():
        rows = OutdatedDocument.objects.filter(pk__in=marked_at).select_for_update(skip_locked=True)
        same = [pk for pk, moment in rows.values_list("pk", "marked_at") if moment == marked_at[pk]]
        OutdatedDocument.objects.filter(pk__in=same).delete()


def refresh(kind_name: str, ids: Collection[str], engine: Engine) -> None:
    """Index what the database says of `ids` now; what is gone is forgotten. Safe to run twice."""
    if ids and kind_name in kinds:
        read(kind_name, ids).write(engine)


@dataclass(frozen=True)
class Reading:
    """What the database said of some documents at a moment: what they are, and which are gone."""

    read_at: datetime
    documents: list[Document]
    gone: list[Key]

    def write(self, engine: Engine) -> None:
        """Have `engine` know it. Raises EngineFault."""
        engine.index(self.documents, self.read_at)
        engine.delete(self.gone, self.read_at)


def read(kind_name: str, ids: Collection[str]) -> Reading:
    """What the database says of `ids` now."""
    # Taken before anything is read: when two overlap, the one that began last has read the latest.
    read_at = database_now()
    documents = kinds[kind_name].documents(ids)
    gone = set(ids) - {document.object_id for document in documents}
    return Reading(read_at, documents, [Key(kind=kind_name, object_id=object_id) for object_id in sorted(gone)])


def database_now() -> datetime:
    """The time of the clock that all nodes share; SQLite has none but that of its only machine."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def rebuild(kind: Kind, engine: Engine, progress: Callable[[int], object]) -> None:
    """Index every document of `kind` and forget the others, while the site goes on writing.

    `progress` is called with the number of documents done since its last call.
    """
    for ids in batches(kind.ids()):
        refresh(kind.name, ids, engine)
        progress(len(ids))
    # What the index alone knows may also have been written a moment ago: the database is asked once more.
    leftover = {object_id for object_id, _ in engine.keys(kind.name)} - set(kind.ids())
    for ids in batches(sorted(leftover)):
        refresh(kind.name, ids, engine)


def compare(kind: Kind, engine: Engine) -> Differences:
    """What differs between the index and the database."""
    indexed, found = dict(engine.keys(kind.name)), Differences()
    for ids in batches(kind.ids()):
        for document in kind.documents(ids):
            held = indexed.pop(document.object_id, None)
            if held is None:
                found.missing.append(document.object_id)
            elif held != fingerprint(document):
                found.outdated.append(document.object_id)
    found.leftover = sorted(indexed)
    return found


def batches(ids: Iterable[str]) -> Iterator[list[str]]:
    """`ids` in lists of at most BATCH."""
    return in_batches(ids, BATCH)
