"""`manage.py search_eval DIR`: how well the site's own search finds what a judged collection says it should."""

import random
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from search.engines import Document, Engine
from search.engines.database import scratch as database
from search.engines.elasticsearch import scratch as elasticsearch
from search.evaluation import SEED, Collection, JudgedQuery, Measures, interval, mean, measure, percentile
from search.meaning.chosen import load

ENGINES = ("database", "elasticsearch")
DEPTH, BATCH = 50, 500


class Command(BaseCommand):
    """Indexes the collection away from the site's own index, asks every query as the ask form does, prints measures."""

    help = "Measure the search over a folder in the format of the search benchmark."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A folder, an engine, and where to write the run."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--engine", choices=ENGINES, default="database")
        parser.add_argument(
            "--meaning",
            metavar="ENCODER",
            default=settings.SEARCH_MEANING,
            help="search by meaning too, with this encoder (Elasticsearch only; as the setting MEANING)",
        )
        parser.add_argument("--run", type=Path, metavar="FILE", help="write the run: query, document, rank, score")
        parser.add_argument("--every", type=int, default=1, metavar="N", help="ask only every Nth query")
        parser.add_argument(
            "--warm",
            type=int,
            default=2_000,
            metavar="N",
            help="ask for N titles of the collection first and do not time it: a server that has just started "
            "compiles what it runs, and takes twice as long meanwhile",
        )

    def handle(self, *args: Any, folder: Path, run: Path | None, every: int, **options: Any) -> None:
        """Index, ask, measure."""
        collection = Collection(folder)
        try:
            queries = collection.queries()[::every]
        except OSError as error:
            raise CommandError(f"{folder} holds no search benchmark: {error.strerror}: {error.filename}") from error
        with _opened(options["engine"], options["meaning"]) as found:
            self._index(found, collection)
            self._warm(found, collection, options["warm"])
            rankings, seconds = self._ask(found, queries)
        if run:
            run.write_text("".join(_run_lines(rankings)), encoding="utf-8")
        self._print(queries, rankings, seconds)

    def _index(self, engine: Engine, collection: Collection) -> None:
        started, read_at, count = perf_counter(), timezone.now(), 0
        documents = tqdm(collection.documents(), desc="indexing", unit=" documents", disable=None)
        entries = (
            Document(kind="topic", object_id=row["id"], title=row["title"], body=row["body"], activity_at=read_at)
            for row in documents
        )
        while batch := list(islice(entries, BATCH)):
            engine.index(batch, read_at)
            count += len(batch)
        engine.mend()
        took = perf_counter() - started
        self.stdout.write(f"{count} documents indexed in {took:.1f} s ({count / took:.0f} a second)")

    def _warm(self, engine: Engine, collection: Collection, count: int) -> None:
        titles = [row["title"] for row in collection.documents()]
        chosen = random.Random(SEED).sample(titles, min(count, len(titles)))  # noqa: S311  not a secret
        for title in tqdm(chosen, desc="warming", unit=" titles", disable=None):
            engine.suggest(title, limit=DEPTH)

    def _ask(
        self, engine: Engine, queries: Iterable[JudgedQuery]
    ) -> tuple[dict[str, list[tuple[str, float]]], list[float]]:
        rankings, seconds = {}, []
        for query in tqdm(queries, desc="asking", unit=" queries", disable=None):
            started = perf_counter()
            hits = engine.suggest(query.text, limit=DEPTH)
            seconds.append(perf_counter() - started)
            rankings[query.id] = [(hit.object_id, hit.score) for hit in hits]
        return rankings, seconds

    def _print(
        self, queries: list[JudgedQuery], rankings: dict[str, list[tuple[str, float]]], seconds: list[float]
    ) -> None:
        tasks: dict[str, list[tuple[JudgedQuery, Measures]]] = defaultdict(list)
        for query in queries:
            tasks[query.task].append((query, measure([name for name, _ in rankings[query.id]], query.relevant)))
        self.stdout.write(f"{'task':<12}{'queries':>8}{'recall@5':>22}{'MRR@10':>22}{'success@5':>22}")
        for task, rows in sorted(tasks.items()):
            low, high = interval(rows)
            cells = zip(mean([row for _, row in rows]), low, high, strict=True)
            shown = "".join(f"{f'{100 * v:.1f} [{100 * a:.1f}, {100 * b:.1f}]':>22}" for v, a, b in cells)
            self.stdout.write(f"{task:<12}{len(rows):>8}{shown}")
        middle, slow = (1000 * percentile(seconds, share) for share in (0.5, 0.95))
        empty = sum(not ranking for ranking in rankings.values())
        self.stdout.write(f"latency p50={middle:.1f} ms p95={slow:.1f} ms; {empty} queries without a suggestion")
        overall = mean([mean([row for _, row in rows]) for rows in tasks.values()])
        recall, rank, success = (f"{100 * value:.1f}" for value in overall)
        self.stdout.write(f"overall recall@5={recall} MRR@10={rank} success@5={success}")


def _opened(engine: str, meaning: str) -> AbstractContextManager[Engine]:
    """An empty engine of this name, gone afterwards."""
    if engine == "database":
        return database.scratch_engine()
    if not settings.ELASTICSEARCH_URL:
        raise CommandError("ELASTICSEARCH_URL names no server.")
    return elasticsearch.scratch_engine(settings.ELASTICSEARCH_URL, load(meaning) if meaning else None)


def _run_lines(rankings: dict[str, list[tuple[str, float]]]) -> Iterable[str]:
    for query, ranking in rankings.items():
        for rank, (document, score) in enumerate(ranking, 1):
            yield f"{query} {document} {rank} {score:.6f}\n"
