"""`python -m tests.bench.search --documents 100000 1000000`: what search costs on communities of these sizes.

Starts PostgreSQL, Redis, one Elasticsearch with a heap of 1 GB, two web workers and a task worker, all gone afterwards.
Questions are invented; with --corpus (lines of JSON with `title` and `body`, gzipped) out of the words of real ones.
Needs 6 GB of memory and 10 GB of disk for a million.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django

from tests.bench.pages.server import ROOT, environment, manage, served
from tests.services import elasticsearch, postgres, redis
from tests.services.processes import Program, Unavailable, scratch_folder
from tools.fetch_elasticsearch import elasticsearch_home

HEAP = "-Xms1g -Xmx1g"


def main() -> int:
    """Start everything, measure, print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[100_000, 1_000_000], help="sizes, in rising order")
    parser.add_argument("--corpus", type=Path, help="take the words of these questions")
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--questions", type=int, default=600, help="how many of each sort")
    parser.add_argument("--accepted", type=int, default=15, help="how many answers to accept")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        try:
            database, cache = stack.enter_context(postgres.provide()), stack.enter_context(redis.provide())
            folder = stack.enter_context(scratch_folder("bench-var", None))
            server, url = stack.enter_context(elasticsearch.prepared(elasticsearch_home(), HEAP))
            server.start()
        except Unavailable as error:
            print(error, file=sys.stderr)
            return 1
        settings = environment(database.value, cache.value, folder) | {"ELASTICSEARCH_URL": url}
        os.environ.update(settings)
        manage(settings, "migrate", "--verbosity", "0")
        manage(settings, "collectstatic", "--noinput", "--verbosity", "0")
        django.setup()
        measuring = importlib.import_module("tests.bench.search.measuring")
        bench = measuring.Bench(arguments, cache.value)
        for size in arguments.documents:
            bench.grow(size)
            with served(settings) as (port, _process), working(settings):
                bench.measure(port)
        return int(bench.report())


@contextmanager
def working(settings: dict[str, str]) -> Iterator[None]:
    """A task worker, as long as the block lasts."""
    with scratch_folder("worker", None) as folder:
        command = [sys.executable, "manage.py", "worker"]
        worker = Program(command, folder, lambda: True, 1, environment=settings, cwd=ROOT)
        try:
            worker.start()
            yield
        finally:
            worker.stop()


if __name__ == "__main__":
    sys.exit(main())
