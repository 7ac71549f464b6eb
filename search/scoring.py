"""Relevance: text × solved × helpful × fresh × language, each factor a pure function of its own."""

import math
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from community.topics.helpfulness import wilson_lower_bound

# weight, saturation, length normalisation, usual length: the constants of BM25F, chosen by `search_eval`.
# Lengths are constants and not the corpus's own averages, so that indexing one document never changes another.
TITLE = (3.0, 0.6, 0.6, 9.0)
PROSE = (1.0, 2.0, 0.9, 300.0)
OTHERS = 100
FRESH_YEARS = 3.0
SECONDS_A_YEAR = 365.25 * 86400


class Ranked(Protocol):
    """What ranking needs of a document besides its words."""

    @property
    def lang(self) -> str: ...
    @property
    def is_solved(self) -> bool: ...
    @property
    def helpful_count(self) -> int: ...
    @property
    def vote_count(self) -> int: ...
    @property
    def activity_at(self) -> datetime: ...


def impacts(title: Iterable[str], *prose: Iterable[str]) -> dict[str, float]:
    """How much each word says about a document, its rarity aside: saturated frequency, field by field, summed.

    The term frequency part of BM25F (Robertson and Zaragoza, 2009), saturated per field: a word of the title
    counts even when the text around it is long.
    """
    total: dict[str, float] = {}
    for words, (weight, saturation, slope, usual) in ((title, TITLE), *((text, PROSE) for text in prose)):
        counts = Counter(words)
        damping = saturation * (1 - slope + slope * counts.total() / usual)
        for word, count in counts.items():
            total[word] = total.get(word, 0.0) + weight * count / (count + damping)
    return total


def rarity(document_count: int, total: int) -> float:
    """How telling a word is that `document_count` of `total` documents hold: the idf of BM25.

    Counted as if OTHERS documents without it stood beside: in a young community every word looks common or rare.
    """
    share = (total + OTHERS - document_count + 0.5) / (document_count + 0.5)
    return math.log1p(max(share, 0.0))


def solved_factor(is_solved: bool) -> float:
    """A settled question answers; an open one only keeps company."""
    return 1.15 if is_solved else 1.0


def helpful_factor(helpful: int, votes: int) -> float:
    """From 1.0 with no credible praise to 1.2 with unanimous and plentiful praise."""
    return 1.0 + 0.2 * wilson_lower_bound(helpful, votes)


def fresh_factor(activity_at: datetime, now: datetime) -> float:
    """From 1.0 today towards 0.85: half of the loss after FRESH_YEARS. Old answers fade, they do not vanish."""
    years = max((now - activity_at).total_seconds(), 0) / SECONDS_A_YEAR
    return 0.85 + 0.15 * 0.5 ** (years / FRESH_YEARS)


def factors(document: Ranked, wanted: str, now: datetime) -> dict[str, float]:
    """What the fit of the words is multiplied by, name by name, for a reader of the language `wanted`."""
    return {
        "solved": solved_factor(document.is_solved),
        "helpful": helpful_factor(document.helpful_count, document.vote_count),
        "fresh": fresh_factor(document.activity_at, now),
        "language": language_factor(document.lang, wanted),
    }


def language_factor(lang: str, wanted: str) -> float:
    """The reader's own language first, the other never hidden."""
    return 1.1 if wanted and lang == wanted else 1.0
