"""How alike two words and two short texts are, whatever the engine: by letters and by stems."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from search.stems import REMEMBERED, stems_of

SAME_STEM = 0.95
# Fewer shared letters than this are chance.
LEAST_SHARED = 0.4

Rows = Sequence[Sequence[float]]
# Two words side by side, by their French and by their English stems.
Pairs = tuple[tuple[str, str], tuple[str, str]]


class Closeness(NamedTuple):
    """How much of one text the other says, by weight of words, and the other way round; 1 is all of it."""

    covered: float
    covering: float


def letters_alike(word: str, other: str) -> float:
    """1 for the same word, SAME_STEM for another form of it, else the share of three-letter groups in common (Dice)."""
    if word == other:
        return 1.0
    french, english, groups = _form(word)
    others_french, others_english, others = _form(other)
    if french == others_french or english == others_english:
        return SAME_STEM
    if groups.isdisjoint(others):
        # Nearly all of them, and told sooner than counted.
        return 0.0
    share = 2 * len(groups & others) / (len(groups) + len(others))
    return share if share >= LEAST_SHARED else 0.0


def closeness(weights: Sequence[float], other_weights: Sequence[float], alike: Rows) -> Closeness:
    """How close two texts are whose words weigh `weights` and are `alike`, a row for each word of the first.

    Each word counts as much as the word most like it in the other text: the soft form of matching by rarity
    (W. Cohen, P. Ravikumar and S. Fienberg, "A Comparison of String Distance Metrics for Name-Matching Tasks", 2003).
    """
    if not weights or not other_weights:
        return Closeness(0.0, 0.0)
    covered = sum(weight * max(row) for weight, row in zip(weights, alike, strict=True))
    covering = sum(weight * max(column) for weight, column in zip(other_weights, zip(*alike, strict=True), strict=True))
    return Closeness(covered / sum(weights), covering / sum(other_weights))


def pairs_of(words: Sequence[str]) -> list[Pairs]:
    """Every two neighbours among `words`, in order."""
    stems = [stems_of(word) for word in words]
    return [
        ((french, next_french), (english, next_english))
        for (french, english), (next_french, next_english) in pairwise(stems)
    ]


def neighbours_kept(pairs: Sequence[Pairs], others: frozenset[tuple[str, str]]) -> float:
    """The share of `pairs` that are among `others`."""
    return sum(not others.isdisjoint(pair) for pair in pairs) / len(pairs) if pairs else 0.0


@lru_cache(REMEMBERED)
def _form(word: str) -> tuple[str, str, frozenset[str]]:
    """Its French and its English stem, and its groups of three letters."""
    padded = f"^{word}$"
    return *stems_of(word), frozenset(padded[start : start + 3] for start in range(len(padded) - 2))
