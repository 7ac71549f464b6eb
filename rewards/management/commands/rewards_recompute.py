"""`manage.py rewards_recompute`: proves that all that is stored of merit is what it rests on, or sets it right.

Reputations and leaderboards rest on the ledger, ranks on it and on the ladder in force.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rewards.boards.counting import count_entries
from rewards.ledger.proofs import proofs
from rewards.ledger.recompute import settle_facts

SHOWN = 50


class Command(BaseCommand):
    """Exit status 1 when `--check` finds a difference."""

    help = "Recompute reputations and leaderboards from the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--check` changes nothing; `--facts` first brings the ledger in step with votes and accepted answers."""
        parser.add_argument("--check", action="store_true", help="name what differs, change nothing")
        parser.add_argument("--facts", action="store_true", help="first pay what the forum's rows say and is not paid")

    def handle(self, *_args: Any, check: bool, facts: bool, **_options: Any) -> None:
        """Print what differs, and whether it was set right."""
        if facts and not check:
            self.stdout.write(f"Entries written for votes and answers: {settle_facts()}")
        if not check:
            count_entries()
        wrong, count = set(), 0
        for _name, proof in proofs:
            found = set()
            for one in proof.differences():
                count += 1
                found.add(one.member_id)
                if count <= SHOWN:
                    said = f"member {one.member_id}, {one.what}: stored {one.stored}, {one.source} {one.right}"
                    self.stdout.write(said)
            if found and not check:
                # Before the next proof, which may rest on this one.
                proof.repair(found)
            wrong |= found
        if count > SHOWN:
            self.stdout.write(f"… and {count - SHOWN} more.")
        if check and count:
            raise CommandError(f"{count} stored numbers of {len(wrong)} members differ from the ledger.")
        self.stdout.write(f"Set right: {len(wrong)} members." if wrong else "Every stored number equals the ledger.")
