"""Who may give badges by hand."""

from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.errors import PermissionDenied

GIVE = "badges.give_badge"


def check_can_give(by: User) -> None:
    """Raise PermissionDenied unless `by` gives badges by hand, and takes them back."""
    if not by.has_perm(GIVE):
        raise PermissionDenied(_("Only the brand team gives badges."))
