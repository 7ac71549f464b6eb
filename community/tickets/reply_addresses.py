"""Addresses that an answer by e-mail comes back to: signed, for one ticket and one side, and not for ever."""

import base64
import re
from datetime import UTC, date, datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from community.tickets.models import Ticket

MAILBOX = "support"
CUSTOMER, DESK = "customer", "desk"
VALID_DAYS = 180
EPOCH = date(2024, 1, 1)
# support+<ticket>.<day of issue, four figures><signature, 80 bits in lower-case base32: some programs fold the case>
SHAPE = re.compile(rf"^{MAILBOX}\+([1-9][0-9]{{0,17}})\.([0-9]{{4}})([a-z2-7]{{16}})$")


class BadAddress(Exception):
    """An address that nothing may come back to; its text says why, for the other mail server."""


def address_for(ticket: Ticket, side: str, domain: str, at: datetime) -> str:
    """Where `side` (CUSTOMER or DESK) may answer `ticket` by e-mail, for half a year from `at`; empty without a domain.

    The key of the ticket is part of what is signed: give the ticket another key, and all its addresses are void.
    """
    if not domain:
        return ""
    day = (at.astimezone(UTC).date() - EPOCH).days
    return f"{MAILBOX}+{ticket.pk}.{day:04d}{_signature(ticket, side, day)}@{domain}"


def ticket_id_in(address: str, domain: str) -> int:
    """The number of the ticket that `address` is about, whoever may have made it. Raises BadAddress."""
    found = _parts(address, domain)
    return int(found[1])


def side_of(address: str, ticket: Ticket, domain: str, now: datetime) -> str:
    """On whose side `address` was given out: CUSTOMER or DESK.

    Raises BadAddress when it was not made here, for another ticket, or too long ago.
    """
    found = _parts(address, domain)
    day = int(found[2])
    for side in (CUSTOMER, DESK):
        if constant_time_compare(found[3], _signature(ticket, side, day)) and int(found[1]) == ticket.pk:
            if EPOCH + timedelta(days=day + VALID_DAYS) < now.astimezone(UTC).date():
                raise BadAddress("This address has expired. Please answer on the site.")
            return side
    raise BadAddress("This address does not exist.")


def _parts(address: str, domain: str) -> re.Match[str]:
    local, _at, host = address.strip().lower().rpartition("@")
    found = SHAPE.match(local)
    if found is None or not domain or host != domain.lower():
        raise BadAddress("This address does not exist.")
    return found


def _signature(ticket: Ticket, side: str, day: int) -> str:
    value = f"{side}:{ticket.pk}:{ticket.key}:{day}"
    digest = salted_hmac("tickets.reply_address", value, algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
