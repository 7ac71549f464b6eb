"""Writes documents into the database engine's tables, and keeps the count of documents that hold each word."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db import connections, transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from search.analysis import words_of
from search.engines import Document, Key, fingerprint
from search.engines.database.facets import as_text
from search.models import Posting, SearchDocument, Word
from search.scoring import impacts
from search.stems import stems_of

T = TypeVar("T")
R = TypeVar("R")
BATCH = 2_000
# The empty word stands in every document, so that its count is theirs.
EVERYWHERE = ""
# Ten times as fast as bulk_create on SQLite, and there are sixty of them to a document.
INSERT_POSTING = "INSERT INTO search_posting (document_id, word_id, impact) VALUES (%s, %s, %s)"
KEPT = ("lang", "section_id", "is_solved", "helpful_count", "vote_count", "activity_at")


def write(documents: Collection[Document], read_at: datetime, using: str) -> None:
    """Add or replace `documents`, each whole or not at all; those already indexed from a later reading are left."""
    with transaction.atomic(using=using):
        rows = _write_rows(documents, read_at, using)
        held = {
            rows[document.kind, document.object_id]: _impacts(document)
            for document in documents
            if (document.kind, document.object_id) in rows
        }
        ids = _word_ids({word for words in held.values() for word in words}, using)
        wanted = {(row, ids[word]): impact for row, words in held.items() for word, impact in words.items()}
        _write_postings(list(held), wanted, using)


def delete(keys: Collection[Key], read_at: datetime, using: str) -> None:
    """Forget documents and what their words counted; those indexed from a later reading are left."""
    if not keys:
        return
    with transaction.atomic(using=using):
        rows = _locked_rows(keys, using)
        doomed = [row.pk for row in rows if row.read_at <= read_at]
        _write_postings(doomed, {}, using)
        SearchDocument.objects.using(using).filter(pk__in=doomed).delete()


def miscounted(using: str) -> QuerySet[Word]:
    """The words whose count is not the number of documents that hold them, with that number as `held`."""
    held = (
        Posting.objects.filter(word=OuterRef("pk")).order_by().values("word").annotate(held=Count("*")).values("held")
    )
    return Word.objects.using(using).annotate(held=Coalesce(Subquery(held), 0)).exclude(document_count=F("held"))


def recount(using: str) -> None:
    """Put wrong counts right, each batch locked first so that what is being written meanwhile is counted once."""
    for batch in _batches(miscounted(using).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic(using=using):
            _lock(batch, using)
            for word in miscounted(using).filter(pk__in=batch):
                Word.objects.using(using).filter(pk=word.pk).update(document_count=word.held)  # type: ignore[attr-defined]


def _impacts(document: Document) -> dict[str, float]:
    title, *prose = (words_of(text) for text in (document.title, document.body, document.answer))
    said = {word: round(impact, 4) for word, impact in impacts(title, *prose).items()}
    return {EVERYWHERE: 0.0, **said}


def _write_rows(documents: Collection[Document], read_at: datetime, using: str) -> dict[tuple[str, str], int]:
    """Write the documents' own rows. Returns the row of each document that is to be indexed."""
    keys = {(document.kind, document.object_id): document for document in documents}
    new = [
        SearchDocument(kind=kind, object_id=object_id, fingerprint="", read_at=read_at, **_ranking(document))
        for (kind, object_id), document in sorted(keys.items())
    ]
    known = {(row.kind, row.object_id) for row in _locked_rows(documents, using)}
    missing = [row for row in new if (row.kind, row.object_id) not in known]
    if missing:
        SearchDocument.objects.using(using).bulk_create(missing, BATCH, ignore_conflicts=True)
    changed: dict[tuple[str, str], SearchDocument] = {}
    for row in _locked_rows(documents, using):
        document = keys[row.kind, row.object_id]
        print_of = fingerprint(document)
        if row.fingerprint == print_of or (row.fingerprint and row.read_at > read_at):
            continue
        for name, value in _ranking(document).items():
            setattr(row, name, value)
        row.fingerprint, row.read_at = print_of, read_at
        changed[row.kind, row.object_id] = row
    SearchDocument.objects.using(using).bulk_create(
        changed.values(),
        BATCH,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=[*KEPT, "tags", "fingerprint", "read_at"],
    )
    return {key: row.pk for key, row in changed.items()}


def _ranking(document: Document) -> dict[str, object]:
    return {"tags": as_text(document.tags), **{name: getattr(document, name) for name in KEPT}}


def _locked_rows(keys: Collection[Key], using: str) -> list[SearchDocument]:
    by_kind: dict[str, list[str]] = {}
    for key in keys:
        by_kind.setdefault(key.kind, []).append(key.object_id)
    named = reduce(or_, (Q(kind=kind, object_id__in=ids) for kind, ids in by_kind.items()), Q(pk=None))
    return list(SearchDocument.objects.using(using).filter(named).select_for_update().order_by("pk"))


def _word_ids(texts: Collection[str], using: str) -> dict[str, int]:
    """The rows of `texts` in the vocabulary, which grows by the new ones."""
    words = Word.objects.using(using)
    found: dict[str, int] = dict(
        _in_batches(texts, lambda batch: words.filter(text__in=batch).values_list("text", "pk"))
    )
    new = sorted(text for text in texts if text not in found)
    if new:
        words.bulk_create([_word(text) for text in new], BATCH, ignore_conflicts=True)
        found.update(_in_batches(new, lambda batch: words.filter(text__in=batch).values_list("text", "pk")))
    return found


def _word(text: str) -> Word:
    french, english = stems_of(text)
    return Word(text=text, reversed=text[::-1], stem_fr=french, stem_en=english)


def _write_postings(rows: Collection[int], wanted: dict[tuple[int, int], float], using: str) -> None:
    """Make the postings of `rows` those `wanted`, and count what changed."""
    postings = Posting.objects.using(using)
    held = {
        (document, word): impact
        for document, word, impact in _in_batches(
            rows, lambda batch: postings.filter(document_id__in=batch).values_list("document_id", "word_id", "impact")
        )
    }
    gone, new = held.keys() - wanted.keys(), wanted.keys() - held.keys()
    changed = {key for key in wanted.keys() & held.keys() if wanted[key] != held[key]}
    stale: dict[int, list[int]] = {}
    for document, word in gone | changed:
        stale.setdefault(document, []).append(word)
    for document, words in stale.items():
        postings.filter(document_id=document, word_id__in=words).delete()
    with connections[using].cursor() as cursor:
        cursor.executemany(INSERT_POSTING, [(*key, wanted[key]) for key in sorted(new | changed)])
    deltas = Counter(word for _, word in new)
    deltas.subtract(word for _, word in gone)
    _count(deltas, using)


def _count(deltas: Counter[int], using: str) -> None:
    """Add `deltas` to the words' counts of documents, locked in one order so that no two writers wait in a circle."""
    words = Word.objects.using(using)
    by_delta: dict[int, list[int]] = {}
    for word, delta in deltas.items():
        if delta:
            by_delta.setdefault(delta, []).append(word)
    for batch in _batches(sorted(word for word, delta in deltas.items() if delta)):
        _lock(batch, using)
    for delta, ids in by_delta.items():
        for batch in _batches(ids):
            words.filter(pk__in=batch).update(document_count=F("document_count") + delta)


def _lock(words: Collection[int], using: str) -> None:
    """Keep other writers from counting `words`; they may still refer to them from new postings."""
    rows = Word.objects.using(using).filter(pk__in=words).select_for_update(no_key=True)
    list(rows.order_by("pk").values_list("pk"))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    listed = list(items)
    return (listed[start : start + BATCH] for start in range(0, len(listed), BATCH))


def _in_batches(items: Iterable[T], read: Callable[[list[T]], Iterable[R]]) -> Iterator[R]:
    for batch in _batches(items):
        yield from read(batch)
