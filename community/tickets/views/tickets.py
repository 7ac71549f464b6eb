"""A customer's tickets: the list of a member's, and each one as a thread behind its private address."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.pending import keep_pending
from community.accounts.visitors import member, visitor
from community.core import ratelimits
from community.core.pagination import paginate
from community.core.paths import client_address
from community.notifications.actions.mark_read import mark_read
from community.notifications.models import Notification
from community.tickets import conversation
from community.tickets.actions.ask_in_public import decline_proposal, publish_proposal
from community.tickets.actions.close import close_ticket
from community.tickets.actions.confirm_guest import confirm_guest
from community.tickets.actions.write import write_to_support
from community.tickets.file_responses import file_response
from community.tickets.forms import MessageForm
from community.tickets.models import PublicProposal, Ticket, TicketAttachment, TicketMessage
from community.tickets.views.private import customer, key_page, ticket_by_key

PAGE_SIZE = 20


@login_required
@never_cache
@require_safe
def my_tickets(request: HttpRequest) -> HttpResponse:
    """A member's own tickets, the latest change first."""
    mine = Ticket.objects.filter(requester=member(request))
    page = paginate(mine, ["-updated_at", "-id"], request.GET.get("page", ""), PAGE_SIZE)
    return render(request, "tickets/mine.html", {"page": page, "page_kind": "help"})


@key_page
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, key: str) -> HttpResponseBase:
    """A ticket's thread, and the form to write on."""
    found = ticket_by_key(request, key)
    form = MessageForm(request.POST, request.FILES) if request.method == "POST" else MessageForm()
    if request.method == "POST" and form.is_valid():
        _spend(request, found)
        try:
            message = write_to_support(
                found,
                by=customer(request, found),
                body=form.cleaned_data["body"],
                files=form.judged,
                key=form.cleaned_data["key"],
            )
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(f"{found.get_absolute_url()}#message-{message.pk}")
    return _page(request, found, form)


def _page(request: HttpRequest, found: Ticket, form: MessageForm) -> HttpResponse:
    _mark_seen(request, found)
    context = {
        "page": conversation.gather(found, timezone.now()),
        "ticket": found,
        "form": form,
        "key": form["key"].value() or uuid.uuid4().hex,
        "page_kind": "help",
    }
    return render(request, "tickets/ticket.html", context, status=422 if form.errors else 200)


def _mark_seen(request: HttpRequest, found: Ticket) -> None:
    """Whoever reads the thread has read what they were told of it."""
    user = visitor(request)
    if user.is_authenticated and user.unread_notifications:
        told = Notification.objects.filter(user=user, kind="support_answered", read_at=None, data__ticket_id=found.pk)
        if ids := list(told.values_list("pk", flat=True)):
            mark_read(by=member(request), only=ids)


def _spend(request: HttpRequest, found: Ticket) -> None:
    user = visitor(request)
    if user.is_authenticated:
        ratelimits.spend(ratelimits.TICKET_WRITE, str(user.pk))
        return
    ratelimits.spend(ratelimits.TICKET_WRITE, f"ticket:{found.pk}", when_down=False)
    ratelimits.spend(ratelimits.GUEST_WRITE, client_address(request), when_down=False)


@key_page
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponseBase:
    """A guest confirms: a button, since mail scanners open links too."""
    found = ticket_by_key(request, key)
    confirm_guest(found)
    return redirect(found)


@key_page
@require_POST
def close(request: HttpRequest, key: str) -> HttpResponseBase:
    """It is solved."""
    found = ticket_by_key(request, key)
    close_ticket(found, by=customer(request, found))
    return redirect(found)


@key_page
@require_POST
def decide(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """Yes or no to asking in public; a guest signs up as the last step."""
    found = ticket_by_key(request, key)
    proposal = get_object_or_404(PublicProposal.objects.select_related("ticket", "section"), pk=pk, ticket=found)
    by = customer(request, found)
    if request.POST.get("agree") != "yes":
        decline_proposal(proposal, by=by)
        return redirect(found)
    if by is None and not visitor(request).is_authenticated:
        ratelimits.spend(ratelimits.GUEST_WRITE, client_address(request), when_down=False)
        kept = {"ticket": found.key, "proposal": proposal.pk, "title": proposal.title}
        return redirect(keep_pending(request, "public_question", kept))
    topic = publish_proposal(proposal, by=member(request), key=found.key)
    messages.success(request, _("Your question is published. We tell you here when somebody answers."))
    return redirect(topic)


@key_page
@require_safe
def file(request: HttpRequest, key: str, file_key: str) -> HttpResponseBase:
    """A file of the thread; those of internal notes are not in it."""
    found = ticket_by_key(request, key)
    visible = TicketMessage.objects.for_customer().filter(ticket=found)
    attachment = TicketAttachment.objects.filter(message__in=visible, key=file_key).first()
    if attachment is None:
        raise Http404(_("There is no such file."))
    return file_response(attachment)
