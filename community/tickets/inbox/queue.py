"""The queue: what waits for support, the most urgent promise first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from community.accounts.models import User
from community.accounts.visitors import member
from community.tickets.business_hours import OpeningHours
from community.tickets.models import Ticket, TicketStatus, support_settings
from community.tickets.permissions import check_is_agent
from community.tickets.promises import moment_in_words
from community.topics.models import Section

PAGE_SIZE = 30


@dataclass(frozen=True)
class View:
    """One way to look at the tickets."""

    name: str
    label: str | Promise
    of: Q
    order: tuple[Any, ...]


DUE_FIRST = (F("due_at").asc(nulls_last=True), "pk")
LATEST_FIRST = ("-updated_at", "-pk")
OPEN = Q(status=TicketStatus.OPEN)


def views_for(user: User) -> dict[str, View]:
    """The ways to look at the tickets, for one agent."""
    mine = ~Q(status=TicketStatus.CLOSED) & Q(assignee=user)
    found = (
        View("open", gettext_lazy("Waits for support"), OPEN, DUE_FIRST),
        View("mine", gettext_lazy("Mine"), mine, DUE_FIRST),
        View("unassigned", gettext_lazy("Nobody’s"), OPEN & Q(assignee=None), DUE_FIRST),
        View("waiting", gettext_lazy("Waits for the customer"), Q(status=TicketStatus.WAITING), LATEST_FIRST),
        View("closed", gettext_lazy("Closed"), Q(status=TicketStatus.CLOSED), LATEST_FIRST),
    )
    return {view.name: view for view in found}


@dataclass(frozen=True)
class Row:
    """A ticket as the queue shows it."""

    ticket: Ticket
    due: str
    is_late: bool


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    """The list of tickets, filtered."""

    template_name = "tickets/desk/queue.html"
    page_title = gettext_lazy("Requests to support")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Agents only."""
        check_is_agent(member(request))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Where the agent is."""
        return way(self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the view that was chosen, and how many there are in each."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        asked, me, now = self.request.GET, member(self.request), timezone.now()
        views = views_for(me)
        view = views.get(asked.get("show", ""), views["open"])
        sections = list(Section.objects.all())
        section = next((row for row in sections if row.slug == asked.get("section")), None)
        tickets = Ticket.objects.visible_to(me)
        if section is not None:
            tickets = tickets.filter(section=section)
        counts = tickets.aggregate(**{each.name: Count("pk", filter=each.of) for each in views.values()})
        shown = tickets.filter(view.of).select_related("requester", "section", "assignee").order_by(*view.order)
        page = Paginator(shown, PAGE_SIZE).get_page(asked.get("page"))
        opening = support_settings().opening_hours()
        return {
            **context,
            "views": [(each, counts[each.name]) for each in views.values()],
            "view": view,
            "sections": sections,
            "section": section,
            "page": page,
            "rows": [row_of(ticket, now, opening) for ticket in page],
        }


def way(title: str | Promise, *between: dict[str, Any]) -> list[dict[str, Any]]:
    """The breadcrumbs of a page called `title`."""
    return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, *between, {"url": "", "label": title}]


def queue_crumb() -> dict[str, Any]:
    """The queue, among breadcrumbs."""
    return {"url": reverse("tickets_desk:queue"), "label": QueueView.page_title}


def row_of(ticket: Ticket, now: datetime, opening: OpeningHours) -> Row:
    """`ticket` with its promise in words."""
    is_late = ticket.is_late(now)
    due = moment_in_words(ticket.due_at, now, opening) if ticket.due_at else ""
    words = _("late: was due before %(moment)s") if is_late else _("before %(moment)s")
    return Row(ticket, words % {"moment": due} if due else "", is_late)


def waiting(now: datetime) -> tuple[int, int]:
    """How many tickets wait for support, and how many of them are late. One query."""
    tickets: QuerySet[Ticket] = Ticket.objects.waiting_for_an_agent()
    found = tickets.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    return found["all"], found["late"]
