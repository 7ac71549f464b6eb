"""Who may do what in the programme: each check raises PermissionDenied with one sentence."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from rewards.ambassadors.lifecycle import Who
from rewards.ambassadors.models import RUN_PROGRAMME, CrisisNotice, RoomMessage
from rewards.ambassadors.models.desk import enters_room


def _check_account(by: User) -> None:
    if not by.is_active:
        raise PermissionDenied(_("This account is closed. Write to the support team if that is a mistake."))


def check_runs_programme(by: User) -> None:
    """Inviting, deciding, the charter and notices are the brand team's."""
    _check_account(by)
    if not by.has_perm(RUN_PROGRAMME):
        raise PermissionDenied(_("Only the brand team runs the ambassadors’ programme."))


def check_is_ambassador(by: User) -> None:
    """What an ambassador does: for those who hold the role today."""
    _check_account(by)
    if not by.is_ambassador:
        raise PermissionDenied(_("This is for ambassadors. The programme’s page says how to become one."))


def check_enters(by: User) -> None:
    """The desk and the room are open to ambassadors, and to the team that looks after them."""
    _check_account(by)
    if not enters_room(by):
        raise PermissionDenied(_("This is for ambassadors. The programme’s page says how to become one."))


def check_can_step(by: User | None, member: User) -> Who:
    """As whom `by` takes a step of `member`'s: themselves, the team, or time (None)."""
    if by is None:
        return Who.SYSTEM
    _check_account(by)
    if by.pk == member.pk:
        return Who.SELF
    check_runs_programme(by)
    return Who.TEAM


def check_can_join(member: User) -> None:
    """Ambassadors are members with an open account: the team looks after others already."""
    if not member.is_active:
        raise PermissionDenied(_("This account is closed."))
    if member.is_team:
        raise PermissionDenied(_("People of the team cannot be ambassadors: they look after members already."))


def check_can_remove(by: User, message: RoomMessage) -> None:
    """Authors take away what they wrote, whoever runs the programme anything."""
    check_enters(by)
    if message.author_id != by.pk and not by.has_perm(RUN_PROGRAMME):
        raise PermissionDenied(_("Only the person who wrote this, or the brand team, can take it away."))


def check_can_read_notice(by: User, notice: CrisisNotice) -> None:
    """Facts are for ambassadors and the team, before and after the rest is public."""
    check_enters(by)
