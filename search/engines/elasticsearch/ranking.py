"""Puts what Elasticsearch found in order: words of the text, closeness of the title, likeness of meaning, factors.

The weights were chosen on the benchmark (tests/bench/search): a document whose title is what was typed comes out at 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import prod
from typing import Any

from search import scoring
from search.analysis import words_of
from search.engines import Hit
from search.engines.elasticsearch.reading import BEGUN, SLIP, Reading, Term, weight_of
from search.likeness import Closeness, closeness, letters_alike
from search.meaning import Meaning

# Words alone: the text's share; what the title covers of the query; that, where the query also covers the title.
TEXT, COVERED, BOTH = 0.55, 0.35, 0.65
# With meaning: the text's share; what the title covers by letters or by meaning; how alike the vectors are.
MEANT_TEXT, MEANT_COVERED, ALIKE = 0.45, 0.29, 0.71


@dataclass(frozen=True)
class Candidate:
    """What Elasticsearch says of a document: its row, how well its text fits, and how alike its vector is."""

    row: Mapping[str, Any]
    text: float
    likeness: float = 0.0

    @property
    def title(self) -> str:
        """The title as written."""
        return str(self.row["title"])

    @property
    def lang(self) -> str:
        """The language it is written in."""
        return str(self.row["lang"])

    @property
    def is_solved(self) -> bool:
        """Whether it is a settled question."""
        return bool(self.row["is_solved"])

    @property
    def helpful_count(self) -> int:
        """Votes that found it helpful."""
        return int(self.row["helpful_count"])

    @property
    def vote_count(self) -> int:
        """All votes."""
        return int(self.row["vote_count"])

    @property
    def activity_at(self) -> datetime:
        """When something last happened to it."""
        return datetime.fromisoformat(self.row["activity_at"])


def ranked(
    reading: Reading, candidates: Sequence[Candidate], meaning: Meaning | None, *, lang: str, now: datetime
) -> list[Hit]:
    """`candidates` as hits, best first, each with the parts of its score."""
    hits = []
    for candidate, close in zip(candidates, _closenesses(reading, candidates, meaning), strict=True):
        text = candidate.text / (reading.weight or 1.0)
        parts = _with_meaning(text, close, candidate.likeness) if meaning else _words_alone(text, close)
        fit, factors = sum(parts.values()), scoring.factors(candidate, lang, now)
        hits.append(
            Hit(
                kind=candidate.row["kind"],
                object_id=candidate.row["object_id"],
                text=fit,
                score=fit * prod(factors.values()),
                parts={**parts, **factors},
            )
        )
    return sorted(hits, key=lambda hit: (-hit.score, hit.kind, hit.object_id))


def _words_alone(text: float, close: Closeness) -> dict[str, float]:
    return {"words": TEXT * text, "title": COVERED * close.covered + BOTH * close.covered * close.covering}


def _with_meaning(text: float, close: Closeness, likeness: float) -> dict[str, float]:
    return {"words": MEANT_TEXT * text, "title": MEANT_COVERED * close.covered, "meaning": ALIKE * likeness}


def _closenesses(reading: Reading, candidates: Sequence[Candidate], meaning: Meaning | None) -> list[Closeness]:
    """How close each candidate's title is to what was typed. What two words share is worked out once for all titles."""
    weights = [term.rarity for term in reading.terms]
    titles = [list(dict.fromkeys(words_of(candidate.title))) for candidate in candidates]
    words = list(dict.fromkeys(word for title in titles for word in title))
    rows = _alike(reading.terms, words, meaning)
    columns = dict(zip(words, zip(*rows, strict=True), strict=True)) if rows else {}
    return [
        closeness(
            weights, [weight_of(word) for word in title], list(zip(*(columns[word] for word in title), strict=True))
        )
        if columns
        else Closeness(0.0, 0.0)
        for title in titles
    ]


def _alike(terms: Sequence[Term], words: Sequence[str], meaning: Meaning | None) -> list[list[float]]:
    """How alike each term and each of `words` are: by letters, or by meaning where that says more."""
    by_letters = [[_letters_alike(term, word) for word in words] for term in terms]
    if meaning is None:
        return by_letters
    by_meaning = meaning.alike([term.forms[0] if term.forms else term.word for term in terms], words)
    return [list(map(max, row, other)) for row, other in zip(by_letters, by_meaning, strict=True)]


def _letters_alike(term: Term, word: str) -> float:
    """How alike by letters what was typed and `word` are, or one of the words that may have been meant."""
    if term.is_beginning and word.startswith(term.word):
        return BEGUN
    typed = letters_alike(term.word, word)
    return max(typed, *(SLIP * letters_alike(form, word) for form in term.forms)) if term.is_slip else typed
