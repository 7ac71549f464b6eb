"""The engine that needs nothing but the site's own database; it also stands in when another engine is down."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from math import prod

from django.db.models import QuerySet
from django.utils import timezone

from search import scoring
from search.engines import Document, Facets, Filters, Found, Hit, Key
from search.engines.database import facets, indexing, vocabulary
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

    def delete(self, keys: Collection[Key], read_at: datetime) -> None:
        """Forget documents, unless they were indexed from a later reading."""
        indexing.delete(keys, read_at, self.using)

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
        hits, is_cut = self._fitting(query, filters, lang)
        return Found(
            hits=hits[:limit],
            facets=self._facets(query, filters, hits),
            did_you_mean=query.corrected(text),
            is_cut=is_cut,
        )

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

    def check(self) -> None:
        """It is there as long as the database is, and nothing works without that."""

    @property
    def _postings(self) -> QuerySet[Posting]:
        return Posting.objects.using(self.using)

    def _read(self, text: str, *, unfinished: bool = False) -> vocabulary.Query:
        return vocabulary.read(text, Word.objects.using(self.using), unfinished=unfinished)

    def _fitting(self, query: vocabulary.Query, filters: Filters, lang: str) -> tuple[list[Hit], bool]:
        """What fits within `filters` about as well as the best of it, and whether there may be more."""
        scores = best_documents(query, self._postings.filter(facets.within(filters)), most=MOST_FOUND)
        hits = self._hits(query, scores, lang)
        best = max((hit.text for hit in hits), default=0.0)
        return [hit for hit in hits if hit.text >= LEAST_FOR_SEARCH * best], len(scores) == MOST_FOUND

    def _facets(self, query: vocabulary.Query, filters: Filters, hits: list[Hit]) -> Facets:
        """How many there are of what; a filter in force costs two more queries, to count what it leaves out."""
        found = {filters: hits}
        counts = {}
        for name, without in facets.WITHOUT.items():
            wider = replace(filters, **without)
            if wider not in found:
                found[wider] = self._fitting(query, wider, "")[0]
            counts[name] = found[wider]
        return facets.counted(counts, self.using)

    def _hits(self, query: vocabulary.Query, scores: dict[int, float], lang: str) -> list[Hit]:
        """The documents in `scores` as hits, ranked by every factor, best first."""
        now, hits = timezone.now(), []
        best_possible = query.weight * scoring.TITLE[0] or 1.0
        rows = SearchDocument.objects.using(self.using).filter(pk__in=list(scores))
        for row in rows.values_list("pk", "kind", "object_id", *RANKED_BY, named=True):
            text, factors = scores[row.pk] / best_possible, scoring.factors(row, lang, now)
            score = text * prod(factors.values())
            hits.append(
                Hit(kind=row.kind, object_id=row.object_id, text=text, score=score, parts={"words": text, **factors})
            )
        return sorted(hits, key=lambda hit: (-hit.score, hit.kind, hit.object_id))
