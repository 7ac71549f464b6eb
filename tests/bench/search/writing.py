"""Invented questions with words as frequent as in real ones: a few everywhere, most of them rare (Zipf's law)."""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from community.core.languages import language_of

# Zipf and Mandelbrot: the frequency of the word of rank r is as 1 / (r + SHIFT).
SHIFT, INVENTED_WORDS = 2.7, 30_000
ONSETS = "b c d f g l m n p r s t v br ch cl cr dr fl fr gr pl pr tr".split()
VOWELS = {"fr": "a e i o u é ai au ou eu".split(), "en": "a e i o u ea oo ee ou y".split()}
ENDINGS = {"fr": "r t s ge nt e et on eur tion".split(), "en": "r t s ck nt ing er le ness tion".split()}
LETTERS = "ABCDEFGHKLMNPRSTVX"
# Mean number of words of a question and an answer, and the spread of their logarithm.
QUESTION, ANSWER, SPREAD = 45, 40, 0.5
CODE_SHARE = 0.1


@dataclass(frozen=True)
class Words:
    """The words of one language, most frequent first, and the running total of their frequencies."""

    words: Sequence[str]
    totals: Sequence[float]

    def some(self, count: int, dice: random.Random) -> list[str]:
        """`count` words, each as often as its language has it."""
        return dice.choices(self.words, cum_weights=self.totals, k=count)


@dataclass(frozen=True)
class Question:
    """A question, with its answers."""

    lang: str
    title: str
    body: str
    answers: Sequence[str]


def invented_words(lang: str, dice: random.Random) -> Words:
    """A language of our own making."""
    made: dict[str, None] = {}
    while len(made) < INVENTED_WORDS:
        # Frequent words are short.
        syllables = 1 + int(len(made) > 300) + int(dice.random() < 0.4)
        parts = [dice.choice(ONSETS) + dice.choice(VOWELS[lang]) for _ in range(syllables)]
        made["".join(parts) + (dice.choice(ENDINGS[lang]) if dice.random() < 0.7 else "")] = None
    return Words(list(made), list(accumulate(1 / (rank + SHIFT) for rank in range(len(made)))))


def words_of_corpus(path: Path) -> dict[str, Words]:
    """The words of a corpus (lines of JSON with `title` and `body`), by language. Raises OSError."""
    counts: dict[str, Counter[str]] = {"fr": Counter(), "en": Counter()}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = f"{row['title']} {row['body']}"
            counts[language_of(text, "en")].update(word for word in text.lower().split() if word.isalpha())
    ranked = {lang: counted.most_common() for lang, counted in counts.items()}
    return {
        lang: Words([word for word, _ in rows], list(accumulate(float(count) for _, count in rows)))
        for lang, rows in ranked.items()
    }


def questions(words: dict[str, Words], count: int, dice: random.Random) -> Iterator[Question]:
    """`count` questions, half of them French; four in five are answered, once or twice."""
    for _ in range(count):
        lang = dice.choice(("fr", "en"))
        known = words[lang]
        title = list(dict.fromkeys(known.some(dice.randint(6, 12), dice)))
        if dice.random() < CODE_SHARE:
            title.append(f"{dice.choice(LETTERS)}{dice.choice(LETTERS)}-{dice.randint(10, 9999)}")
        yield Question(
            lang=lang,
            title=" ".join(title).capitalize()[:180],
            body=_text(known, QUESTION, dice),
            answers=[_text(known, ANSWER, dice) for _ in range(dice.choice((0, 1, 1, 1, 2)))],
        )


def _text(known: Words, usual: int, dice: random.Random) -> str:
    return " ".join(known.some(round(usual * dice.lognormvariate(0, SPREAD)) + 3, dice)) + "."


def as_typed(title: str, dice: random.Random) -> str:
    """What somebody types who has the question of that `title`: unfinished, in other words, or with a slip."""
    words = title.lower().split()
    how = dice.randrange(3)
    if how == 0:
        text = " ".join(words)
        return text[: max(12, int(len(text) * dice.uniform(0.4, 0.9)))]
    if how == 1:
        kept = dice.sample(words, max(3, len(words) * 2 // 3)) if len(words) > 3 else words
        return " ".join(kept)
    place = dice.randrange(len(words))
    word = words[place]
    cut = dice.randrange(len(word))
    words[place] = word[:cut] + word[cut + 1 :] if len(word) > 4 else word
    return " ".join(words)
