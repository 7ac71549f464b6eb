"""`manage.py search_rebuild`: makes every search index anew; with --check only says what differs from the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.documents import Kind, kinds
from search.engines import Engine, EngineFault
from search.engines.chosen import engines
from search.indexing import compare
from search.rebuilding import rebuild_index

NAMED = 20


class Command(BaseCommand):
    """Indexes everything again; or with --check counts and names what differs, and changes nothing."""

    help = "Rebuild the search indexes; --check only says what differs from the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check, which engine, and how many processes."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail when something differs")
        parser.add_argument(
            "--processes", type=int, default=1, metavar="N", help="so many prepare documents for Elasticsearch (1)"
        )
        parser.add_argument("--engine", choices=["database", "elasticsearch"], help="only this one")

    def handle(self, *args: Any, check: bool, engine: str | None, processes: int, **options: Any) -> None:
        """Rebuild or compare each engine."""
        chosen = [one for one in engines() if engine in (None, one.name)]
        if not chosen:
            raise CommandError(f"This installation has no {engine}: ELASTICSEARCH_URL names no server.")
        try:
            if check:
                self._check(chosen)
            else:
                for one in chosen:
                    self._rebuild(one, processes)
        except EngineFault as fault:
            raise CommandError(f"The engine does not do it: {fault}") from fault

    def _rebuild(self, engine: Engine, processes: int) -> None:
        total = sum(1 for _name, kind in kinds for _ in kind.ids())
        done: dict[str, int] = {name: 0 for name, _kind in kinds}
        with tqdm(total=total, desc=engine.name, unit=" documents", disable=None) as bar:

            def progress(kind: Kind, count: int) -> None:
                done[kind.name] += count
                bar.update(count)

            rebuild_index(engine, progress, processes)
        for name, count in done.items():
            self.stdout.write(f"{engine.name}, {name}: {count} indexed")

    def _check(self, chosen: list[Engine]) -> None:
        differing = sum(self._differences(one) for one in chosen)
        if differing:
            raise CommandError("An index is not what the database says: run search_rebuild.")

    def _differences(self, engine: Engine) -> int:
        differing = 0
        for name, kind in kinds:
            found = compare(kind, engine)
            for how in ("missing", "outdated", "leftover"):
                ids = getattr(found, how)
                differing += len(ids)
                more = " …" if len(ids) > NAMED else ""
                said = f"{len(ids)} {how}{': ' if ids else ''}{' '.join(ids[:NAMED])}{more}"
                self.stdout.write(f"{engine.name}, {name}: {said}")
        faults = engine.faults()
        self.stdout.write(f"{engine.name}: {faults} of its own records are wrong")
        return differing + faults
