"""`python -m tests.bench.tasks --kills 100`: workers ended with SIGKILL again and again; what became of their tasks."""

import argparse
import sys

from tests.bench.tasks.killing import Outcome, kill_workers
from tests.services import postgres
from tests.services.processes import Unavailable


def main() -> int:
    """Kill, count, tell; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--tasks", type=int, default=4000, help="tasks of each of two kinds")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    try:
        with postgres.provide() as database:
            outcome = kill_workers(database.value, arguments.kills, arguments.tasks, arguments.seed)
    except Unavailable as error:
        print(error, file=sys.stderr)
        return 1
    print(outcome.sentence)
    return 0 if outcome == Outcome.perfect(outcome) else 1


if __name__ == "__main__":
    sys.exit(main())
