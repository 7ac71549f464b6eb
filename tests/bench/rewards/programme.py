"""`python -m tests.bench.rewards.programme`: the ambassadors' desk and the programme's figures in a large community.

Starts PostgreSQL and Redis, writes an invented community of `--posts` posts and a programme in it, then asks as a
browser would, in this process and on the day when that community ends. Prints what `tests.bench.rewards` prints.
"""

import argparse
import importlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from tests.bench.imports.__main__ import services
from tests.bench.rewards.__main__ import ask, say, timed


def main() -> None:
    """Seed, then measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--members", type=int, default=100_000)
    arguments.add_argument("--topics", type=int, default=200_000)
    arguments.add_argument("--posts", type=int, default=1_000_000)
    arguments.add_argument("--ambassadors", type=int, default=60)
    arguments.add_argument("--requests", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=7)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as name, services(Path(name)) as environment:
        os.environ.update(environment, LOG_LEVEL="WARNING")
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("setup_site", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        there = programme_of(options.seed)
        took = timed(lambda: there.seed(options.members, options.topics, options.posts, options.ambassadors))
        say(f"{there.told()}: {took:.0f} s to write")
        with there.its_last_day():
            ask(there, options.requests)


def programme_of(seed: int) -> Any:
    """The programme, whose models can be imported only now."""
    return importlib.import_module("tests.bench.rewards.ambassadors").Programme(seed)


if __name__ == "__main__":
    sys.exit(main())
