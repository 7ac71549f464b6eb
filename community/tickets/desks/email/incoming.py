"""What becomes of a mail that came back: a message of the customer or of the desk, or a refusal that says why."""

import logging
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.core import ratelimits
from community.core.errors import TooFast
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.conf import desk_senders
from community.tickets.customer_mail import customer_address
from community.tickets.desks.email.parsing import ParsedMail, Refused, parse
from community.tickets.files import MAX_FILES, MAX_TOGETHER, Judged, clean_name, judge
from community.tickets.models import Channel, Ticket, TicketMessage, support_settings
from community.tickets.quotes import new_words
from community.tickets.reply_addresses import CUSTOMER, BadAddress, side_of, ticket_id_in
from community.tickets.threads import loop_mark
from community.topics.writing import BODY_MAX

logger = logging.getLogger(__name__)

# More in an hour than anybody writes: two programs that answer each other.
PER_TICKET = (ratelimits.Limit("ticket_mail_hour", 30, 3600),)


@dataclass(frozen=True)
class Verdict:
    """What the other mail server is told (RFC 3463 codes), and the message that the mail became, if any."""

    reply: str
    message: TicketMessage | None = None


def check_recipient(address: str) -> tuple[Ticket, str]:
    """The ticket and the side that `address` was given out for. Raises BadAddress."""
    domain = support_settings().reply_domain
    tickets = Ticket.objects.select_related("requester", "section")
    ticket = tickets.filter(pk=ticket_id_in(address, domain)).first()
    if ticket is None:
        raise BadAddress("This address does not exist.")
    return ticket, side_of(address, ticket, domain, timezone.now())


def receive(raw: bytes, *, sender: str, recipient: str) -> Verdict:
    """Take one mail for one recipient in; accepted only once it is committed.

    Never raises for what the mail holds: what cannot be taken is refused, and the sender's own server gives it back to
    them; when our side is at fault the other server is asked to try again.
    """
    with override("en"):
        try:
            ticket, side = check_recipient(recipient)
            return _post(ticket, side, parse(raw, sender))
        except BadAddress as error:
            return Verdict(f"550 5.1.1 {error}")
        except Refused as error:
            return Verdict(f"554 5.6.0 {error}")
        except PermissionDenied as error:
            return Verdict(f"550 5.7.1 {plain(error)}")
        except ValidationError as error:
            return Verdict(f"554 5.6.0 {plain(' '.join(error.messages))}")
        except TooFast:
            return Verdict("451 4.7.1 Too many mails in this conversation. Try again later.")
        except (OperationalError, InterfaceError) as error:
            logger.warning("A mail could not be stored: %s", type(error).__name__)
            return Verdict("451 4.3.0 The mail could not be stored. Try again later.")


def _post(ticket: Ticket, side: str, mail: ParsedMail) -> Verdict:
    if mail.is_automatic or loop_mark() in mail.loop_marks:
        # A refusal would make the other server write a bounce, and so on.
        return Verdict("250 2.0.0 Accepted, and left out: it was written by a program.")
    if known := TicketMessage.objects.filter(ticket=ticket, message_id=mail.message_id).first():
        return Verdict("250 2.0.0 Accepted before.", known)
    check_sender(ticket, side, mail)
    ratelimits.spend(PER_TICKET, f"ticket:{ticket.pk}")
    files, left_out = judged(mail)
    body = new_words(mail.text)
    if not body and not files:
        raise Refused("There is no text above what you quoted. Write your answer at the top.")
    with override(ticket.lang):
        body = with_remarks(body, files, left_out)
    if side == CUSTOMER:
        message = write_to_support(
            ticket, by=ticket.requester, body=body, files=files, channel=Channel.EMAIL, message_id=mail.message_id
        )
    else:
        message = reply_to_customer(
            ticket, by=None, body=body, files=files, channel=Channel.EMAIL, message_id=mail.message_id
        )
    return Verdict("250 2.0.0 Accepted.", message)


def check_sender(ticket: Ticket, side: str, mail: ParsedMail) -> None:
    """The address that was answered is a secret between two; still, only those two use it. Raises PermissionDenied."""
    if mail.is_forged:
        raise PermissionDenied("The sender's own domain says that this mail is not theirs.")
    if side == CUSTOMER:
        if not mail.sender or mail.sender != customer_address(ticket).lower():
            raise PermissionDenied("Please answer from the address at which you were written to.")
        return
    allowed = desk_senders()
    if not any(mail.sender == each or (each.startswith("@") and mail.sender.endswith(each)) for each in allowed):
        raise PermissionDenied("This address may not answer for the support team.")


def judged(mail: ParsedMail) -> tuple[list[Judged], list[str]]:
    """The files that are taken, and the names of those that are not."""
    taken: list[Judged] = []
    left_out: list[str] = []
    for sent in mail.files:
        try:
            file = judge(sent)
        except ValidationError:
            left_out.append(clean_name(sent.name))
            continue
        if len(taken) == MAX_FILES or sum(len(each.content) for each in taken) + len(file.content) > MAX_TOGETHER:
            left_out.append(file.name)
        else:
            taken.append(file)
    return taken, left_out


def with_remarks(body: str, files: list[Judged], left_out: list[str]) -> str:
    """`body`, or a word where there are only files; and what was left out, so that nobody waits for it."""
    text = body[: BODY_MAX - 2_000] or (_("(only files)") if files else "")
    if left_out:
        names = ", ".join(left_out[:10])
        text = f"{text}\n\n{_('(Files that were not taken: %(names)s)') % {'names': names}}"
    return text


def plain(said: object) -> str:
    """One line of ASCII, as the protocol wants it."""
    return " ".join(str(said).encode("ascii", "replace").decode().split())[:300]
