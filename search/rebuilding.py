"""Making an index anew while the site goes on searching and writing."""

from collections.abc import Callable, Iterator

from search.documents import Kind, kinds
from search.engines import Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.indexing import batches, rebuild, refresh

# Told the kind, and how many of its documents are done since it was told last.
Progress = Callable[[Kind, int], object]


def rebuild_index(engine: Engine, progress: Progress) -> None:
    """Index everything anew in `engine`: in place, or aside and then exchanged in one step. Raises EngineFault.

    One that was interrupted goes on where it stopped. What is written meanwhile is not lost: changes go to both
    indexes, and the later reading of a document wins.
    """
    if isinstance(engine, ElasticsearchEngine) and engine.live is not None:
        _rebuild_aside(engine, progress)
        return
    for _name, kind in kinds:
        rebuild(kind, engine, _for(kind, progress))
    engine.mend()


def _rebuild_aside(engine: ElasticsearchEngine, progress: Progress) -> None:
    live = engine.live
    assert live is not None  # noqa: S101  (the caller looked)
    name, done = live.begin()
    aside = engine.writing_to(live.building)
    for kind_name, kind in kinds:
        for ids in batches(_after(kind.ids(), done.get(kind_name, ""))):
            refresh(kind_name, ids, aside)
            done[kind_name] = ids[-1]
            live.note(name, done)
            progress(kind, len(ids))
    live.switch(name)


def _after(ids: Iterator[str], last: str) -> Iterator[str]:
    """Those of `ids` that come after `last`; ids are numbers, in their order."""
    return (pk for pk in ids if not last or int(pk) > int(last))


def _for(kind: Kind, progress: Progress) -> Callable[[int], object]:
    return lambda count: progress(kind, count)
