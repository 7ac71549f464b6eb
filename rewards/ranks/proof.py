"""Proves that everybody stands where the ladder in force says."""

from collections.abc import Collection, Iterator

from community.core.batching import in_batches
from rewards.ledger.proofs import Difference, Proof, proofs

# Ranks rest on the ledger, whose proof this import puts before ours.
from rewards.ledger.recompute import at_one_moment
from rewards.ranks.models import Cause
from rewards.ranks.moving import recompute
from rewards.ranks.standing import ladder_in_force, moves, people, today

BATCH = 1000


def differences() -> Iterator[Difference]:
    """Every rank that is not what the ladder says. Whoever has none yet gets it by the day's pass: no difference."""
    with at_one_moment():
        ladder, day = ladder_in_force(), today()
        rungs = ladder.rungs if ladder else ()
        for batch in in_batches(people().exclude(rank="").iterator(chunk_size=BATCH), BATCH):
            for move in moves(batch, rungs, day):
                yield Difference(move.member.pk, "rank", move.before, move.after or "none", "ladder")


def repair(member_ids: Collection[int]) -> None:
    """Set these members' ranks to what the ladder says."""
    recompute(member_ids, cause=Cause.RECOUNT)


proofs.add("ranks", Proof(differences, repair))
