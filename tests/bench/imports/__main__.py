"""`python -m tests.bench.imports`: times the import of a synthetic dump into PostgreSQL, or kills it again and again.

`--posts 100000` times it; `--kills 20` ends it with SIGKILL at random moments, lets it go on, and compares the result
with that of an import that was left in peace.
"""

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.bench.imports.dump import write_dump
from tests.bench.imports.watching import Measure, measured
from tests.services import postgres, redis

ROOT = Path(__file__).resolve().parents[3]
PICTURE = (
    "import django; django.setup(); from tests.community.topics.imports.picture import everything; "
    "print(everything('synthetic'))"
)


def main() -> None:
    """Write the dump, then time the import or kill it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--posts", type=int, default=100_000, help="questions and answers")
    arguments.add_argument("--comments", type=int, help="comments (half as many as posts)")
    arguments.add_argument("--kills", type=int, default=0, help="kill it that many times instead of timing it")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--keep", type=Path, help="write the dump here, and do nothing else")
    arguments.add_argument("--batch", type=int, default=2000)
    options = arguments.parse_args()
    if options.keep:
        say(write_dump(options.keep, options.posts, comments=options.comments, seed=options.seed))
        return
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as name, services(Path(name)) as environment:
        folder = Path(name) / "synthetic"
        counts = write_dump(folder, options.posts, comments=options.comments, seed=options.seed)
        size = sum(path.stat().st_size for path in folder.iterdir())
        say(f"dump of {size / 1e6:.0f} MB: {counts}")
        manage = [sys.executable, str(ROOT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True, capture_output=True)
        command = [*manage, "import_stackexchange", str(folder), "--batch", str(options.batch)]
        if options.kills:
            kill_again_and_again(command, environment, options.kills, options.seed)
        else:
            time_it(command, environment, options.posts, counts["comments"])


@contextmanager
def services(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a process in the production shape, with PostgreSQL and Redis behind it."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres.provide())
        cache = stack.enter_context(redis.provide())
        yield {
            **os.environ,
            database.variable: database.value,
            cache.variable: cache.value,
            "DJANGO_SETTINGS_MODULE": "deploy.settings.production",
            "SECRET_KEY": "for-the-bench-only",
            "SITE_URL": "https://bench.example.org",
            "ALLOWED_HOSTS": "bench.example.org",
            "EMAIL_URL": "memory:",
            "VAR_DIR": str(folder / "var"),
        }


def time_it(command: list[str], environment: dict[str, str], posts: int, comments: int) -> None:
    """Import twice and print the table; the second run finds everything in place."""
    runs: list[tuple[str, Measure]] = []
    for name in ("first", "second"):
        found = measured(command, environment, ROOT)
        say("\n".join(f"    {line}" for line in found.output.splitlines()))
        runs.append((name, found))
    say("run      seconds  posts/s  with comments/s  CPU ms/post (importer + database)  peak memory")
    for name, run in runs:
        cpu = f"{1000 * run.cpu / posts:.2f} + {1000 * run.database_cpu / posts:.2f}"
        rates = f"{posts / run.seconds:>9,.0f}{(posts + comments) / run.seconds:>17,.0f}"
        say(f"{name:<8}{run.seconds:>8.1f}{rates}{cpu:>35}{run.memory / 1e6:>10.0f} MB")


def kill_again_and_again(command: list[str], environment: dict[str, str], kills: int, seed: int) -> None:
    """Raises SystemExit when an import that was killed gives anything else than one that was not."""
    chance, done, ends = random.Random(seed), 0, 0
    clear(environment)
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    expected = picture(environment)
    while done < kills:
        clear(environment)
        places = []
        while stood := killed(command, environment, chance.uniform(0.0, 0.6)):
            places.append(stood)
        done, ends = done + len(places), ends + 1
        if picture(environment) != expected:
            raise SystemExit(f"Killed at {', '.join(places)}, the import gave something else.")
        say(f"killed at {', '.join(places)}: the same as in peace ({done} of {kills})")
    say(f"{done} kills in {ends} imports: always the same.")


def killed(command: list[str], environment: dict[str, str], seconds: float) -> str:
    """Start the import, kill it `seconds` after its first batch. Returns the last place it reached, "" at its end."""
    before = place(environment)
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors)
        while process.poll() is None and place(environment) == before:
            time.sleep(0.02)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return place(environment)
        if process.returncode:
            errors.seek(0)
            raise SystemExit(f"The import failed: {errors.read()}")
    return ""


def place(environment: dict[str, str]) -> str:
    """The phase and line at which the import stands."""
    with psycopg.connect(environment[postgres.VARIABLE], autocommit=True) as connection:
        row = connection.execute("SELECT phase, line FROM topics_importsource").fetchone()
    return f"{row[0]} {row[1]}" if row else ""


def picture(environment: dict[str, str]) -> str:
    """What the import made, in one number."""
    made = subprocess.run(
        [sys.executable, "-c", PICTURE], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return hashlib.sha256(made.stdout.encode()).hexdigest()


def clear(environment: dict[str, str]) -> None:
    """Empty what an import fills."""
    tables = "accounts_user, topics_importsource, topics_section, topics_tag, core_loggedevent"
    with psycopg.connect(environment[postgres.VARIABLE], autocommit=True) as connection:
        connection.execute(f"TRUNCATE {tables} CASCADE".encode())


def say(text: object) -> None:
    """A line for whoever watches."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
