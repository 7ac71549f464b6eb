"""Who takes part in making an index anew, and in which order it is told how far it is."""

from collections import deque
from concurrent.futures import Future
from typing import Any

import pytest

from search import rebuilding
from search.rebuilding import MOST_ON_THEIR_WAY, SENDERS, _sent


class Numbers:
    """A kind with so many documents."""

    name = "topic"

    def __init__(self, count: int) -> None:
        self.count = count

    def ids(self) -> Any:
        return map(str, range(1, self.count + 1))


class Hand:
    """Takes batches, and is done with them at once or when it is told."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.pending, self.taken, self.at_once = deque[Future[None]](), list[list[str]](), at_once

    def take(self, kind_name: str, ids: list[str]) -> Future[None]:
        future: Future[None] = Future()
        if self.at_once:
            future.set_result(None)
        self.taken.append(ids)
        return future

    def finish(self) -> None:
        for future in self.pending:
            future.set_result(None)


@pytest.fixture
def _ten_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.indexing.BATCH", 2)
    monkeypatch.setattr(rebuilding, "kinds", {"topic": Numbers(20)}.items())


@pytest.mark.usefixtures("_ten_batches")
def test_what_is_done_is_told_in_order_however_late_the_first_batch_is() -> None:
    slow, quick = Hand(at_once=False), Hand()
    sent = _sent([slow, quick], {})
    # Everything is taken before the slow one is asked to finish: it holds up what is told, not what is done.
    slow_is_over = iter([slow.finish])
    quick_take = quick.take

    def take(kind_name: str, ids: list[str]) -> Future[None]:
        if ids[-1] == "20":
            next(slow_is_over)()
        return quick_take(kind_name, ids)

    quick.take = take  # type: ignore[method-assign]
    told = [(last, count) for _kind, last, count in sent]
    assert told == [(str(last), 2) for last in range(2, 21, 2)]
    assert len(slow.taken) == SENDERS + 1
    assert len(quick.taken) == 10 - len(slow.taken)


@pytest.mark.usefixtures("_ten_batches")
def test_it_goes_on_after_what_was_done() -> None:
    hand = Hand()
    assert [last for _kind, last, _count in _sent([hand], {"topic": "16"})] == ["18", "20"]
    assert MOST_ON_THEIR_WAY > SENDERS


@pytest.mark.usefixtures("_ten_batches")
def test_what_goes_wrong_in_one_batch_ends_it() -> None:
    class Broken(Hand):
        def take(self, kind_name: str, ids: list[str]) -> Future[None]:
            future: Future[None] = Future()
            future.set_exception(ValueError("gone"))
            return future

    with pytest.raises(ValueError, match="gone"):
        list(_sent([Broken()], {}))
