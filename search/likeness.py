"""How alike two words and two short texts are, whatever the engine: by letters and by stems."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from search.stems import REMEMBERED, stems_of

SAME_STEM = 0.95
# Fewer shared letters than this are chance.
LEAST_SHARED = 0.4

# What a word of one text is like in the other: the place of a word there, and how alike, above 0 and up to 1.
Alike = Sequence[tuple[int, float]]
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


def closeness(weights: Sequence[float], other_weights: Sequence[float], alike: Sequence[Alike]) -> Closeness:
    """How close two texts are whose words weigh `weights`; `alike` says of each word of the other which are like it.

    Each word counts as much as the word most like it in the other text: the soft form of matching by rarity
    (W. Cohen, P. Ravikumar and S. Fienberg, "A Comparison of String Distance Metrics for Name-Matching Tasks", 2003).
    """
    if not weights or not other_weights:
        return Closeness(0.0, 0.0)
    best, covering = [0.0] * len(weights), 0.0
    for weight, places in zip(other_weights, alike, strict=True):
        if places:
            covering += weight * max(likeness for _place, likeness in places)
            for place, likeness in places:
                best[place] = max(best[place], likeness)
    covered = sum(weight * likeness for weight, likeness in zip(weights, best, strict=True))
    return Closeness(covered / sum(weights), covering / sum(other_weights))


class Spellings:
    """Words, each with its place, found again by what another word shares with them: three letters, or a stem."""

    def __init__(self, words: Iterable[tuple[int, str]]) -> None:
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, word in words:
            for mark in _marks(word):
                self._places[mark].add(place)
        self._all = frozenset(self._places)

    def near(self, word: str) -> set[int]:
        """The places of those that `word` may be like (`letters_alike`); no other one is."""
        common = _marks(word) & self._all
        return {place for mark in common for place in self._places[mark]} if common else set()


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


@lru_cache(REMEMBERED)
def _marks(word: str) -> frozenset[str]:
    """What two words have in common when they are at all alike; the marks of stems are longer than three letters."""
    french, english, groups = _form(word)
    return groups | {f"fr: {french}", f"en: {english}"}
