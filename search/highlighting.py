"""The sentences of a text that speak of a query, with its words marked."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from search.analysis import fold, words_of
from search.small_words import SMALL_WORDS
from search.stems import stems_of

LONGEST_SENTENCE = 240
WORD = re.compile(r"[^\W_]+")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


class Highlighter:
    """Marks the words of one query, in whatever form they stand."""

    def __init__(self, query: str) -> None:
        words = [word for word in words_of(query) if word not in SMALL_WORDS] or words_of(query)
        self._stems = {stem for word in words for stem in stems_of(word)}
        self._known: dict[str, bool] = {}

    def best_sentences(self, text: str, count: int) -> str:
        """The `count` sentences of `text` that hold most words of the query, in their order; else the first ones."""
        sentences = [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]
        ranked = sorted(range(len(sentences)), key=lambda at: (-self._held(sentences[at]), at))[:count]
        return " ".join(shorten(sentences[at]) for at in sorted(ranked))

    def marked(self, text: str) -> SafeString:
        """`text` as safe HTML, the words of the query in `<mark>`."""
        pieces: list[str] = []
        end = 0
        for found in WORD.finditer(text):
            if self._matches(found.group()):
                pieces += [conditional_escape(text[end : found.start()]), format_html("<mark>{}</mark>", found.group())]
                end = found.end()
        return mark_safe("".join([*pieces, conditional_escape(text[end:])]))  # noqa: S308  (each piece is escaped)

    def _held(self, sentence: str) -> int:
        return len({word.lower() for word in WORD.findall(sentence) if self._matches(word)})

    def _matches(self, word: str) -> bool:
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = not self._stems.isdisjoint(stems_of(fold(word)))
        return found


def shorten(sentence: str, length: int = LONGEST_SENTENCE) -> str:
    """`sentence` cut at a word when it is longer than `length`."""
    return sentence if len(sentence) <= length else f"{sentence[:length].rsplit(' ', 1)[0]}…"
