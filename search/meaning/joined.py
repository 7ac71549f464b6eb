"""Several encoders as one: the vectors of a text side by side, so that its likeness is the mean of what each sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from search.beside import Beside
from search.meaning import Meaning

# Encoders let go of the interpreter while they work: each may have a core to itself.
_beside = Beside("another encoder")


@dataclass
class JoinedMeaning:
    """What several encoders tell of texts, each with its share of the likeness; the `shares` add up to 1."""

    parts: tuple[Meaning, ...]
    shares: tuple[float, ...]
    name: str
    dimensions: int

    def of_documents(self, texts: Sequence[tuple[str, str]]) -> list[list[float]]:
        """A vector for each title and the text under it: that of each encoder, one after the other."""
        found = [part.of_documents(texts) for part in self.parts]
        return [self._side_by_side(vectors) for vectors in zip(*found, strict=True)]

    def of_query(self, text: str) -> list[float]:
        """The vector of what was typed."""
        first, *others = self.parts
        beside = [_beside.submit(other.of_query, text) for other in others]
        return self._side_by_side([first.of_query(text), *(vector.result() for vector in beside)])

    def _side_by_side(self, vectors: Sequence[Sequence[float]]) -> list[float]:
        """`vectors` of length one as one vector of length one."""
        weighed = zip(map(sqrt, self.shares), vectors, strict=True)
        return [weight * value for weight, vector in weighed for value in vector]


def joined(parts: Sequence[Meaning], shares: Sequence[int]) -> JoinedMeaning:
    """`parts` as one; three shares count three times as much as one."""
    return JoinedMeaning(
        tuple(parts),
        tuple(share / sum(shares) for share in shares),
        " + ".join(f"{share} {part.name}" for share, part in zip(shares, parts, strict=True)),
        sum(part.dimensions for part in parts),
    )
