"""Lists of a bearable length out of a long one."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of at most `size`, read only as far as they are asked for."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
