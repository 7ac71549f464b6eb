"""`python -m tests.bench.imports --posts 100000`: times the import of a synthetic dump into PostgreSQL."""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.imports.dump import write_dump
from tests.services import postgres

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    """Write the dump, import it twice, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--posts", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--keep", type=Path, help="write the dump here and only that")
    arguments.add_argument("extra", nargs="*", help="further options of import_stackexchange")
    options = arguments.parse_args()
    if options.keep:
        say(write_dump(options.keep, options.posts, seed=options.seed))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="entraide-bench-")))
        counts = write_dump(folder / "synthetic", options.posts, seed=options.seed)
        size = sum(path.stat().st_size for path in (folder / "synthetic").iterdir())
        say(f"dump of {size / 1e6:.0f} MB: {counts}")
        database = stack.enter_context(postgres.provide())
        environment = {
            **os.environ,
            database.variable: database.value,
            "DJANGO_SETTINGS_MODULE": "deploy.settings.demo",
            "VAR_DIR": str(folder / "var"),
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True, capture_output=True)
        command = [*manage, "import_stackexchange", str(folder / "synthetic"), *options.extra]
        say("run      seconds  posts/s  with comments/s  peak memory")
        for name in ("first", "second"):
            seconds, memory = timed(command, environment)
            posts = options.posts / seconds
            every = (options.posts + counts["comments"]) / seconds
            say(f"{name:<8}{seconds:>8.1f}{posts:>9,.0f}{every:>17,.0f}{memory / 1e6:>10.0f} MB")


def say(text: object) -> None:
    """A line for whoever watches."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """How long the command takes from start to end, and the most memory it and its children hold at once (bytes)."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    peak = [0]
    watcher = threading.Thread(target=watch, args=(process, peak), daemon=True)
    watcher.start()
    output, _ = process.communicate()
    seconds = time.monotonic() - began
    watcher.join()
    if process.returncode:
        raise SystemExit(f"import_stackexchange failed with {process.returncode}")
    say("\n".join(f"    {line}" for line in output.splitlines()))
    return seconds, peak[0]


def watch(process: subprocess.Popen[str], peak: list[int]) -> None:
    """Note the most memory that the process and its children hold: shared pages count once (PSS)."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(memory_of(pid) for pid in family_of(process.pid)))
        time.sleep(0.5)


def family_of(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for task in found:
        try:
            children = Path(f"/proc/{task}/task/{task}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in children.split()]
    return found


def memory_of(pid: int) -> int:
    """Proportional set size in bytes, 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
