"""`manage.py search_rebuild`: make the index what the database says, while the site goes on writing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.documents import kinds
from search.engines.chosen import engine
from search.indexing import compare, rebuild

NAMED = 20


class Command(BaseCommand):
    """Indexes everything again; or with --check counts and names what differs, and changes nothing."""

    help = "Rebuild the search index; --check only says what differs from the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail when something differs")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Rebuild or compare each kind."""
        if check:
            self._check()
            return
        for name, kind in kinds:
            total = sum(1 for _ in kind.ids())
            with tqdm(total=total, desc=f"indexing {name}s", unit=" documents", disable=None) as bar:
                rebuild(kind, engine(), bar.update)
            self.stdout.write(f"{name}: {total} indexed")
        engine().mend()

    def _check(self) -> None:
        differing = 0
        for name, kind in kinds:
            found = compare(kind, engine())
            for how in ("missing", "outdated", "leftover"):
                ids = getattr(found, how)
                differing += len(ids)
                more = " …" if len(ids) > NAMED else ""
                self.stdout.write(f"{name}: {len(ids)} {how}{': ' if ids else ''}{' '.join(ids[:NAMED])}{more}")
        faults = engine().faults()
        self.stdout.write(f"index: {faults} counts of words are wrong")
        if differing or faults:
            raise CommandError("The index is not what the database says: run search_rebuild.")
