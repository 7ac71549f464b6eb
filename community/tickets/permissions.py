"""Who may do what with tickets: each check raises PermissionDenied with one sentence.

A guest is nobody's account: `by` is None, and the key of the ticket, which the caller found it by, is the permission.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.tickets.agents import is_agent
from community.tickets.models import CloseReason, Ticket
from community.topics.models import Topic
from community.topics.permissions import check_can_see, check_can_take_part


def check_can_open(by: User | None) -> None:
    """Anyone writes to support: guests, and members whose account is open."""
    if by is not None:
        check_can_take_part(by)


def check_is_customer(by: User | None, ticket: Ticket) -> None:
    """The customer is the member who asked; without an account, whoever holds the key."""
    if by is not None:
        check_can_take_part(by)
    if ticket.requester_id != (by.pk if by else None):
        raise PermissionDenied(_("This request is somebody else’s."))


def check_can_write(by: User | None, ticket: Ticket) -> None:
    """The customer writes as often as needed, and so reopens; what was closed as spam stays closed."""
    check_is_customer(by, ticket)
    if not ticket.is_confirmed:
        raise PermissionDenied(_("Confirm your address first, by the link that we sent you."))
    if ticket.is_closed and ticket.close_reason == CloseReason.SPAM:
        raise PermissionDenied(_("This request is closed. If that is a mistake, write a new one."))


def check_is_agent(by: User) -> None:
    """The inbox is for those who answer tickets."""
    if not is_agent(by):
        raise PermissionDenied(_("Only the support team can do this."))


def check_can_work_on(by: User | None, ticket: Ticket) -> None:
    """Agents work on confirmed tickets; without `by`, a desk outside the inbox that the caller has verified."""
    if by is not None:
        check_is_agent(by)
    if not ticket.is_confirmed:
        raise PermissionDenied(_("The customer has yet to confirm this request."))


def check_can_close(by: User | None, ticket: Ticket, reason: str) -> None:
    """The customer says that it is solved; agents close for any reason."""
    if by is not None and is_agent(by):
        check_can_work_on(by, ticket)
        return
    check_is_customer(by, ticket)
    if reason != CloseReason.SOLVED:
        raise PermissionDenied(_("Only the support team closes a request for this reason."))


def check_can_decide(by: User | None, ticket: Ticket) -> None:
    """What is proposed to the customer is theirs to accept or decline, as long as the ticket is open."""
    check_can_write(by, ticket)
    if ticket.is_closed:
        raise PermissionDenied(_("This request is closed. Write to it first, then decide."))


def check_can_take_to_support(by: User, topic: Topic) -> None:
    """Whoever asked a question takes it to support; it may be solved or closed by now."""
    check_can_take_part(by)
    check_can_see(by, topic)
    if topic.author_id != by.pk:
        raise PermissionDenied(_("Only the person who asked can take this question to support."))


def check_can_offer(by: User, topic: Topic) -> None:
    """Agents offer support to the asker of any question but their own."""
    check_is_agent(by)
    check_can_see(by, topic)
    if topic.author_id == by.pk:
        raise PermissionDenied(_("This question is your own."))
