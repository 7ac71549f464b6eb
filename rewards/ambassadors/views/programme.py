"""The programme for everyone, and where a member stands in it: applying, being invited, resting, stopping."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.accounts.models import User
from community.accounts.visitors import member
from community.core import ratelimits
from community.core.page_cache import keep
from community.pages.brand import brand_for
from rewards.ambassadors.actions.apply import apply
from rewards.ambassadors.actions.charter import accept_charter, accept_invitation
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.forms import LeaveForm, WhyForm
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import Ambassadorship, CharterVersion, charter_in_force
from rewards.ambassadors.models.settings import TAG, programme_settings
from rewards.ambassadors.standing import standing_of

APPLY = (ratelimits.Limit("ambassador_apply_day", 3, 86400),)
LONGEST_LEAVE = timedelta(days=366)
MOST_SHOWN = 60


@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """What it is, what ambassadors get and give, the charter in force, who they are."""
    keep(request, TAG)
    found = programme_settings()
    serving = Ambassadorship.objects.active().select_related("member").order_by("member__username")[:MOST_SHOWN]
    return render(
        request,
        "ambassadors/programme.html",
        {
            "texts": {name: found.said(name) for name in ("about", "gets", "gives")},
            "takes_applications": found.takes_applications,
            "charter": charter_in_force(),
            "ambassadors": [row.member for row in serving],
        },
    )


@login_required
@never_cache
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Where the reader stands, and what they may do next."""
    return _standing(request, member(request))


def _standing(
    request: HttpRequest, me: User, why: WhyForm | None = None, leave: LeaveForm | None = None
) -> HttpResponse:
    context = {
        "standing": standing_of(me, brand_for(request).name, timezone.now()),
        "form": why or WhyForm(),
        "leave_form": leave or LeaveForm(),
        "page_kind": "account",
    }
    is_refused = bool(why and why.errors) or bool(leave and leave.errors)
    return render(request, "ambassadors/standing.html", context, status=422 if is_refused else 200)


@login_required
@require_POST
def send_application(request: HttpRequest) -> HttpResponse:
    """Apply; what cannot be sent is shown again."""
    me, form = member(request), WhyForm(request.POST)
    if form.is_valid():
        ratelimits.spend(APPLY, str(me.pk))
        try:
            if apply(form.cleaned_data["why"], by=me):
                messages.success(request, _("Sent. The team reads it and answers you."))
            return redirect("ambassadors:standing")
        except ValidationError as refusal:
            form.add_error("why", refusal)
    return _standing(request, me, why=form)


@login_required
@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Agree to the charter that was read: with an invitation this makes one an ambassador."""
    me, number = member(request), request.POST.get("charter", "")
    ratelimits.spend(ratelimits.VOTE, str(me.pk))
    charter = get_object_or_404(CharterVersion, number=int(number) if number.isdecimal() and len(number) < 9 else 0)
    if Ambassadorship.objects.serving().filter(member=me).exists():
        accept_charter(charter, by=me)
        messages.success(
            request, _("Noted: you agree to version %(number)d of the charter.") % {"number": charter.number}
        )
    elif accept_invitation(charter, by=me):
        messages.success(request, _("Welcome. This is your desk."))
    return redirect("ambassadors:desk")


@login_required
@require_POST
def move(request: HttpRequest, to: str) -> HttpResponse:
    """The steps that a member takes alone: decline or take back, rest, come back, stop."""
    me = member(request)
    known = {"decline": State.DECLINED, "leave": State.ON_LEAVE, "back": State.ACTIVE, "stop": State.EMERITUS}
    if to not in known:
        raise Http404
    ratelimits.spend(ratelimits.VOTE, str(me.pk))
    back_on = None
    if to == "leave":
        form, today = LeaveForm(request.POST), timezone.localdate()
        if form.is_valid():
            back_on = form.cleaned_data["back_on"]
            if back_on and not today < back_on <= today + LONGEST_LEAVE:
                form.add_error("back_on", _("Choose a day within a year from tomorrow."))
        if form.errors:
            return _standing(request, me, leave=form)
    reason = request.POST.get("reason", "")
    if to == "back" and not Ambassadorship.objects.filter(member=me, state=State.ON_LEAVE).exists():
        return redirect("ambassadors:standing")
    take_step(me, known[to], by=me, reason=reason, back_on=back_on)
    return redirect("ambassadors:standing")
