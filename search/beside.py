"""Threads for what is done beside what a request waits for."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
MOST = 4


class Beside:
    """A few threads, begun with the first work. A process that is forked has none of them, and begins its own."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._pool = ThreadPoolExecutor(MOST, self._name)

    def submit(self, act: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
        """Do `act` beside; the result is in what comes back."""
        return self._pool.submit(act, *args, **named)
