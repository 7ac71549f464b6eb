"""Grows the community, and measures the engine and the site at each size."""

import argparse
import gc
import random
import time
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.core.management import call_command
from django.db import connection
from redis import Redis

from community.topics.models import Post, Topic
from search.engines import Filters
from search.engines.chosen import elasticsearch_engine
from tests.bench.search.accepting import accepted_to_suggested
from tests.bench.search.asking import Site, Times, at_rate
from tests.bench.search.limits import forgetting_limits
from tests.bench.search.seeding import Seeder
from tests.bench.search.writing import Words, as_typed, invented_words, questions, words_of_corpus

# A Java server is quick once it has done a thing some hundred times, as one that serves has.
WARM_UP = 600
# What is promised, in milliseconds (documents a second for indexing), and how much slower ten times as many may be.
GOALS = {
    "suggest, in the engine": 40.0,
    "suggest, through the API": 60.0,
    "search with facets, in the engine": 120.0,
    "search with facets, through the API": None,
    "accepted to suggested": 2000.0,
}
LEAST_INDEXED, MOST_GROWTH = 3000.0, 2.0


@dataclass
class Figures:
    """What was measured with so many documents."""

    documents: int
    indexed: float
    times: dict[str, Times]


def read_once() -> None:
    """Have the tables in memory, as on a server that has served for a while: what is measured is no disk."""
    with connection.cursor() as cursor:
        for table in (Topic, Post):
            cursor.execute(f"SELECT count(*), max(length({table._meta.db_table}::text)) FROM {table._meta.db_table}")


class Bench:
    """One community, larger with each measurement."""

    def __init__(self, arguments: argparse.Namespace, cache: str) -> None:
        self.arguments, self.cache = arguments, Redis.from_url(cache)
        self.dice = random.Random(arguments.seed)
        self.words: dict[str, Words] = (
            words_of_corpus(arguments.corpus)
            if arguments.corpus
            else {lang: invented_words(lang, self.dice) for lang in ("fr", "en")}
        )
        self.seeder, self.size, self.found = Seeder(self.dice), 0, list[Figures]()

    def grow(self, size: int) -> None:
        """Have `size` questions, and an index of them made as an operator makes it."""
        started = time.perf_counter()
        self.seeder.add(questions(self.words, size - self.size, self.dice))
        self.size, seeded = size, time.perf_counter() - started
        started = time.perf_counter()
        call_command("search_rebuild", "--engine", "elasticsearch", "--processes", "2", verbosity=0)
        took = time.perf_counter() - started
        print(f"{size} questions written in {seeded:.0f} s, indexed in {took:.0f} s: {size / took:.0f}/s", flush=True)
        self.found.append(Figures(size, size / took, {}))

    def measure(self, port: int) -> None:
        """Ask and accept; the figures are printed as they come."""
        site, rate, count = Site(port), self.arguments.rate, self.arguments.questions
        engine = elasticsearch_engine()
        if engine is None:
            raise LookupError("ELASTICSEARCH_URL names no server.")
        engine.mend()
        read_once()
        # The words and titles that this process holds are not looked through while the engine is measured in it.
        gc.collect()
        gc.freeze()
        asked = {
            "suggest, in the engine": lambda text: engine.suggest(text),
            "suggest, through the API": lambda text: site.get(f"/api/v1/suggest?q={quote_plus(text)}"),
            "search with facets, in the engine": lambda text: engine.search(text, Filters()),
            "search with facets, through the API": lambda text: site.get(f"/api/v1/search?q={quote_plus(text)}"),
        }
        with forgetting_limits(self.cache):
            for name, ask in asked.items():
                at_rate(rate, self.texts(WARM_UP, name), ask)
                self.note(name, at_rate(rate, self.texts(count, name), ask))
            self.note("accepted to suggested", accepted_to_suggested(site, self.dice, self.arguments.accepted))

    def note(self, name: str, times: Times) -> None:
        """Keep and print a figure."""
        self.found[-1].times[name] = times
        print(f"{self.size:>9}  {name:36} {times}", flush=True)

    def texts(self, count: int, name: str) -> list[str]:
        """What people type; on the search page, fewer words."""
        typed = [as_typed(self.dice.choice(self.seeder.titles), self.dice) for _ in range(count)]
        return [" ".join(text.split()[-4:]) for text in typed] if name.startswith("search") else typed

    def report(self) -> bool:
        """Print the table; True when a promise is not kept."""
        missed = False
        print(f"\n{'':36} " + " ".join(f"{one.documents:>10}" for one in self.found) + "   goal")
        rates = [f"{one.indexed:10.0f}" for one in self.found]
        missed |= min(one.indexed for one in self.found) < LEAST_INDEXED
        print(f"{'documents indexed a second':36} {' '.join(rates)}   >= {LEAST_INDEXED:.0f}")
        for name, goal in GOALS.items():
            slow = [one.times[name].slow for one in self.found]
            missed |= goal is not None and max(slow) > goal
            cells = " ".join(f"{value:10.1f}" for value in slow)
            growth = f", growth {slow[-1] / slow[0]:.2f}" if len(slow) > 1 else ""
            missed |= name.startswith("suggest") and slow[-1] / slow[0] > MOST_GROWTH
            print(f"{f'{name}, p95 ms':36} {cells}   {f'<= {goal:.0f}' if goal else ''}{growth}")
        return missed
