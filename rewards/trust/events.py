"""What happens to trust."""

from dataclasses import dataclass

from community.accounts.events import MemberEvent


@dataclass(frozen=True, kw_only=True)
class TrustLevelChanged(MemberEvent):
    """A member may do more, or less, than before."""

    before: int
    after: int
