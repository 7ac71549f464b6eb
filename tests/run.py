"""Runs the suites one after another, each with the service it needs; the last line is the total.

python -m tests.run [core|slow|postgres|redis|elasticsearch|browser|pictures ...] [-- pytest arguments]
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

from tests.services import chromium, elasticsearch, postgres, redis
from tests.services.processes import Provided, Unavailable

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5
NO_SERVICE = "not postgres and not redis and not elasticsearch and not browser and not pictures"
# What a suite is not about must not leak into it from the shell. Where the last one is set, as in many containers,
# every process of every suite compiles some 3,500 modules again.
VARIABLES = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "CHROMIUM", "PYTHONDONTWRITEBYTECODE")
TWO_AT_ONCE = ("-n", "2")
ON_A_DATABASE = (*TWO_AT_ONCE, "--database-only")

Provider = Callable[[], AbstractContextManager[Provided | None]]


@dataclass(frozen=True)
class Suite:
    """A selection of tests, the service they need, and how they are run."""

    name: str
    marks: str
    provide: Provider
    arguments: tuple[str, ...] = ()
    is_default: bool = True


@dataclass
class Outcome:
    """What came of one suite."""

    suite: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    origin: str = ""
    broken: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The suite's line in the summary."""
        counts = f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        note = "; ".join(self.broken) or self.origin
        return f"  {self.suite:<14} {counts:<38} {self.seconds:6.1f} s   {note}"


SUITES = (
    # What one runs after every change: under 90 seconds. What takes long by nature is the next one's.
    Suite("core", f"{NO_SERVICE} and not slow", lambda: nullcontext(None), TWO_AT_ONCE),
    Suite("slow", f"{NO_SERVICE} and slow", lambda: nullcontext(None), TWO_AT_ONCE),
    # The database-touching part of the core once more, on the production database, with what is written in bulk.
    Suite("postgres", f"postgres or bulk or ({NO_SERVICE} and not slow)", postgres.provide, ON_A_DATABASE),
    Suite("redis", "redis", redis.provide),
    Suite("elasticsearch", "elasticsearch", elasticsearch.provide),
    Suite("browser", "browser and not pictures", chromium.provide, TWO_AT_ONCE),
    # For people to look at, not to judge: only when asked for by name.
    Suite("pictures", "pictures", chromium.provide, TWO_AT_ONCE, is_default=False),
)


def main() -> int:
    """Run the suites named on the command line, or all; return 0 when nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", nargs="*", metavar="suite", help=", ".join(suite.name for suite in SUITES))
    ours, theirs = split_arguments(sys.argv[1:])
    chosen = parser.parse_args(ours).suites
    if unknown := set(chosen) - {suite.name for suite in SUITES}:
        parser.error(f"no suite is called {', '.join(sorted(unknown))}")
    # A stop from outside unwinds like Ctrl-C, so that no server is left behind.
    signal.signal(signal.SIGTERM, interrupt)
    outcomes = [run(suite, theirs) for suite in SUITES if suite.name in chosen or (not chosen and suite.is_default)]
    return report(outcomes)


def interrupt(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an orderly end."""
    raise KeyboardInterrupt


def split_arguments(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Ours before `--`, pytest's after it."""
    if "--" not in arguments:
        return arguments, []
    cut = arguments.index("--")
    return arguments[:cut], arguments[cut + 1 :]


def run(suite: Suite, extra: list[str]) -> Outcome:
    """Provide what `suite` needs and run it; a missing service is skipped, or broken when it is required."""
    required = os.environ.get("REQUIRE_SERVICES") == "1"
    print(f"\n== {suite.name}", flush=True)
    try:
        with suite.provide() as provided:
            return run_pytest(suite, provided, extra)
    except Unavailable as error:
        outcome = Outcome(suite.name)
        if required:
            outcome.failed, outcome.broken = 1, [str(error)]
        else:
            outcome.origin = f"skipped, {error}"
        return outcome


def run_pytest(suite: Suite, provided: Provided | None, extra: list[str]) -> Outcome:
    """Run the tests of `suite` in a pytest of their own and count them."""
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    environment["DJANGO_SETTINGS_MODULE"] = "deploy.settings.test"
    if provided is not None:
        environment[provided.variable] = provided.value
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="entraide-tests-") as folder:
        results = Path(folder) / "results.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-m", suite.marks, f"--junit-xml={results}"]
        done = subprocess.run([*command, *suite.arguments, *extra], cwd=ROOT, env=environment, check=False)
        outcome = counted(suite.name, results)
    outcome.seconds = time.monotonic() - start
    outcome.origin = provided.origin if provided else "embedded default"
    if done.returncode not in {0, NO_TESTS} and not outcome.failed:
        outcome.failed, outcome.broken = 1, [f"pytest ended with {done.returncode}"]
    return outcome


def counted(name: str, results: Path) -> Outcome:
    """Read how many tests passed, failed and were skipped."""
    outcome = Outcome(name)
    if not results.exists():
        return outcome
    for suite in ElementTree.parse(results).iter("testsuite"):  # noqa: S314
        total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        outcome.passed += total - failed - skipped
        outcome.failed += failed
        outcome.skipped += skipped
    return outcome


def report(outcomes: list[Outcome]) -> int:
    """Print a line per suite and the total; return the exit code."""
    print("\nSuites:")
    for outcome in outcomes:
        print(outcome.line)
    passed, failed, skipped = (sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped"))
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("stopped")
