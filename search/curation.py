"""What the brand taught the search, applied to what someone typed: the same for every engine, in force at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from community.core.kept_values import remember
from search.analysis import FRENCH_ELISIONS, PARTS, fold
from search.models import PromotedAnswer, StopPhrase, SynonymGroup
from search.models.curation import lines_of
from search.stems import stems_of

# Kept values are dropped under this tag when something is edited at the desk.
TAG = "search_curation"
# The words as typed, and at most so many ways of saying them otherwise.
MOST_REWORDINGS = 3

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Promotion:
    """One answer to show first: the phrases that call for it, and when."""

    phrases: tuple[Phrase, ...]
    document: tuple[str, str]
    starts_at: datetime | None
    ends_at: datetime | None

    def is_on(self, now: datetime) -> bool:
        """Whether `now` is within its time."""
        return (self.starts_at is None or self.starts_at <= now) and (self.ends_at is None or now < self.ends_at)


@dataclass(frozen=True)
class Curation:
    """Everything that the brand taught, ready to be applied."""

    synonyms: tuple[tuple[tuple[Phrase, str], ...], ...] = ()
    stop_phrases: tuple[Phrase, ...] = ()
    promotions: tuple[Promotion, ...] = ()

    def without_stop_phrases(self, text: str) -> str:
        """`text` without the phrases that say nothing; as it was when nothing else would be left of it."""
        if not self.stop_phrases:
            return text
        tokens, words = _tokens(text)
        kept, left = text, len(tokens)
        for at, length in reversed(_places(words, self.stop_phrases)):
            kept = f"{kept[: tokens[at][0]]} {kept[tokens[at + length - 1][1] :]}"
            left -= length
        return " ".join(kept.split()).lstrip(" ,;:.!") if left else text

    def rewordings(self, text: str) -> list[str]:
        """`text`, then the same with each term that has synonyms replaced by one of them."""
        (tokens, words), found = _tokens(text), [text]
        for group in self.synonyms:
            for at, length in _places(words, [phrase for phrase, _term in group])[:1]:
                met = tuple(words[at : at + length])
                for phrase, term in group:
                    if not _same(met, phrase):
                        found.append(f"{text[: tokens[at][0]]}{term}{text[tokens[at + length - 1][1] :]}")
        return list(dict.fromkeys(found))[: 1 + MOST_REWORDINGS]

    def promoted(self, text: str) -> list[tuple[str, str]]:
        """Kind and id of what is to be shown first for `text`, in the brand's order."""
        if not self.promotions:
            return []
        words, now = _tokens(text)[1], timezone.now()
        called = (each for each in self.promotions if each.is_on(now) and _places(words, each.phrases))
        return list(dict.fromkeys(each.document for each in called))


def curation() -> Curation:
    """What the brand taught; read again when it was edited."""
    return remember("search-curation", [TAG], _read)


def _read() -> Curation:
    groups = []
    for group in SynonymGroup.objects.order_by("pk"):
        groups.append(tuple((_phrase(term), term) for term in lines_of(group.terms)))
    promotions = tuple(
        Promotion(tuple(map(_phrase, lines_of(row.phrases))), row.document, row.starts_at, row.ends_at)
        for row in PromotedAnswer.objects.order_by("pk")
    )
    stop_phrases = sorted(map(_phrase, StopPhrase.objects.values_list("phrase", flat=True)), key=len, reverse=True)
    return Curation(tuple(groups), tuple(stop_phrases), promotions)


def _phrase(text: str) -> Phrase:
    return tuple(_tokens(text)[1])


def _tokens(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Where each word of `text` begins, its elided article included, and ends, and the stems that it is compared by."""
    places, words, begins = [], [], -1
    for found in PARTS.finditer(text):
        word, start = fold(found.group()), found.start() if begins < 0 else begins
        if word in FRENCH_ELISIONS and text[found.end() : found.end() + 1] in ("'", "’"):
            begins = start
            continue
        places.append((start, found.end()))
        words.append("/".join(stems_of(word)))
        begins = -1
    return places, words


def _places(words: Sequence[str], phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Where any of `phrases` stands in `words`: place and length, the longest first at each place, none overlapping."""
    found, at = [], 0
    ordered = sorted((phrase for phrase in phrases if phrase), key=len, reverse=True)
    while at < len(words):
        length = next((len(each) for each in ordered if _same(words[at : at + len(each)], each)), 0)
        if length:
            found.append((at, length))
        at += length or 1
    return found


def _same(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether each word shares a stem with its place in `phrase`."""
    return len(words) == len(phrase) and all(
        not set(one.split("/")).isdisjoint(other.split("/")) for one, other in zip(words, phrase, strict=True)
    )
