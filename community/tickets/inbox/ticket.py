"""An agent's page of one ticket, and what can be done there."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from community.accounts.visitors import member
from community.tickets.actions.assign import assign_ticket
from community.tickets.actions.close import close_ticket
from community.tickets.actions.link_answer import link_answer
from community.tickets.actions.note import add_note
from community.tickets.actions.reply import reply_to_customer
from community.tickets.desk_forms import AssignForm, CloseForm, LinkForm, NoteForm, ReplyForm
from community.tickets.file_responses import file_response
from community.tickets.inbox.desk_page import gather
from community.tickets.inbox.queue import queue_crumb, way
from community.tickets.models import CloseReason, Ticket, TicketAttachment
from community.tickets.permissions import check_is_agent


def desk_ticket(request: HttpRequest, pk: int) -> Ticket:
    """The ticket numbered `pk`, for agents. Raises PermissionDenied or Http404."""
    check_is_agent(member(request))
    tickets = Ticket.objects.visible_to(member(request))
    return get_object_or_404(tickets.select_related("requester__profile", "section", "assignee", "topic"), pk=pk)


class TicketView(WagtailAdminTemplateMixin, TemplateView):
    """The page. A form that was refused comes back in `refused`, with what was typed."""

    template_name = "tickets/desk/ticket.html"
    header_icon = "mail"
    refused: dict[str, Any] = {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; 422 when a form was refused."""
        self.ticket = desk_ticket(request, kwargs["pk"])
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=422 if self.refused else 200)

    def get_page_title(self) -> str:
        """The subject."""
        return self.ticket.subject

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Where the agent is."""
        return way(f"#{self.ticket.pk} {self.ticket.subject}", queue_crumb())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The gathered page, and every form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        me = member(self.request)
        own = {"key": uuid.uuid4().hex}
        forms = {
            "reply_form": ReplyForm(initial=own),
            "note_form": NoteForm(initial=own),
            "link_form": LinkForm(initial={**own, "target": self.request.GET.get("target", "")}),
            "assign_form": AssignForm(initial={"agent": self.ticket.assignee_id}),
            "close_form": CloseForm(),
        }
        return {
            **context,
            "page": gather(self.ticket, timezone.now()),
            "ticket": self.ticket,
            "me": me,
            **forms,
            **self.refused,
        }


Act = Callable[[HttpRequest, Ticket], HttpResponseBase]


def _again(request: HttpRequest, ticket: Ticket, name: str, form: Any) -> HttpResponseBase:
    """The page with `form` as it was refused."""
    messages.error(request, _("Not done yet: look at the form below."))
    shown = TicketView(request=request, refused={name: form})
    return shown.get(request, pk=ticket.pk)


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer, and close with it when asked to."""
    ticket, form, by = desk_ticket(request, pk), ReplyForm(request.POST, request.FILES), member(request)
    if not form.is_valid():
        return _again(request, ticket, "reply_form", form)
    data = form.cleaned_data
    try:
        message = reply_to_customer(ticket, by=by, body=data["body"], files=form.judged, key=data["key"])
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return _again(request, ticket, "reply_form", form)
    if data["solves"]:
        close_ticket(ticket, by=by, reason=CloseReason.SOLVED)
    messages.success(request, _("Your answer is on its way."))
    return redirect(f"{ticket.get_desk_url()}#message-{message.pk}")


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write something for other agents."""
    ticket, form = desk_ticket(request, pk), NoteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, ticket, "note_form", form)
    data = form.cleaned_data
    try:
        written = add_note(ticket, by=member(request), body=data["body"], files=form.judged, key=data["key"])
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return _again(request, ticket, "note_form", form)
    messages.success(request, _("The note is kept. The customer does not see it."))
    return redirect(f"{ticket.get_desk_url()}#message-{written.pk}")


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give it to an agent, to oneself, or to nobody."""
    ticket, by = desk_ticket(request, pk), member(request)
    form = AssignForm({"agent": by.pk} if "mine" in request.POST else request.POST)
    if not form.is_valid():
        return _again(request, ticket, "assign_form", form)
    if assign_ticket(ticket, by=by, to=form.cleaned_data["agent"]):
        messages.success(request, _("Done."))
    return redirect(ticket.get_desk_url())


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close it, for a reason."""
    ticket, form = desk_ticket(request, pk), CloseForm(request.POST)
    if not form.is_valid():
        return _again(request, ticket, "close_form", form)
    if close_ticket(ticket, by=member(request), reason=form.cleaned_data["reason"]):
        messages.success(request, _("The request is closed. It opens again when the customer writes."))
    return redirect(ticket.get_desk_url())


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Point to a public answer, which closes it. `target` may be "topic:12", "post:34", "article:5", or an address."""
    ticket, form = desk_ticket(request, pk), LinkForm(request.POST)
    if not form.is_valid():
        return _again(request, ticket, "link_form", form)
    data = form.cleaned_data
    try:
        link_answer(ticket, by=member(request), to=data["target"], words=data["words"], key=data["key"])
    except ValidationError as refusal:
        form.add_error("words", refusal)
        return _again(request, ticket, "link_form", form)
    messages.success(request, _("The answer is sent, and the request closed."))
    return redirect(ticket.get_desk_url())


@require_safe
def file(request: HttpRequest, pk: int, file_key: str) -> HttpResponseBase:
    """A file of the thread, those of notes included."""
    ticket = desk_ticket(request, pk)
    attachment = TicketAttachment.objects.filter(message__ticket=ticket, key=file_key).first()
    if attachment is None:
        raise Http404
    return file_response(attachment)
