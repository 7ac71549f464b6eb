"""`python -m tests.bench.rewards`: votes, leaderboards and the recount, at a million entries of the ledger.

Starts PostgreSQL and Redis, writes `--entries` entries of `--members` members straight into the ledger, has the product
count them, then asks as a browser would, in this process: milliseconds of the whole request, of the processor in this
process, and statements sent. `--seeded` measures again what DATABASE_URL and REDIS_URL hold from an earlier run.
"""

import argparse
import gc
import importlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import django
from django.core.cache import caches
from django.core.management import call_command

from tests.bench.imports.__main__ import services

# So often a page is asked before it is measured.
WARM = 30


def main() -> None:
    """Seed, then measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=1_000_000)
    arguments.add_argument("--members", type=int, default=100_000)
    arguments.add_argument("--requests", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--seeded", action="store_true", help="what the environment names was seeded before")
    options = arguments.parse_args()
    if options.seeded:
        django.setup()
        ask(community_of(random.Random(options.seed)), options.requests)
        return
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as name, services(Path(name)) as environment:
        os.environ.update(environment)
        measure(options.entries, options.members, options.requests, random.Random(options.seed))


def measure(entries: int, members: int, requests: int, dice: random.Random) -> None:
    """Everything, once Django is there."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("bench_seed", members=200, topics=200, posts=2000, seed=7, stdout=StringIO())
    there = community_of(dice)
    say(f"{entries:,} entries of {members:,} members: {timed(lambda: there.seed(entries, members)):.0f} s to write,")
    say(f"    {timed(there.count):.0f} s to count on the leaderboards ({there.scores():,} scores)")
    ask(there, requests)


def community_of(dice: random.Random) -> Any:
    """The community, whose models can be imported only now."""
    return importlib.import_module("tests.bench.rewards.community").Community(dice)


def ask(there: Any, requests: int) -> None:
    """Measure all that is asked of it."""
    there.look_up()
    say(f"machine: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    say("what                                p50 ms   p95 ms   processor p50   statements")
    for label, prepared in there.pages():
        spread(label, prepared, requests, there.statements_of(prepared))
    for label, act in there.passes():
        before = time.process_time()
        say(f"{label:<36}{timed(act):>8.1f} s, {time.process_time() - before:.1f} s of the processor here")
    say(f"machine: load {os.getloadavg()[0]:.1f}")


def spread(label: str, prepared: Callable[[], Callable[[], object]], requests: int, statements: int) -> None:
    """Ask often; print the median and the 95th of a hundred. What `prepared` does before is not measured."""
    # Nobody asks that often: the limits are not what is measured.
    caches["default"].clear()
    for _ in range(WARM):
        prepared()()
    # As a node of the site does when it starts (deploy/asgi.py); this process also wrote a million entries.
    gc.collect()
    gc.freeze()
    wall, processor = [], []
    for _ in range(requests):
        act = prepared()
        before = time.process_time()
        wall.append(1000 * timed(act))
        processor.append(1000 * (time.process_time() - before))
    cuts = quantiles(wall, n=100)
    say(f"{label:<36}{cuts[49]:>6.1f}{cuts[94]:>9.1f}{median(processor):>12.1f}{statements:>12}")


def timed(act: Callable[[], object]) -> float:
    """Seconds that `act` takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def say(line: str) -> None:
    """Print at once, though the output may be a file."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
