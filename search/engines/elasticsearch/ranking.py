"""Puts what Elasticsearch found in order: words of the text, closeness of the title, likeness of meaning, factors.

The weights were chosen on the benchmark (tests/bench/search): a document whose title is what was typed comes out at 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import prod
from typing import Any

from search import scoring
from search.analysis import words_of
from search.engines import Hit
from search.engines.elasticsearch.reading import BEGUN, SLIP, Reading, Term, weight_of
from search.likeness import Closeness, closeness, letters_alike

# Words alone: the text's share; what the title covers of the query; that, where the query also covers the title.
TEXT, COVERED, BOTH = 0.55, 0.35, 0.65
# The same with meaning, and how alike the vectors are.
MEANT_TEXT, MEANT_COVERED, MEANT_BOTH, ALIKE = 0.43, 0.09, 0.17, 0.74
# The words of so many titles are remembered: what is asked often finds the same ones.
MOST_TITLES = 20_000


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
    reading: Reading, candidates: Sequence[Candidate], *, by_meaning: bool = False, lang: str, now: datetime
) -> list[Hit]:
    """`candidates` as hits, best first, each with the parts of its score."""
    hits = []
    for candidate, close in zip(candidates, _closenesses(reading, candidates), strict=True):
        text = candidate.text / (reading.weight or 1.0)
        parts = _with_meaning(text, close, candidate.likeness) if by_meaning else _words_alone(text, close)
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
    title = MEANT_COVERED * close.covered + MEANT_BOTH * close.covered * close.covering
    return {"words": MEANT_TEXT * text, "title": title, "meaning": ALIKE * likeness}


def _closenesses(reading: Reading, candidates: Sequence[Candidate]) -> list[Closeness]:
    """How close each candidate's title is to what was typed. What two words share is worked out once for all titles."""
    weights = [term.rarity for term in reading.terms]
    titles = [_words_of_title(candidate.title) for candidate in candidates]
    words = dict.fromkeys(word for title in titles for word in title)
    columns = {word: [_letters_alike(term, word) for term in reading.terms] for word in words}
    return [
        closeness(
            weights, [weight_of(word) for word in title], list(zip(*(columns[word] for word in title), strict=True))
        )
        for title in titles
    ]


@lru_cache(MOST_TITLES)
def _words_of_title(title: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words_of(title)))


def _letters_alike(term: Term, word: str) -> float:
    """How alike by letters what was typed and `word` are, or one of the words that may have been meant."""
    if term.is_beginning and word.startswith(term.word):
        return BEGUN
    typed = letters_alike(term.word, word)
    return max(typed, *(SLIP * letters_alike(form, word) for form in term.forms)) if term.is_slip else typed
