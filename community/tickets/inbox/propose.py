"""Proposing to ask the community: what tells of people is taken out, an agent looks over it, the customer decides."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from community.accounts.visitors import member
from community.tickets import redaction
from community.tickets.actions.ask_in_public import first_words, propose_public_question
from community.tickets.desk_forms import ProposeForm
from community.tickets.inbox.queue import queue_crumb, way
from community.tickets.inbox.ticket import desk_ticket
from community.tickets.models import Ticket
from community.topics.history import changes_between


def labels() -> dict[str, str]:
    """What stands for a piece that was taken out, in the active language."""
    return {
        redaction.EMAIL: _("[e-mail]"),
        redaction.PHONE: _("[phone]"),
        redaction.NUMBER: _("[number]"),
        redaction.ACCOUNT: _("[account]"),
        redaction.ADDRESS: _("[address]"),
        redaction.NAME: _("[name]"),
    }


def without_the_person(ticket: Ticket) -> tuple[str, str]:
    """Subject and first words of `ticket` as they might be public, in the customer's language."""
    names = redaction.names_in_address(ticket.guest_email)
    with override(ticket.lang):
        said = labels()
    return redaction.redact(ticket.subject, said, names), redaction.redact(first_words(ticket), said, names)


class ProposeView(WagtailAdminTemplateMixin, TemplateView):
    """The form, with the difference between what the customer wrote and what would be public."""

    template_name = "tickets/desk/propose.html"
    page_title = gettext_lazy("Ask the community for the customer")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Where the agent is."""
        ticket = self.ticket
        between = {"url": ticket.get_desk_url(), "label": f"#{ticket.pk} {ticket.subject}"}
        return way(self.page_title, queue_crumb(), between)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What we would take out, for the agent to look over."""
        ticket = desk_ticket(request, kwargs["pk"])
        title, body = without_the_person(ticket)
        initial = {"title": title, "body": body, "section": ticket.section_id, "key": uuid.uuid4().hex}
        return self.shown(ticket, ProposeForm(initial=initial), title, body)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Propose it, or show the difference again."""
        ticket, form = desk_ticket(request, kwargs["pk"]), ProposeForm(request.POST)
        title, body = request.POST.get("title", ""), request.POST.get("body", "").replace("\r\n", "\n")
        if not form.is_valid():
            return self.shown(ticket, form, title, body, status=422)
        if "compare" in request.POST:
            return self.shown(ticket, form, title, body)
        data = form.cleaned_data
        try:
            propose_public_question(
                ticket,
                by=member(request),
                section=data["section"],
                title=data["title"],
                body=data["body"],
                words=data["words"],
                key=data["key"],
            )
        except ValidationError as refusal:
            for error in refusal.error_list:
                form.add_error("title" if (error.code or "").startswith("title") else "body", error)
            return self.shown(ticket, form, title, body, status=422)
        messages.success(request, _("Proposed. The customer sees what would be public, and decides."))
        return redirect(ticket.get_desk_url())

    def shown(self, ticket: Ticket, form: ProposeForm, title: str, body: str, status: int = 200) -> HttpResponse:
        """The page."""
        self.ticket, before = ticket, first_words(ticket)
        context = self.get_context_data(
            ticket=ticket,
            form=form,
            title_changes=changes_between(ticket.subject, title),
            body_changes=changes_between(before, body),
        )
        return self.render_to_response(context, status=status)
