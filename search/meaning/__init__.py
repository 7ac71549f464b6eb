"""Search by meaning as well as by words, when the site has an encoder: the interface, free of its libraries."""

from collections.abc import Sequence
from typing import Protocol


class Meaning(Protocol):
    """What an encoder tells of texts. Vectors have unit length: their dot product says how alike two texts are."""

    name: str
    dimensions: int

    def of_documents(self, texts: Sequence[tuple[str, str]]) -> list[list[float]]:
        """A vector for each title and the text under it."""

    def of_query(self, text: str) -> list[float]:
        """The vector of what was typed."""
