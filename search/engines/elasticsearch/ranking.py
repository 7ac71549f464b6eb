"""Puts what Elasticsearch found in order: words of the text, closeness of the title, likeness of meaning, factors.

The weights were chosen on the benchmark (tests/bench/search): a document whose title is what was typed comes out at 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

from search import scoring
from search.analysis import words_of
from search.engines import Hit
from search.engines.elasticsearch.reading import BEGUN, MOST_WORDS, SLIP, Reading, Term, weight_of
from search.likeness import Closeness, Pairs, Spellings, closeness, letters_alike, neighbours_kept, pairs_of

# Words alone: the text's share; what the title covers of the query; that, where the query also covers the title.
TEXT, COVERED, BOTH = 0.7, 0.35, 0.65
# With meaning: the text's share; what title and query cover of each other; the neighbouring words of the query that are
# neighbours in the title; how alike the vectors are.
MEANT_TEXT, MEANT_BOTH, NEIGHBOURS, ALIKE = 0.29, 0.19, 0.14, 0.67
# What speaks for an answer being there at all (`Ranking.evidence`): each telling word of the question, so many at most.
WORD, MOST_COUNTED = 0.06, 8
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


class Ranking(NamedTuple):
    """Hits, best first, how much speaks for there being an answer among them, and how alike the most alike one is.

    The evidence is the sum of three: the most of the question that a document holds, the more if a title says little
    else; how alike the most alike one is; and how many words the question has. A document that holds half of
    eight words hardly does so by chance, one that holds half of two may well.
    """

    hits: list[Hit]
    evidence: float
    likeness: float


class Titles:
    """How close titles are to what was typed; each title, and each of their words, is compared once."""

    def __init__(self, reading: Reading) -> None:
        self._terms = reading.terms
        self._weights = [term.rarity for term in reading.terms]
        self._spellings = Spellings(
            (place, word) for place, term in enumerate(reading.terms) for word in (term.word, *term.forms)
        )
        self._alike: dict[str, list[tuple[int, float]]] = {}
        self._close: dict[str, Closeness] = {}

    def close(self, title: str) -> Closeness:
        """How much of the question `title` says, and the question of the title."""
        if title not in self._close:
            words = _words_of_title(title)
            alike = [self._alike[word] if word in self._alike else self._compared(word) for word in words]
            self._close[title] = closeness(self._weights, [weight_of(word) for word in words], alike)
        return self._close[title]

    def _compared(self, word: str) -> list[tuple[int, float]]:
        """The places of the words typed that `word` is like, and how alike."""
        self._alike[word] = [
            (place, likeness)
            for place in self._spellings.near(word)
            if (likeness := _letters_alike(self._terms[place], word))
        ]
        return self._alike[word]


def ranked(
    reading: Reading,
    candidates: Sequence[Candidate],
    *,
    held: float = 0.0,
    by_meaning: bool = False,
    titles: Titles | None = None,
    lang: str,
    now: datetime,
) -> Ranking:
    """`candidates` as hits, best first, each with the parts of its score.

    `held` is the rarity of the telling words that one document holds, of the one that holds most; `titles` may know
    some of theirs already.
    """
    titles = titles or Titles(reading)
    closenesses = [titles.close(candidate.title) for candidate in candidates]
    pairs = _pairs(reading) if by_meaning else ()
    hits = []
    for candidate, close in zip(candidates, closenesses, strict=True):
        text = candidate.text / (reading.weight or 1.0)
        parts = _with_meaning(text, close, candidate, pairs) if by_meaning else _words_alone(text, close)
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
    hits.sort(key=lambda hit: (-hit.score, hit.kind, hit.object_id))
    likeness = max((candidate.likeness for candidate in candidates), default=0.0)
    return Ranking(hits, likeness + _evidence(reading, held, closenesses), likeness)


def _evidence(reading: Reading, held: float, closenesses: Sequence[Closeness]) -> float:
    """What the words say for an answer."""
    share = held / (sum(term.rarity for term in reading.telling) or 1.0)
    said = (max(share, close.covered) + close.covered * close.covering for close in closenesses)
    return max(said, default=0.0) + WORD * min(len(reading.telling), MOST_COUNTED)


def _words_alone(text: float, close: Closeness) -> dict[str, float]:
    return {"words": TEXT * text, "title": COVERED * close.covered + BOTH * close.covered * close.covering}


def _with_meaning(text: float, close: Closeness, candidate: Candidate, pairs: Sequence[Pairs]) -> dict[str, float]:
    kept = neighbours_kept(pairs, _pairs_of_title(candidate.title))
    title = MEANT_BOTH * close.covered * close.covering + NEIGHBOURS * kept
    return {"words": MEANT_TEXT * text, "title": title, "meaning": ALIKE * candidate.likeness}


def _pairs(reading: Reading) -> list[Pairs]:
    """The neighbouring words of what was typed, its slips put right."""
    meant = {term.word: term.forms[0] for term in reading.terms if term.forms}
    return pairs_of([meant.get(word, word) for word in words_of(reading.text)[:MOST_WORDS]])


@lru_cache(MOST_TITLES)
def _pairs_of_title(title: str) -> frozenset[tuple[str, str]]:
    return frozenset(pair for pairs in pairs_of(words_of(title)) for pair in pairs)


@lru_cache(MOST_TITLES)
def _words_of_title(title: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words_of(title)))


def _letters_alike(term: Term, word: str) -> float:
    """How alike by letters what was typed and `word` are, or one of the words that may have been meant."""
    if term.is_beginning and word.startswith(term.word):
        return BEGUN
    typed = letters_alike(term.word, word)
    return max(typed, *(SLIP * letters_alike(form, word) for form in term.forms)) if term.is_slip else typed
