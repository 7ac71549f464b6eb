"""What guests agreed to before they had an account, done once they have signed up or in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.accounts.pending import pending_contributions
from community.tickets.actions.ask_in_public import publish_proposal
from community.tickets.models import PublicProposal


@pending_contributions.register("public_question")
def ask_for_the_guest(by: User, data: dict[str, Any]) -> str:
    """Ask in public what the guest agreed to; `ticket` is the key by which they came. Returns the question's address.

    Raises as `publish_proposal` does.
    """
    proposals = PublicProposal.objects.select_related("ticket")
    proposal = proposals.filter(pk=data["proposal"], ticket__key=data["ticket"]).first()
    if proposal is None:
        raise PermissionDenied(_("This is no longer proposed. The request says what happened."))
    return publish_proposal(proposal, by=by, key=data["ticket"]).get_absolute_url()
