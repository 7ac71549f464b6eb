"""Turn the texts of a dump into what is stored, in processes of their own when there is much to turn."""

import multiprocessing
import re
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import NamedTuple, TypeVar

from community.core.markdown import MAX_LENGTH, render_markdown
from community.topics.imports.dump import DumpError
from community.topics.imports.html_to_markdown import parse, tree_to_markdown
from community.topics.imports.post_html import post_html

# Without any of these a text is one plain paragraph, whatever the rules of Markdown, of linking and of French spaces.
_MAY_BE_MARKUP = re.compile(r"[^\w ,;?!()'\"“”‘’…–—%.-]|\.\w|^[-\d]|  | [?!;%]|_|www", re.IGNORECASE)

B = TypeVar("B")


class Converted(NamedTuple):
    """A text as it is stored: the source that people edit, and the HTML that they read."""

    markdown: str
    html: str


def convert_post(source: str) -> Converted:
    """The stored text of a post whose HTML is `source`."""
    root = parse(source)
    markdown = tree_to_markdown(root, source)
    return Converted(markdown, post_html(root, markdown))


def convert_comment(source: str) -> Converted:
    """The stored text of a comment, which is Markdown already."""
    text = source.strip()
    if text and _MAY_BE_MARKUP.search(text) is None:
        return Converted(text, f"<p>{text}</p>\n")
    return Converted(text, str(render_markdown(text[:MAX_LENGTH], trusted=False)))


Convert = Callable[[str], Converted]


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process that converts one batch at a time; it ends when this process does, however that ends."""

    process: multiprocessing.process.BaseProcess
    connection: Connection


@contextmanager
def workers(count: int) -> Iterator[list[_Worker]]:
    """`count` processes that convert, stopped at the end of the block."""
    # Started afresh: a fork would share the database connection.
    fresh = multiprocessing.get_context("spawn")
    started: list[_Worker] = []
    try:
        for _ in range(count):
            ours, theirs = fresh.Pipe()
            process = fresh.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            started.append(_Worker(process, ours))
        yield started
    finally:
        for worker in started:
            worker.connection.close()
            worker.process.terminate()
            worker.process.join()


def converted(
    batches: Iterable[B], *, texts: Callable[[B], Sequence[str]], convert: Convert, pool: list[_Worker]
) -> Iterator[tuple[B, list[Converted]]]:
    """Each batch with its converted texts, in order; while the caller stores one, the next are being converted.

    A DumpError of `batches` is raised after what was read before it.
    """
    waiting: deque[tuple[B, _Worker]] = deque()
    idle, damage = deque(pool), None
    try:
        for batch in batches:
            if not pool:
                yield batch, [convert(text) for text in texts(batch)]
                continue
            if not idle:
                first, worker = waiting.popleft()
                result = _receive(worker, texts(first), convert)
                idle.append(worker)
                _send(idle[0], convert, texts(batch))
                waiting.append((batch, idle.popleft()))
                yield first, result
            else:
                _send(idle[0], convert, texts(batch))
                waiting.append((batch, idle.popleft()))
    except DumpError as error:
        damage = error
    while waiting:
        first, worker = waiting.popleft()
        yield first, _receive(worker, texts(first), convert)
    if damage is not None:
        raise damage


def _send(worker: _Worker, convert: Convert, texts: Sequence[str]) -> None:
    try:
        worker.connection.send((convert, list(texts)))
    except OSError:
        return


def _receive(worker: _Worker, texts: Sequence[str], convert: Convert) -> list[Converted]:
    """The answer of a worker; when it was killed (for its memory, say) its work is done here."""
    try:
        answer: list[Converted] = worker.connection.recv()
    except (EOFError, OSError):
        return [convert(text) for text in texts]
    return answer


def _serve(connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            convert, texts = connection.recv()
        except EOFError:
            return
        connection.send([convert(text) for text in texts])
