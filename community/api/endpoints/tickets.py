"""Requests to support: opening one, and reading one's own."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router

from community.api import field_errors, idempotency, schemas, shapes
from community.api.auth import WRITES, member, reader
from community.core import ratelimits
from community.tickets.actions.open_ticket import open_ticket
from community.tickets.models import Channel, Ticket
from community.topics.models import Section

router = Router()


@router.post("tickets", auth=WRITES, response={201: schemas.Ticket}, operation_id="openTicket")
def new_ticket(
    request: HttpRequest, payload: schemas.NewTicket, idempotency_key: str | None = schemas.Key
) -> schemas.Ticket:
    """Ask support, in the name of the token's member. Only they and the support team read it."""
    by = member(request)
    ratelimits.spend(ratelimits.TICKET, str(by.pk))
    with idempotency.for_another_request():
        ticket = open_ticket(
            by=by,
            subject=payload.subject,
            body=payload.body,
            lang=payload.lang or known_language(by.language),
            section=section_called(payload.section) if payload.section is not None else None,
            urgency=payload.urgency,
            channel=Channel.API,
            key=idempotency.stored_key(idempotency_key),
        )
    return shapes.ticket(request, ticket)


@router.get("tickets/{key}", response=schemas.Ticket, operation_id="readTicket")
def ticket(request: HttpRequest, key: schemas.TicketKey) -> schemas.Ticket:
    """A request of the token's member; for anybody else there is none."""
    by = reader(request)
    own = Ticket.objects.filter(requester=by.pk) if by.is_authenticated else Ticket.objects.none()
    found = own.select_related("section").filter(key=key).first()
    if found is None:
        raise Http404(_("You have no such request."))
    return shapes.ticket(request, found)


def section_called(slug: str) -> Section:
    """The section open to the public called `slug`. Raises ValidationError when there is none."""
    section = Section.objects.filter(slug=slug, live=True).first()
    if section is None:
        raise field_errors.refuse("section", _("There is no such section."))
    return section


def known_language(language: str) -> str:
    """`language` if the site speaks it, else that of the request."""
    return language if language in dict(settings.LANGUAGES) else (get_language() or settings.LANGUAGE_CODE)[:2]
