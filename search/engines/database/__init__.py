"""The engine that needs nothing but the site's own database; it also stands in when another engine is down."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from search import scoring
from search.engines import Document, Filters, Found, Hit, Key
from search.engines.database import indexing, vocabulary
from search.engines.database.retrieval import best_documents
from search.models import Posting, SearchDocument, Word

# Below these a document shares a word with the question, and no more. Chosen on the benchmark: tests/bench/search.
LEAST_FOR_SUGGESTION = 0.16
LEAST_FOR_SEARCH = 0.3
MOST_FOUND = 200
WORDS_OF_A_DOCUMENT = 25
RANKED_BY = ("lang", "is_solved", "helpful_count", "vote_count", "activity_at")


class DatabaseEngine:
    """An inverted index in plain tables of the database called `using`."""

    name = "database"

    def __init__(self, using: str = "default") -> None:
        self.using = using

    def index(self, documents: Collection[Document], read_at: datetime) -> None:
        """Add or replace `documents`."""
        indexing.write(documents, read_at, self.using)

    def delete(self, keys: Collection[Key]) -> None:
        """Forget documents."""
        indexing.delete(keys, self.using)

    def suggest(self, text: str, *, lang: str = "", limit: int = 5) -> list[Hit]:
        """The documents that fit best what is being typed, none below the floor."""
        query = self._read(text, unfinished=True)
        if not query.says_something:
            return []
        hits = self._hits(query, best_documents(query, self._postings), lang)
        return [hit for hit in hits if hit.text >= LEAST_FOR_SUGGESTION][:limit]

    def search(self, text: str, filters: Filters, *, lang: str = "", limit: int = 200) -> Found:
        """All documents that fit about as well as the best one does."""
        query = self._read(text)
        postings = self._postings
        if narrowed := _conditions(filters):
            postings = postings.filter(**narrowed)
        scores = best_documents(query, postings, most=MOST_FOUND)
        hits = self._hits(query, scores, lang)
        best = max((hit.text for hit in hits), default=0.0)
        hits = [hit for hit in hits if hit.text >= LEAST_FOR_SEARCH * best]
        counts = Counter(hit.kind for hit in hits)
        kept = [hit for hit in hits if filters.kind in ("", hit.kind)]
        return Found(hits=kept[:limit], counts=dict(counts), is_cut=len(scores) == MOST_FOUND)

    def related(self, document: Document, *, limit: int = 5) -> list[Hit]:
        """The documents that hold the most telling words of `document`, its title's above all."""
        query = self._read(f"{document.title} {' '.join(document.body.split()[:WORDS_OF_A_DOCUMENT])}")
        hits = self._hits(query, best_documents(query, self._postings), document.lang)
        others = (hit for hit in hits if (hit.kind, hit.object_id) != (document.kind, document.object_id))
        return [hit for hit in others if hit.text >= LEAST_FOR_SUGGESTION][:limit]

    def keys(self, kind: str) -> Iterator[tuple[str, str]]:
        """Id and fingerprint of every document of `kind`."""
        rows = SearchDocument.objects.using(self.using).filter(kind=kind)
        return rows.values_list("object_id", "fingerprint").iterator()

    def faults(self) -> int:
        """The words whose count of documents is wrong."""
        return indexing.miscounted(self.using).count()

    def mend(self) -> None:
        """Count again the documents that hold each word."""
        indexing.recount(self.using)

    @property
    def _postings(self) -> QuerySet[Posting]:
        return Posting.objects.using(self.using)

    def _read(self, text: str, *, unfinished: bool = False) -> vocabulary.Query:
        return vocabulary.read(text, Word.objects.using(self.using), unfinished=unfinished)

    def _hits(self, query: vocabulary.Query, scores: dict[int, float], lang: str) -> list[Hit]:
        """The documents in `scores` as hits, ranked by every factor, best first."""
        now, hits = timezone.now(), []
        best_possible = query.weight * scoring.TITLE[0] or 1.0
        rows = SearchDocument.objects.using(self.using).filter(pk__in=list(scores))
        for row in rows.values_list("pk", "kind", "object_id", *RANKED_BY, named=True):
            text = scores[row.pk] / best_possible
            hits.append(Hit(kind=row.kind, object_id=row.object_id, text=text, score=text * _factors(row, lang, now)))
        return sorted(hits, key=lambda hit: (-hit.score, hit.kind, hit.object_id))


def _factors(row: Any, lang: str, now: datetime) -> float:
    return (
        scoring.solved_factor(row.is_solved)
        * scoring.helpful_factor(row.helpful_count, row.vote_count)
        * scoring.fresh_factor(row.activity_at, now)
        * scoring.language_factor(row.lang, lang)
    )


def _conditions(filters: Filters) -> dict[str, object]:
    """What of `filters` narrows the candidates; the kind does not, so that the tabs count the other kinds too."""
    wanted = {"section_id": filters.section_id, "lang": filters.lang or None, "is_solved": filters.solved}
    return {f"document__{name}": value for name, value in wanted.items() if value is not None}
