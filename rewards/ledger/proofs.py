"""Who proves what is stored of members: the ledger itself, and whoever derives something from it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from community.core.registry import Registry


@dataclass(frozen=True)
class Difference:
    """Something stored of a member that is not what its `source` says."""

    member_id: int
    what: str
    stored: int | str
    right: int | str
    source: str = "ledger"


@dataclass(frozen=True)
class Proof:
    """`differences` names what is wrong, `repair` sets right what is stored of the members given."""

    differences: Callable[[], Iterable[Difference]]
    repair: Callable[[Collection[int]], None]


# Proven, and repaired, in the order of registration: each may rest on those before it.
proofs: Registry[Proof] = Registry("proof")
