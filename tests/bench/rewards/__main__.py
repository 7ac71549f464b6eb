"""`python -m tests.bench.rewards`: votes, leaderboards and the recount, at a million entries of the ledger.

Starts PostgreSQL and Redis, writes `--entries` entries of `--members` members straight into the ledger, has the product
count them, then asks as a browser would, in this process: milliseconds of the whole request.
"""

import argparse
import importlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from statistics import quantiles

import django
from django.core.management import call_command

from tests.bench.imports.__main__ import services


def main() -> None:
    """Seed, then measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=1_000_000)
    arguments.add_argument("--members", type=int, default=100_000)
    arguments.add_argument("--requests", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=7)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as name, services(Path(name)) as environment:
        os.environ.update(environment)
        measure(options.entries, options.members, options.requests, random.Random(options.seed))


def measure(entries: int, members: int, requests: int, dice: random.Random) -> None:
    """Everything, once Django is there."""
    django.setup()
    community = importlib.import_module("tests.bench.rewards.community")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("bench_seed", members=200, topics=200, posts=2000, seed=7, stdout=StringIO())
    there = community.Community(dice)
    say(f"{entries:,} entries of {members:,} members: {timed(lambda: there.seed(entries, members)):.0f} s to write,")
    say(f"    {timed(there.count):.0f} s to count on the leaderboards ({there.scores():,} scores)")
    say("what                                p50 ms   p95 ms")
    for label, prepared in there.pages():
        spread(label, prepared, requests)
    say(f"rewards_recompute --check {timed(there.check):>17.1f} s")


def spread(label: str, prepared: Callable[[], Callable[[], object]], requests: int) -> None:
    """Ask often; print the median and the 95th of a hundred. What `prepared` does before is not measured."""
    for _ in range(10):
        prepared()()
    cuts = quantiles([1000 * timed(prepared()) for _ in range(requests)], n=100)
    say(f"{label:<36}{cuts[49]:>6.1f}{cuts[94]:>9.1f}")


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
