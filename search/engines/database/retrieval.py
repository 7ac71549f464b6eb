"""Finds the documents whose words say most about a query, reading no more than a bounded number of postings."""

import heapq
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from search.engines.database.vocabulary import Concept, Query
from search.models import Posting

BUDGET = 4_000
MOST_CANDIDATES = 80


def best_documents(query: Query, postings: QuerySet[Posting], *, most: int = MOST_CANDIDATES) -> dict[int, float]:
    """Documents of `postings` with how well they fit `query`, at most `most` of them; two database queries.

    The rarest words choose the candidates; common ones, whose postings would exceed the budget, only order them.
    """
    telling, common = _within_budget(query.concepts)
    scores = _scores(telling, postings)
    best = {document: scores[document] for document in heapq.nlargest(most, scores, key=scores.__getitem__)}
    for document, score in _scores(common, postings.filter(document_id__in=list(best))).items():
        best[document] += score
    return best


def _postings(concepts: Iterable[Concept]) -> int:
    return sum(concept.document_count for concept in concepts)


def _within_budget(concepts: Iterable[Concept]) -> tuple[list[Concept], list[Concept]]:
    """Concepts that choose the candidates, rarest first and one at the least, and the others."""
    held = sorted((concept for concept in concepts if concept.forms), key=lambda concept: concept.document_count)
    fitting = next((n for n in range(len(held), 1, -1) if _postings(held[:n]) <= BUDGET), 1)
    return held[:fitting], held[fitting:]


def _scores(concepts: Sequence[Concept], postings: QuerySet[Posting]) -> dict[int, float]:
    """Documents with the sum of what `concepts` say about them; of the forms of a word the best one counts."""
    forms: dict[int, list[tuple[dict[int, float], float]]] = {}
    per_concept: list[dict[int, float]] = [{} for _ in concepts]
    for concept, best in zip(concepts, per_concept, strict=True):
        for word, weight in concept.forms.items():
            forms.setdefault(word, []).append((best, weight * concept.rarity))
    if not forms:
        return {}
    rows = postings.filter(word_id__in=list(forms)).values_list("word_id", "document_id", "impact")
    if len(concepts) == 1 and concepts[0].document_count > BUDGET:
        rows = rows.order_by("-impact")[:BUDGET]
    for word, document, impact in rows:
        for best, weight in forms[word]:
            value = weight * impact
            if value > best.get(document, 0.0):
                best[document] = value
    scores: dict[int, float] = {}
    for best in per_concept:
        for document, value in best.items():
            scores[document] = scores.get(document, 0.0) + value
    return scores
