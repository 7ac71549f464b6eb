"""Texts as the encoders get them, and vectors as the engines get them."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from search.meaning.everyday import sentences

# The title and the opening under it: what follows says less, and takes its time. Chosen on the benchmark.
OPENING = 400
# How many of the directions in which all texts differ are taken out beside their mean: 2 to 8 do as well.
COMMON = 3
# What the title by itself counts beside title and opening.
TITLE = 0.5

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """A multilingual sentence encoder."""

    name: str
    dimensions: int

    def questions(self, texts: Sequence[str]) -> Vectors:
        """A vector of any length for each text that asks, one row each: what is typed, and titles."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The same for texts that may answer."""


class EncodedMeaning:
    """Meaning as `encoder` sees it. A document is its title with the opening under it and, half as much, its title.

    What all texts have in common is taken out of every vector: without it, unlike texts are unlike (J. Mu and
    P. Viswanath, "All-but-the-Top: Simple and Effective Postprocessing for Word Representations", 2018).
    """

    def __init__(self, encoder: Encoder) -> None:
        # A sentence is too little work to share: more threads take a hundred times as long on a busy machine.
        threadpool_limits(limits=1, user_api="blas")
        self._encoder = encoder
        self.name, self.dimensions = f"{encoder.name} 3", encoder.dimensions
        usual = _unit(encoder.questions(sentences()))
        self._mean = usual.mean(axis=0)
        self._common: Vectors = np.linalg.svd(usual - self._mean, full_matrices=False)[2][:COMMON]

    def of_documents(self, texts: Sequence[tuple[str, str]]) -> list[list[float]]:
        """The mean of a title's vector, as a question, and, twice as much, that of title and opening, as a passage."""
        if not texts:
            return []
        titles = _unit(self._encoder.questions([whole(title) for title, _ in texts]))
        openings = _unit(self._encoder.passages([whole(f"{title}. {text}") for title, text in texts]))
        rows: list[list[float]] = self._telling(_unit(TITLE * titles + openings)).tolist()
        return rows

    def of_query(self, text: str) -> list[float]:
        """The vector of what was typed, of a pasted page that of its beginning."""
        row: list[float] = self._telling(_unit(self._encoder.questions([whole(text)])))[0].tolist()
        return row

    def _telling(self, vectors: Vectors) -> Vectors:
        """`vectors` less what all texts have in common."""
        centred = vectors - self._mean
        return _unit(centred - centred @ self._common.T @ self._common)


def whole(text: str) -> str:
    """The beginning of `text`, less what libraries cannot take: the mark that ends a string, halves of characters."""
    return text[:OPENING].replace("\0", " ").encode("utf-8", "replace").decode()


def _unit(vectors: Vectors) -> Vectors:
    """`vectors` at length one, an empty one left as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found
