"""Making an index anew while the site goes on searching and writing."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from typing import Protocol

import django

from search.documents import Kind, kinds
from search.engines import Engine, EngineFault, chosen
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.live import LiveIndex
from search.indexing import batches, read, rebuild

# Told the kind, and how many of its documents are done since it was told last.
Progress = Callable[[Kind, int], object]
# Batches on their way to the server while the next one is read: enough for neither side to wait for the other.
SENDERS = 2
# A batch that is late, such as the first of a process that is just starting, holds up the count of the others.
MOST_ON_THEIR_WAY = 100
# To write down how far it is costs the server as much as some hundred documents.
NOTE_EVERY_SECONDS = 5.0


def rebuild_index(engine: Engine, progress: Progress, processes: int = 1) -> None:
    """Index everything anew in `engine`: in place, or aside and then exchanged in one step. Raises EngineFault.

    One that was interrupted goes on where it stopped. What is written meanwhile is not lost: changes go to both
    indexes, and the later reading of a document wins. Aside, more `processes` than this one may take part.
    """
    if isinstance(engine, ElasticsearchEngine) and engine.live is not None:
        _rebuild_aside(engine, engine.live, progress, processes)
        return
    for _name, kind in kinds:
        rebuild(kind, engine, _for(kind, progress))
    engine.mend()


def _rebuild_aside(engine: ElasticsearchEngine, live: LiveIndex, progress: Progress, processes: int) -> None:
    name, done = live.begin()
    aside, noted_at = engine.writing_to(live.building), time.monotonic()
    try:
        with _hands(aside, live.building, processes) as hands:
            for kind, last, count in _sent(hands, done.copy()):
                done[kind.name] = last
                if time.monotonic() - noted_at > NOTE_EVERY_SECONDS:
                    live.note(name, done)
                    noted_at = time.monotonic()
                progress(kind, count)
    except KeyboardInterrupt:
        live.note(name, done)
        raise
    except BrokenExecutor as error:
        raise EngineFault("a process that took part was ended: run it again") from error
    live.switch(name)


class _Hand(Protocol):
    """Somebody who indexes batches, in the order given."""

    pending: deque[Future[None]]

    def take(self, kind_name: str, ids: list[str]) -> Future[None]:
        """Begin with a batch."""


class _Here:
    """This process: the thread whose connection it is reads the database, others send what was read."""

    def __init__(self, pool: Executor, aside: ElasticsearchEngine) -> None:
        self.pending, self._pool, self._aside = deque[Future[None]](), pool, aside

    def take(self, kind_name: str, ids: list[str]) -> Future[None]:
        """Read a batch now; it is sent meanwhile."""
        return self._pool.submit(read(kind_name, ids).write, self._aside)


class _Elsewhere:
    """Other processes, with connections of their own."""

    def __init__(self, pool: Executor, alias: str) -> None:
        self.pending, self._pool, self._alias = deque[Future[None]](), pool, alias

    def take(self, kind_name: str, ids: list[str]) -> Future[None]:
        """Hand a batch over."""
        return self._pool.submit(_index_at, self._alias, kind_name, ids)


def _index_at(alias: str, kind_name: str, ids: list[str]) -> None:
    """Index a batch in the index behind `alias`, in whichever process. Raises EngineFault."""
    engine = chosen.elasticsearch_engine()
    if engine is None:
        raise EngineFault("ELASTICSEARCH_URL names no server.")
    read(kind_name, ids).write(engine.writing_to(alias))


@contextmanager
def _hands(aside: ElasticsearchEngine, alias: str, processes: int) -> Iterator[list[_Hand]]:
    """Who takes part, first those who have it all to themselves."""
    with ExitStack() as stack:
        hands: list[_Hand] = [_Here(stack.enter_context(ThreadPoolExecutor(SENDERS, "rebuild")), aside)]
        if processes > 1:
            # A new interpreter each: a fork would share connections and what threads hold.
            fresh = get_context("spawn")
            pool = ProcessPoolExecutor(processes - 1, mp_context=fresh, initializer=django.setup)
            hands.insert(0, _Elsewhere(stack.enter_context(pool), alias))
        yield hands


def _sent(hands: list[_Hand], done: dict[str, str]) -> Iterator[tuple[Kind, str, int]]:
    """Index what comes after `done`; each kind, the id up to which it is indexed, and how many that were, in order."""
    on_their_way: deque[tuple[Future[None], tuple[Kind, str, int]]] = deque()
    for name, kind in kinds:
        for ids in batches(_after(kind.ids(), done.get(name, ""))):
            hand = _free(hands)
            future = hand.take(name, ids)
            hand.pending.append(future)
            on_their_way.append((future, (kind, ids[-1], len(ids))))
            while on_their_way and (on_their_way[0][0].done() or len(on_their_way) > MOST_ON_THEIR_WAY):
                future, what = on_their_way.popleft()
                future.result()
                yield what
    for future, what in on_their_way:
        future.result()
        yield what


def _free(hands: list[_Hand]) -> _Hand:
    """The first who can take a batch more; waits for this process when all are busy."""
    for hand in hands:
        while hand.pending and hand.pending[0].done():
            hand.pending.popleft()
        if len(hand.pending) <= SENDERS:
            return hand
    hands[-1].pending.popleft().result()
    return hands[-1]


def _after(ids: Iterator[str], last: str) -> Iterator[str]:
    """Those of `ids` that come after `last`; ids are numbers, in their order."""
    return (pk for pk in ids if not last or int(pk) > int(last))


def _for(kind: Kind, progress: Progress) -> Callable[[int], object]:
    return lambda count: progress(kind, count)
