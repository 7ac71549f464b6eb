"""Making an index anew while the site goes on searching and writing."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from search.documents import Kind, kinds
from search.engines import Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.live import LiveIndex
from search.indexing import batches, read, rebuild

# Told the kind, and how many of its documents are done since it was told last.
Progress = Callable[[Kind, int], object]
# Batches on their way to the server while the next one is read: enough for neither side to wait for the other.
SENDERS = 2
# To write down how far it is costs the server as much as some hundred documents.
NOTE_EVERY_SECONDS = 5.0


def rebuild_index(engine: Engine, progress: Progress) -> None:
    """Index everything anew in `engine`: in place, or aside and then exchanged in one step. Raises EngineFault.

    One that was interrupted goes on where it stopped. What is written meanwhile is not lost: changes go to both
    indexes, and the later reading of a document wins.
    """
    if isinstance(engine, ElasticsearchEngine) and engine.live is not None:
        _rebuild_aside(engine, engine.live, progress)
        return
    for _name, kind in kinds:
        rebuild(kind, engine, _for(kind, progress))
    engine.mend()


def _rebuild_aside(engine: ElasticsearchEngine, live: LiveIndex, progress: Progress) -> None:
    name, done = live.begin()
    aside, noted_at = engine.writing_to(live.building), time.monotonic()
    try:
        for kind, last, count in _sent(aside, done.copy()):
            done[kind.name] = last
            if time.monotonic() - noted_at > NOTE_EVERY_SECONDS:
                live.note(name, done)
                noted_at = time.monotonic()
            progress(kind, count)
    except KeyboardInterrupt:
        live.note(name, done)
        raise
    live.switch(name)


def _sent(aside: ElasticsearchEngine, done: dict[str, str]) -> Iterator[tuple[Kind, str, int]]:
    """Index what comes after `done`; each kind, the id up to which it is indexed, and how many that were, in order."""
    on_their_way: deque[tuple[Future[None], tuple[Kind, str, int]]] = deque()
    with ThreadPoolExecutor(SENDERS, "rebuild") as pool:
        for name, kind in kinds:
            for ids in batches(_after(kind.ids(), done.get(name, ""))):
                # The database is read here, in the thread whose connection it is.
                on_their_way.append((pool.submit(read(name, ids).write, aside), (kind, ids[-1], len(ids))))
                if len(on_their_way) > SENDERS:
                    future, what = on_their_way.popleft()
                    future.result()
                    yield what
        for future, what in on_their_way:
            future.result()
            yield what


def _after(ids: Iterator[str], last: str) -> Iterator[str]:
    """Those of `ids` that come after `last`; ids are numbers, in their order."""
    return (pk for pk in ids if not last or int(pk) > int(last))


def _for(kind: Kind, progress: Progress) -> Callable[[int], object]:
    return lambda count: progress(kind, count)
