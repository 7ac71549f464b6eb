"""Read a file of the dump in batches of rows, in a process of its own when there is much to read."""

import multiprocessing
from collections.abc import Callable, Iterator
from itertools import dropwhile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.utils import translation

from community.topics.imports.dump import DumpError, Position

Read = Callable[[Path, Position | None], Iterator[Any]]
Batch = list[Any]
MOST_CHARS = 4_000_000
_END, _GO_ON_YOURSELF = "end", "go on yourself"


def read_batches(read: Read, folder: Path, start: Position | None, size: int) -> Iterator[Batch]:
    """The rows behind the one at `start` (from the first, when None), at most `size` in a batch, fewer when long.

    Raises DumpError after the rows in front of the damage.
    """
    batch: Batch = []
    chars = 0
    rows = read(folder, start)
    if start is not None:
        rows = dropwhile(lambda row: row.at == start, rows)
    try:
        for row in rows:
            batch.append(row)
            chars += len(getattr(row, "body_html", "")) + len(getattr(row, "about_html", ""))
            if len(batch) >= size or chars >= MOST_CHARS:
                yield batch
                batch, chars = [], 0
    except DumpError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def read_batches_elsewhere(read: Read, folder: Path, start: Position | None, size: int) -> Iterator[Batch]:
    """As `read_batches`, by another process that reads ahead by one batch; it ends when this one does."""
    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe(duplex=False)
    process = fresh.Process(target=_serve, args=(theirs, read, folder, start, size), daemon=True)
    process.start()
    theirs.close()
    last = start
    try:
        while (batch := _receive(ours)) not in (_END, _GO_ON_YOURSELF):
            yield batch
            last = batch[-1].at
    finally:
        ours.close()
        process.terminate()
        process.join()
    if batch == _GO_ON_YOURSELF:
        # Damage, or the process was killed: what is wrong is said here, in the language of whoever asked.
        yield from read_batches(read, folder, last, size)


def _receive(connection: Connection) -> Any:
    try:
        return connection.recv()
    except (EOFError, OSError):
        return _GO_ON_YOURSELF


def _serve(connection: Connection, read: Read, folder: Path, start: Position | None, size: int) -> None:
    translation.deactivate_all()
    try:
        for batch in read_batches(read, folder, start, size):
            connection.send(batch)
        connection.send(_END)
    except DumpError:
        connection.send(_GO_ON_YOURSELF)
    except (BrokenPipeError, KeyboardInterrupt):
        return
