"""Getting help: words, then the answers that exist, then a person; support is on each of the three pages."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.accounts.models import User
from community.accounts.visitors import visitor
from community.core import page_cache, ratelimits
from community.core.paths import client_address
from community.core.same_origin import guest_form
from community.tickets import promises
from community.tickets.actions import once
from community.tickets.actions.confirm_guest import ask_to_confirm_again
from community.tickets.actions.open_ticket import clean_email, open_ticket
from community.tickets.customer_mail import sent_url, ticket_of_token
from community.tickets.forms import TicketForm
from community.tickets.models import SUBJECT_MAX
from community.topics import readings
from community.topics.models import Section
from community.topics.writing import TITLE_MAX


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The first page: what is it about? Support is one tap away from here, too."""
    page_cache.keep(request)
    return render(request, "tickets/help.html", {"words": _words(request), "page_kind": "help"})


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """The second page: the answers that exist, and the three ways out."""
    typed = _words(request)
    if not typed:
        return redirect("tickets:help")
    context = {
        "words": typed,
        "section": request.GET.get("section", ""),
        "ask_session": request.GET.get("ask_session", ""),
        "page_kind": "help",
    }
    return render(request, "tickets/answers.html", context)


@never_cache
@guest_form
@require_http_methods(["GET", "HEAD", "POST"])
def new_ticket(request: HttpRequest) -> HttpResponse:
    """The third page: what a person of support needs to know. Guests confirm their address by mail."""
    user = visitor(request)
    by = user if isinstance(user, User) else None
    if request.method != "POST":
        return _form(request, TicketForm(initial=_initial(request), is_guest=by is None))
    form = TicketForm(request.POST, request.FILES, is_guest=by is None)
    if not form.is_valid():
        return _form(request, form, status=422)
    if form.is_robot:
        return redirect(sent_url(None))
    data = form.cleaned_data
    try:
        email = "" if by else clean_email(data["email"])
        _spend(request, by, email, data["key"])
        ticket = open_ticket(
            by=by,
            guest_email=email,
            subject=data["subject"],
            body=data["body"],
            lang=(get_language() or "en")[:2],
            section=data["section"],
            urgency=data["urgency"],
            files=form.judged,
            read=readings.names_in(data["read"]),
            ask_session=data["ask_session"],
            key=data["key"],
        )
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return _form(request, form, status=422)
    return redirect(ticket if by else sent_url(ticket))


def _spend(request: HttpRequest, by: User | None, email: str, key: str) -> None:
    """Count a request, unless the same form was sent before. Guests are refused while nothing can be counted."""
    if once.was_sent(once.scope_of_customer(by.pk if by else None, email), key):
        return
    if by is not None:
        ratelimits.spend(ratelimits.TICKET, str(by.pk))
        return
    for who in (f"address:{client_address(request)}", f"email:{once.fingerprint(email)}"):
        ratelimits.spend(ratelimits.GUEST_TICKET, who, when_down=False)


@never_cache
@guest_form
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """After a guest's form: look for our mail. The button sends it once more."""
    ticket = ticket_of_token(token)
    again = request.method == "POST"
    if again:
        ratelimits.spend(ratelimits.GUEST_CONFIRM, f"address:{client_address(request)}", when_down=False)
        if ticket is not None:
            ratelimits.spend(ratelimits.GUEST_CONFIRM, f"ticket:{ticket.pk}", when_down=False)
            ask_to_confirm_again(ticket)
    context = {"email": masked(ticket.guest_email) if ticket else "", "again": again, "page_kind": "help"}
    return render(request, "tickets/sent.html", context)


def masked(address: str) -> str:
    """An address that its owner knows again, and nobody else learns: c…@example.org."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def _words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:TITLE_MAX]


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {
        "subject": _words(request)[:SUBJECT_MAX],
        "section": request.GET.get("section", ""),
        "ask_session": request.GET.get("ask_session", "")[:64],
        "key": uuid.uuid4().hex,
    }


def _form(request: HttpRequest, form: TicketForm, status: int = 200) -> HttpResponse:
    sections = list(Section.objects.filter(live=True))
    chosen = next((row for row in sections if row.slug == form["section"].value()), None)
    now = timezone.now()
    promise = promises.promise_for(chosen, now)
    context = {
        "form": form,
        "sections": sections,
        "promise": promises.said(promise, now),
        "support": promise.support,
        "words": _words(request),
        "page_kind": "help",
    }
    return render(request, "tickets/new.html", context, status=status)
