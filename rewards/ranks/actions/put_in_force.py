"""The brand's ladder: what would change, then putting it in force."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.batching import in_batches
from community.core.errors import Conflict
from community.core.events import publish
from rewards.ranks.events import LadderPutInForce
from rewards.ranks.ladder import Rung, as_data
from rewards.ranks.models import Cause, Ladder, Rank
from rewards.ranks.standing import Move, ladder_in_force, moves, people, today
from rewards.ranks.tasks import recompute_ranks_task

PERMISSION = "ranks.change_rank"
# Read at once; nobody is locked by a dry run.
BATCH = 5000
# How many names the desk reads of each direction.
NAMED = 50


@dataclass
class DryRun:
    """What putting a ladder in force would do; of those who move, the first NAMED of each direction by name."""

    rungs: tuple[Rung, ...]
    former: tuple[Rung, ...]
    raised: int = 0
    lowered: int = 0
    renamed: int = 0
    first: int = 0
    up: list[Move] = field(default_factory=list)
    down: list[Move] = field(default_factory=list)
    members: dict[str, int] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """What tells this ladder from another one, so that what is put in force is what was looked at."""
        return version_of(self.rungs)

    @property
    def is_change(self) -> bool:
        """Whether the brand's ladder is another one than that in force."""
        return self.rungs != self.former


def written() -> tuple[Rung, ...]:
    """The ladder as the brand wrote it. Two queries."""
    return tuple(rank.rung for rank in Rank.objects.prefetch_related("behaviours"))


def version_of(rungs: Sequence[Rung]) -> str:
    """A digest of everything about `rungs`."""
    return hashlib.sha256(json.dumps(as_data(rungs), sort_keys=True).encode()).hexdigest()[:16]


def dry_run(rungs: tuple[Rung, ...]) -> DryRun:
    """Count who would move to which rank of `rungs`. Changes nothing; its time grows with those who have points."""
    ladder, day = ladder_in_force(), today()
    run = DryRun(rungs, ladder.rungs if ladder else ())
    run.members = {rung.slug: 0 for rung in rungs}
    for batch in in_batches(people().iterator(chunk_size=BATCH), BATCH):
        for member in batch:
            if member.rank in run.members and not member.is_team:
                run.members[member.rank] += 1
        for move in moves(batch, rungs, day, run.former):
            _note(run, move)
    return run


def _note(run: DryRun, move: Move) -> None:
    for slug, change in ((move.before, -1), (move.after, 1)):
        if slug in run.members:
            run.members[slug] += change
    if move.direction > 0:
        run.raised += 1
        run.up += [move] if len(run.up) < NAMED else []
    elif move.direction < 0:
        run.lowered += 1
        run.down += [move] if len(run.down) < NAMED else []
    elif move.before:
        run.renamed += 1
    else:
        run.first += 1


def put_in_force(*, by: User, version: str) -> Ladder | None:
    """Have the ladder as the brand wrote it count from now on; members move in the background, told of nothing.

    Returns None when it counts already. Raises PermissionDenied, and Conflict when it is no longer the one called
    `version`, which `by` looked at, or when it has no rank.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied(_("Only the brand team changes the ranks."))
    with transaction.atomic():
        # Whoever edits ranks meanwhile comes after.
        list(Rank.objects.select_for_update().order_by("pk"))
        rungs, ladder = written(), ladder_in_force()
        if version != version_of(rungs):
            raise Conflict(_("Somebody changed the ranks since you looked. Look again at what would change."))
        if not rungs:
            raise Conflict(_("There is no rank yet. Add one first."))
        if ladder is not None and ladder.rungs == rungs:
            return None
        made = Ladder.objects.create(data=as_data(rungs), by=by)
        publish(LadderPutInForce(ladder_id=made.pk, by_id=by.pk))
        recompute_ranks_task.enqueue(0, Cause.LADDER)
    return made
