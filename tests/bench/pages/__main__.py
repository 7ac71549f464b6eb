"""`python -m tests.bench.pages`: seeds, serves, and prints what each page costs."""

import argparse
import sys
import threading
import time
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from redis import Redis

from tests.bench.pages.cost import Meter, postmaster
from tests.bench.pages.server import counted, environment, seeded, served
from tests.bench.pages.visitor import Page, Visitor
from tests.services import postgres, redis
from tests.services.processes import Unavailable, scratch_folder

PAGES = ("home", "section", "topic_12", "topic_1000_first", "topic_1000_last", "search")
CONCURRENCY = 8
WRITERS, REPLIES = 6, 4
HEAD = f"{'page':34} {'app ms':>7} {'db ms':>7} {'req/s':>7} {'KiB':>6} {'gz':>6} {'SQL':>5} {'status':>6}"


def main() -> int:
    """Measure everything; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=150, help="requests a page")
    for name, default in (("members", "5000"), ("topics", "20000"), ("posts", "100000"), ("seed", "7")):
        parser.add_argument(f"--{name}", default=default)
    arguments = parser.parse_args()
    figures = [f"--{name}={getattr(arguments, name)}" for name in ("members", "topics", "posts", "seed")]
    try:
        with postgres.provide() as database, redis.provide() as cache, scratch_folder("bench-var", None) as folder:
            settings = environment(database.value, cache.value, folder)
            started = time.monotonic()
            paths = seeded(settings, figures)
            print(f"seeded in {time.monotonic() - started:.0f} s: {' '.join(figures)}\n{HEAD}", flush=True)
            with served(settings) as (port, process):
                meter = Meter(process, postmaster(urlsplit(database.value).port or 5432))
                bench = Bench(port, meter, Redis.from_url(cache.value), arguments.requests, counted(settings, paths))
                bench.run(paths)
    except (Unavailable, LookupError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class Bench:
    """Asks for pages and prints a line for each."""

    def __init__(self, port: int, meter: Meter, cache: Redis, requests: int, statements: dict[str, list[int]]) -> None:
        self.port, self.meter, self.cache, self.requests, self.statements = port, meter, cache, requests, statements

    def run(self, paths: dict[str, str]) -> None:
        """Every page as a reader and as a member, then a reply."""
        reader = Visitor(self.port)
        for name in PAGES:
            self.measure(f"{name}, reader", lambda path=paths[name]: reader.get(path), paths[name], {})
        member = Visitor(self.port)
        member.sign_in(paths["email"], paths["password"])
        for name in PAGES:
            self.measure(f"{name}, signed in", lambda path=paths[name]: member.get(path), paths[name], member.cookies)
        self.measure_replies(paths)

    def measure_replies(self, paths: dict[str, str]) -> None:
        """The line of a reply, by several members: each may post only so often."""
        answer = f"/en/t/{paths['topic_12'].split('/t/')[1].split('/')[0]}/answer/"
        writers = [Visitor(self.port) for _ in range(WRITERS)]
        for number, writer in enumerate(writers, start=2):
            writer.sign_in(f"member_{number:05}@example.org", paths["password"])
            writer.post(answer, reply())
        before = self.meter.read()
        pages = [writer.post(answer, reply()) for writer in writers for _ in range(REPLIES)]
        app, base = ((now - then) / len(pages) * 1000 for now, then in zip(self.meter.read(), before, strict=True))
        statuses = sorted({page.status for page in pages})
        print(f"{'post a reply':34} {app:7.2f} {base:7.2f} {'':29}{statuses}", flush=True)

    def measure(
        self,
        name: str,
        fetch: Callable[[], Page],
        path: str,
        cookies: dict[str, str],
    ) -> None:
        """Print the line of one page. Both workers are warmed up before."""
        count = self.requests
        self.forget_limits()
        for _ in range(12):
            page = fetch()
        before = self.meter.read()
        for number in range(count):
            if number % 50 == 0:
                self.forget_limits()
            page = fetch()
        after = self.meter.read()
        app, base = ((now - then) / count * 1000 for now, then in zip(after, before, strict=True))
        # Of searches, two seconds of eight visitors would measure how fast they are refused.
        rate = f"{self.rate(path, cookies):7.0f}" if not name.startswith("search") else f"{'':7}"
        known = self.statements.get(name.partition(",")[0], ["", ""])
        queries = known[1] if "signed in" in name else known[0]
        size = f"{len(page.text.encode()) / 1024:6.1f} {page.sent / 1024:6.1f}"
        print(f"{name:34} {app:7.2f} {base:7.2f} {rate} {size} {queries:>5} {page.status:6}", flush=True)

    def forget_limits(self) -> None:
        """Let one visitor do the work of many: nobody searches 150 times a minute."""
        for key in self.cache.scan_iter("*limit:*"):
            self.cache.delete(key)

    def rate(self, path: str, cookies: dict[str, str], seconds: float = 2.0) -> float:
        """Pages a second at a concurrency of eight."""
        done = [0] * CONCURRENCY
        until = time.monotonic() + seconds

        def ask(place: int) -> None:
            visitor = Visitor(self.port, dict(cookies))
            while time.monotonic() < until:
                visitor.get(path)
                done[place] += 1

        threads = [threading.Thread(target=ask, args=(place,)) for place in range(CONCURRENCY)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(done) / seconds


def reply() -> dict[str, str]:
    """A new answer."""
    return {"body": f"Turn it a quarter, then wait: {uuid.uuid4()}.", "key": uuid.uuid4().hex}


if __name__ == "__main__":
    sys.exit(main())
