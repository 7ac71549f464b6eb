"""Who is in the programme, who could be, and the next step of each: for those who run it."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from community.accounts.models import User
from community.accounts.visitors import member
from community.core.errors import Conflict
from community.pages.brand import brand_for
from community.pages.desk_pages import DeskPageView
from community.topics.models import Section
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.candidates import evidence_of
from rewards.ambassadors.desk.forms import InviteForm, StepForm, add_refusal
from rewards.ambassadors.lifecycle import SERVING, State
from rewards.ambassadors.models import (
    RUN_PROGRAMME,
    Ambassadorship,
    Candidate,
    CandidateList,
    CharterAcceptance,
    Step,
    charter_in_force,
)
from rewards.ambassadors.models.settings import thresholds
from rewards.ambassadors.waiting import load_of
from rewards.ambassadors.wording import words_for

MOST_SHOWN = 200
SHOWN = {
    "candidates": (gettext_lazy("Candidates"), (State.CANDIDATE,)),
    "applications": (gettext_lazy("Applications"), (State.APPLIED,)),
    "reviews": (gettext_lazy("Reviews due"), (State.REVIEW_DUE,)),
    "serving": (gettext_lazy("Ambassadors"), tuple(sorted(SERVING))),
    "invited": (gettext_lazy("Invited"), (State.INVITED,)),
    "past": (gettext_lazy("Past"), (State.EMERITUS, State.ENDED, State.DECLINED)),
}


class ProgrammeDeskView(DeskPageView):
    """A page of those who run the programme."""

    permission = RUN_PROGRAMME
    refusal = gettext_lazy("Only the brand team runs the ambassadors’ programme.")
    header_icon = "group"
    here: str | Promise = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Where the reader is."""
        home, page = super().get_breadcrumbs_items()
        people = {"url": reverse("ambassadors_desk:people"), "label": _("Ambassadors")}
        return [home, people, {**page, "label": self.here or page["label"]}]


class PeopleView(ProgrammeDeskView):
    """Everyone by where they stand; candidates with their evidence, by section."""

    template_name = "ambassadors/desk/people.html"
    page_title = gettext_lazy("Ambassadors")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One way to look at them. The same queries whatever their number."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        show = self.request.GET.get("show", "")
        show = show if show in SHOWN else "candidates"
        last = Candidate.objects.filter(member=OuterRef("member")).order_by("-month")
        why = Step.objects.filter(ambassadorship=OuterRef("pk")).order_by("-id")
        charter = charter_in_force()
        agreed = CharterAcceptance.objects.filter(member=OuterRef("member"), charter=charter)
        rows = (
            Ambassadorship.objects.visible_to(member(self.request))
            .filter(state__in=SHOWN[show][1])
            .select_related("member")
            .annotate(
                evidence_id=Subquery(last.values("pk")[:1]),
                why=Subquery(why.values("reason")[:1]),
                agreed_at=Subquery(agreed.values("at")[:1]),
            )
            .order_by("since", "pk")
        )
        found: list[Any] = list(rows[:MOST_SHOWN])
        evidence = Candidate.objects.select_related("section").in_bulk([row.evidence_id for row in found])
        load = load_of([row.member_id for row in found], timezone.now()) if show in {"serving", "reviews"} else {}
        shown = [
            {"row": row, "evidence": evidence.get(row.evidence_id), "load": load.get(row.member_id, 0)} for row in found
        ]
        if show == "candidates":
            shown.sort(key=_by_section)
        return {
            **context,
            "ways": [(name, label) for name, (label, _states) in SHOWN.items()],
            "show": show,
            "people": shown,
            "charter": charter,
            "listed": CandidateList.objects.first(),
            "thresholds": thresholds(),
            "form": kwargs.get("form") or InviteForm(),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Invite somebody by name."""
        form = InviteForm(request.POST)
        if form.is_valid():
            invited: User = form.cleaned_data["username"]
            try:
                step = take_step(invited, State.INVITED, by=member(request), reason=form.cleaned_data["reason"])
            except ValidationError as refusal:
                add_refusal(form, refusal)
            except Conflict as refusal:
                form.add_error("username", refusal.message)
            else:
                said = _("%(name)s is invited.") if step else _("%(name)s was invited already.")
                messages.success(request, said % {"name": invited.username})
                return redirect("ambassadors_desk:person", invited.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _by_section(shown: dict[str, Any]) -> tuple[Any, ...]:
    """Candidates by section, in the order of the sections; the strongest first."""
    found: Candidate | None = shown["evidence"]
    if found is None:
        return (1, 0, 0)
    section = found.section
    return (0, section.position if section else 10_000, -found.figures["accepted"])


class PersonView(ProgrammeDeskView):
    """One member: the evidence, every step, and the next one."""

    template_name = "ambassadors/desk/person.html"
    page_title = gettext_lazy("In the programme")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it, in a fixed number of queries."""
        person = get_object_or_404(User, pk=kwargs["pk"])
        self.page_subtitle = self.here = person.username
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row = Ambassadorship.objects.filter(member=person).prefetch_related("sections", "tags", "hours").first()
        state = row.state if row else ""
        steps = (
            Step.objects.filter(ambassadorship=row).select_related("by", "charter", "ambassadorship").order_by("-id")
        )
        brand, now = brand_for(self.request).name, timezone.now()
        sections = Section.objects.in_bulk()
        listed = Candidate.objects.filter(member=person).select_related("month", "section").order_by("-month")
        figures = asdict(evidence_of([person.pk], now)[person.pk])
        return {
            **context,
            "person": person,
            "row": row,
            "state": State(state).label if state else _("not in the programme"),
            "steps": [(step, words_for(step, brand)) for step in (steps if row else ())],
            "listed": [(each, fields_of(each.figures, sections)) for each in listed[:12]],
            "now": figures,
            "now_fields": fields_of(figures, sections),
            "load": load_of([person.pk], now).get(person.pk, 0),
            "agreed": CharterAcceptance.objects.filter(member=person).select_related("charter").order_by("-charter"),
            "form": kwargs.get("form") or StepForm(before=state),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the step that was chosen."""
        person = get_object_or_404(User, pk=pk)
        before = request.POST.get("before", "")
        form = StepForm(request.POST, before=before)
        if form.is_valid():
            after = State(form.cleaned_data["after"])
            try:
                step = take_step(person, after, by=member(request), reason=form.cleaned_data["reason"])
            except ValidationError as refusal:
                add_refusal(form, refusal)
            except Conflict as refusal:
                messages.error(request, refusal.message)
                return redirect("ambassadors_desk:person", pk)
            else:
                if step:
                    messages.success(request, _("Done, and the member is told."))
                return redirect("ambassadors_desk:person", pk)
        return self.render_to_response(self.get_context_data(pk=pk, form=form), status=422)


def fields_of(figures: dict[str, Any], sections: dict[int, Section]) -> list[tuple[str, int]]:
    """Where the evidence comes from: sections with accepted answers, most first."""
    counts = sorted(figures["sections"].items(), key=lambda each: -each[1])
    return [(sections[int(pk)].title, count) for pk, count in counts if int(pk) in sections]


people = require_admin_access(PeopleView.as_view())
person = require_admin_access(PersonView.as_view())
