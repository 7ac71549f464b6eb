"""Reads a query with the index's own vocabulary: each word becomes the forms that documents hold it in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from search.analysis import words_of
from search.engines.database import lookups  # noqa: F401  registers `begins`
from search.models import Word
from search.scoring import rarity
from search.slips import allowed_slips, put_right, slips_between
from search.small_words import SMALL_WORDS
from search.stems import stems_of

MOST_WORDS = 40
# A pasted paragraph need not be matched whole: this many of its words say what it is about.
MOST_TELLING = 6
MOST_UNKNOWN = 6
MOST_COMPLETIONS = 12
MOST_MEANT = 5
EXACT, OTHER_FORM, SLIP, COMPLETION = 1.0, 0.9, 0.9, 0.7
# "How", "le": in a small corpus even these look rare.
SMALL = 0.3


@dataclass(frozen=True)
class Concept:
    """One word of a query: how telling it is, and the weight of each form of it that documents hold."""

    word: str
    rarity: float
    forms: dict[int, float]
    document_count: int
    meant: str = ""


@dataclass(frozen=True)
class Query:
    """What someone typed, as the index knows it; `total` is the number of documents."""

    concepts: list[Concept]
    total: int

    @property
    def says_something(self) -> bool:
        """Whether documents hold any of its words that is not a small one."""
        return any(concept.forms and concept.word not in SMALL_WORDS for concept in self.concepts)

    def corrected(self, text: str) -> str:
        """`text` with its slips put right; empty when there are none."""
        return put_right(text, {concept.word: concept.meant for concept in self.concepts if concept.meant})

    @property
    def weight(self) -> float:
        """The rarity of its most telling words, those that no document holds included."""
        return sum(sorted((concept.rarity for concept in self.concepts), reverse=True)[:MOST_TELLING])


def read(text: str, words: QuerySet[Word], *, unfinished: bool = False) -> Query:
    """Look `text` up in the vocabulary. The last word of an `unfinished` text may be the beginning of a longer one."""
    typed = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    known = _forms(typed, words)
    total = next((row.document_count for row in known if not row.text), 0)
    by_stem = _by_stem(known)
    unknown = [word for word in typed if not _matching(word, by_stem)][:MOST_UNKNOWN]
    completed = typed[-1] if unfinished and typed and typed[-1] in unknown else ""
    forms = {word: _weighted(word, by_stem) for word in typed}
    guesses, meant = _guesses(unknown, completed, words)
    forms.update(guesses)
    return Query([_concept(word, forms[word], total, meant.get(word, "")) for word in typed], total)


def _concept(word: str, forms: list[tuple[Word, float]], total: int, meant: str) -> Concept:
    count = min(sum(row.document_count for row, _ in forms), total)
    telling = rarity(count, total) * (SMALL if word in SMALL_WORDS else 1.0)
    return Concept(word, telling, {row.pk: weight for row, weight in forms}, count, meant)


def _forms(typed: Iterable[str], words: QuerySet[Word]) -> list[Word]:
    """Every word of the index that shares a stem with one of `typed`, and the empty word."""
    french, english = zip(*(stems_of(word) for word in typed), strict=True) if typed else ((), ())
    return list(words.filter(Q(stem_fr__in=french) | Q(stem_en__in=english) | Q(text="")))


def _by_stem(known: list[Word]) -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    for row in known:
        found.setdefault(f"fr:{row.stem_fr}", []).append(row)
        found.setdefault(f"en:{row.stem_en}", []).append(row)
    return found


def _matching(word: str, by_stem: dict[str, list[Word]]) -> dict[int, Word]:
    french, english = stems_of(word)
    rows = [*by_stem.get(f"fr:{french}", ()), *by_stem.get(f"en:{english}", ())]
    return {row.pk: row for row in rows if row.document_count}


def _weighted(word: str, by_stem: dict[str, list[Word]], weight: float = EXACT) -> list[tuple[Word, float]]:
    rows = _matching(word, by_stem).values()
    return [(row, weight * (EXACT if row.text == word else OTHER_FORM)) for row in rows]


def _guesses(
    unknown: list[str], unfinished: str, words: QuerySet[Word]
) -> tuple[dict[str, list[tuple[Word, float]]], dict[str, str]]:
    """What may be meant by words that no document holds: completions of the last one, then slips.

    Returns the forms of each, and for a slip the word most likely meant.
    """
    completions: list[Word] = []
    if len(unfinished) >= 2:
        rows = words.filter(text__begins=unfinished, document_count__gt=0)
        completions = list(rows.order_by("-document_count")[:MOST_COMPLETIONS])
    slipped = {
        word: near for word in unknown if (word != unfinished or not completions) and (near := _near(word, words))
    }
    by_stem = _by_stem(_forms({near for found in slipped.values() for near in found}, words)) if slipped else {}
    guesses = {
        word: list({row.pk: (row, weight) for text in found for row, weight in _weighted(text, by_stem, SLIP)}.values())
        for word, found in slipped.items()
    }
    if completions:
        guesses[unfinished] = [(row, COMPLETION) for row in completions]
    return guesses, {word: found[0] for word, found in slipped.items()}


def _near(word: str, words: QuerySet[Word]) -> list[str]:
    """The words of the index that `word` may be a slip for, those with the fewest slips.

    One slip leaves the first or the second half of a word as it was, so that both halves are looked up.
    """
    most = allowed_slips(word)
    if not most:
        return []
    half = len(word) // 2
    same_half = reduce(or_, (Q(text__begins=word[:half]), Q(reversed__begins=word[half:][::-1])))
    rows = words.filter(same_half, document_count__gt=0).order_by("-document_count").values_list("text", flat=True)
    distances = [(slips_between(word, text, most), text) for text in rows if abs(len(text) - len(word)) <= most]
    fewest = min((distance for distance, _ in distances), default=most + 1)
    return [text for distance, text in distances if distance == fewest][:MOST_MEANT] if fewest <= most else []
