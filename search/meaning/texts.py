"""Texts as the encoders get them, and vectors as the engines get them."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

OPENING = 600
MOST_WORDS = 20_000
END_MARKS = " ?!.…:;,"

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """A multilingual sentence encoder."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector of any length for each text, one row each."""


class EncodedMeaning:
    """Meaning as `encoder` sees it. A document is its title and, as much, its title with the opening under it."""

    def __init__(self, encoder: Encoder) -> None:
        # A sentence is too little work to share: more threads take a hundred times as long on a busy machine.
        threadpool_limits(limits=1, user_api="blas")
        self._encoder = encoder
        self.name, self.dimensions = encoder.name, encoder.dimensions
        self._words: OrderedDict[str, Vectors] = OrderedDict()

    def of_documents(self, texts: Sequence[tuple[str, str]]) -> list[list[float]]:
        """The mean of a title's vector and that of title and opening."""
        if not texts:
            return []
        titles = self._vectors([plain(title) for title, _ in texts])
        openings = self._vectors([f"{plain(title)}. {text[:OPENING].lower()}" for title, text in texts])
        rows: list[list[float]] = _unit(titles + openings).tolist()
        return rows

    def of_query(self, text: str) -> list[float]:
        """The vector of what was typed."""
        row: list[float] = self._vectors([plain(text)])[0].tolist()
        return row

    def alike(self, words: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        """The cosine of the words' vectors, nothing below zero."""
        if not words or not others:
            return [[] for _ in words]
        known = self._known([*words, *others])
        likeness = np.maximum(known[: len(words)] @ known[len(words) :].T, 0.0)
        rows: list[list[float]] = likeness.tolist()
        return rows

    def _known(self, words: Sequence[str]) -> Vectors:
        """The vectors of `words`; the latest MOST_WORDS are remembered."""
        new = [word for word in dict.fromkeys(words) if word not in self._words]
        if new:
            self._words.update(zip(new, self._vectors(new), strict=True))
        found = np.stack([self._words[word] for word in words])
        for word in words:
            self._words.move_to_end(word)
        while len(self._words) > MOST_WORDS:
            self._words.popitem(last=False)
        return found

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        return _unit(self._encoder.encode(texts))


def plain(text: str) -> str:
    """`text` in small letters, less the mark at its end: neither says what it is about, and both would weigh."""
    return text.lower().rstrip(END_MARKS) or text.lower()


def _unit(vectors: Vectors) -> Vectors:
    """`vectors` at length one, an empty one left as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found
