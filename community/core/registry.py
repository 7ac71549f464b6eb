"""Registries: named lists on a lower floor which higher apps fill in `ready()`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Things by name, in the order of registration."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, T] = {}

    def add(self, name: str, entry: T) -> T:
        """Register `entry`. Raises ValueError when the name is taken by another one."""
        if self._entries.setdefault(name, entry) is not entry:
            raise ValueError(f"Two {self.what} are called {name!r}.")
        return entry

    def register(self, name: str) -> Callable[[T], T]:
        """`add` as a decorator."""
        return lambda entry: self.add(name, entry)

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return iter(list(self._entries.items()))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @contextmanager
    def with_entry(self, name: str, entry: T) -> Iterator[None]:
        """Register `entry` for the length of a test."""
        self.add(name, entry)
        try:
            yield
        finally:
            del self._entries[name]
