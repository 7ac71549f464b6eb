"""Reads what was typed with what the index knows of its words: how rare they are, and what may have been meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.analysis import words_of
from search.scoring import rarity
from search.slips import allowed_slips, put_right, slips_between
from search.small_words import SMALL_WORDS

MOST_WORDS = 40
MOST_MEANT = 3
# A pasted paragraph need not be matched whole: this many of its words say what it is about.
MOST_TELLING = 12
# What a guess is worth beside the word itself: a word a slip away, one that the last word may be the beginning of.
EXACT, SLIP, BEGUN = 1.0, 0.9, 0.7
# Small words weigh this much of their rarity, as in the database engine.
SMALL = 0.3
# The rarity of a title's words, which is not looked up.
SMALL_RARITY, USUAL_RARITY = 0.6, 6.0


@dataclass(frozen=True)
class Vocabulary:
    """What the index knows: its documents, and how many hold each word in any form.

    Also how many hold a word that begins with the last one (`begun`, no more than are counted), and, for each unknown
    word, the words close to it with the number of documents that hold them, most frequent first.
    """

    total: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    begun: int = 0
    near: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Term:
    """One word of a query. `forms` are the words it may stand for: itself, or what was meant; none if unknown."""

    word: str
    rarity: float
    forms: tuple[str, ...]
    is_slip: bool = False
    is_beginning: bool = False

    @property
    def weight(self) -> float:
        """How much its score counts: words that were only guessed a little less."""
        return SLIP if self.is_slip else EXACT

    @property
    def is_small(self) -> bool:
        """Whether it says little about what a text is about."""
        return self.word in SMALL_WORDS


@dataclass(frozen=True)
class Reading:
    """What someone typed, as the index understands it."""

    text: str
    terms: tuple[Term, ...]

    @property
    def says_something(self) -> bool:
        """Whether documents hold any of its words that is not a small one."""
        return any((term.forms or term.is_beginning) and not term.is_small for term in self.terms)

    @property
    def telling(self) -> tuple[Term, ...]:
        """Its words that are not small ones, unknown ones included."""
        return tuple(term for term in self.terms if not term.is_small)

    @property
    def weight(self) -> float:
        """The rarity of its most telling words, unknown ones included."""
        return sum(sorted((term.rarity for term in self.terms), reverse=True)[:MOST_TELLING])

    @property
    def corrected(self) -> str:
        """The text with its slips put right; empty when there are none."""
        return put_right(self.text, {term.word: term.forms[0] for term in self.terms if term.is_slip})


def typed_words(text: str) -> list[str]:
    """The different words of `text`, in order."""
    return list(dict.fromkeys(words_of(text)))[:MOST_WORDS]


def read(text: str, vocabulary: Vocabulary, *, unfinished: bool = False) -> Reading:
    """Understand `text`. The last word of an `unfinished` text may be the beginning of a longer one."""
    words = typed_words(text)
    last = words[-1] if unfinished and words and vocabulary.begun else ""
    return Reading(text, tuple(_term(word, vocabulary, is_last=word == last) for word in words))


def may_go_on(word: str) -> bool:
    """Whether `word` says enough to be taken for the beginning of another one."""
    return len(word) > 1 and word not in SMALL_WORDS


def weight_of(word: str) -> float:
    """How much a word of a title weighs, not knowing how rare it is."""
    return SMALL_RARITY if word in SMALL_WORDS else USUAL_RARITY


def _term(word: str, vocabulary: Vocabulary, *, is_last: bool) -> Term:
    """`word` as the index knows it. What was only guessed is as telling as the words it may stand for."""
    count = vocabulary.counts.get(word, 0)
    if word in SMALL_WORDS:
        return Term(word, SMALL * rarity(count, vocabulary.total), (word,))
    if count:
        return Term(word, rarity(count, vocabulary.total), (word,))
    if is_last and may_go_on(word):
        return Term(word, rarity(vocabulary.begun, vocabulary.total), (), is_beginning=True)
    near = vocabulary.near.get(word, {})
    meant = _meant(word, near)
    return Term(word, rarity(sum(near[other] for other in meant), vocabulary.total), meant, is_slip=bool(meant))


def _meant(word: str, near: Iterable[str]) -> tuple[str, ...]:
    """Of the words `near`, most frequent first, those with the fewest slips, as many as are believable."""
    most = allowed_slips(word)
    distances = [(slips_between(word, other, most), other) for other in near]
    fewest = min((distance for distance, _ in distances), default=most + 1)
    return tuple(other for distance, other in distances if distance == fewest <= most)[:MOST_MEANT]
