"""What the API does when things happen."""

from community.accounts.events import MemberErased
from community.api.models import ApiToken
from community.core.events import receives


@receives(MemberErased)
def forget_their_keys(event: MemberErased) -> None:
    """No program speaks any more for somebody who left for good."""
    ApiToken.objects.filter(user=event.member_id).delete()
