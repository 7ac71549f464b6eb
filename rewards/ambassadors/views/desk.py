"""The ambassadors' desk: what waits for them, who is answering, what they changed, how they serve."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.models import User
from community.accounts.visitors import member
from community.core import ratelimits
from community.topics.models import Topic
from rewards.ambassadors.actions.answering import start_answering, stop_answering
from rewards.ambassadors.actions.prefer import prefer
from rewards.ambassadors.forms import PreferencesForm
from rewards.ambassadors.impact import this_month
from rewards.ambassadors.models import (
    Ambassadorship,
    CharterAcceptance,
    CrisisNotice,
    NoticeReader,
    charter_in_force,
)
from rewards.ambassadors.models.membership import is_around
from rewards.ambassadors.permissions import check_enters
from rewards.ambassadors.waiting import TABS, load_of, page_of_waiting

NOTICES_SHOWN = 5


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the reader. The team, which has no queue of its own, finds the room and the notices."""
    me, now = member(request), timezone.now()
    check_enters(me)
    context: dict[str, object] = {
        "notices": notices_for(me),
        "page_kind": "account",
        "ambassadorship": None,
    }
    own = Ambassadorship.objects.active().filter(member=me).prefetch_related("sections", "tags", "hours").first()
    if own is not None:
        context |= _queue(request, own, now)
    return render(request, "ambassadors/desk.html", context)


def _queue(request: HttpRequest, own: Ambassadorship, now: datetime) -> dict[str, object]:
    tab = TABS.get(request.GET.get("show", ""), TABS["longest"])
    rows, page = page_of_waiting(own, tab, request.GET.get("page", ""))
    charter = charter_in_force()
    agreed = charter is None or CharterAcceptance.objects.filter(charter=charter, member=own.member_id).exists()
    load = load_of([own.member_id], now).get(own.member_id, 0)
    return {
        "ambassadorship": own,
        "tabs": TABS.values(),
        "tab": tab,
        "rows": rows,
        "page": page,
        "charter": None if agreed else charter,
        "load": load,
        "is_full": load >= own.weekly_cap,
        "is_around": is_around([(row.weekday, row.starts, row.ends) for row in own.hours.all()], now),
        "impact": this_month(member(request), now),
        "says_fields": bool(own.sections.all()) or bool(own.tags.all()),
    }


def notices_for(reader: User) -> list[CrisisNotice]:
    """Notices that are not over, the latest first, each with `is_read`. Two queries."""
    notices = list(CrisisNotice.objects.visible_to(reader).current().order_by("-id")[:NOTICES_SHOWN])
    read = NoticeReader.objects.filter(member=reader, notice__in=notices).exclude(read_at=None)
    known = set(read.values_list("notice", flat=True)) if notices else set()
    for notice in notices:
        notice.is_read = notice.pk in known  # type: ignore[attr-defined]
    return notices


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How the reader serves."""
    me = member(request)
    rows = Ambassadorship.objects.serving().prefetch_related("sections", "tags", "hours")
    own = rows.filter(member=me).first()
    if own is None:
        raise PermissionDenied(_("This is for ambassadors. The programme’s page says how to become one."))
    form = PreferencesForm(request.POST or None, ambassadorship=own)
    if request.method == "POST" and form.is_valid():
        ratelimits.spend(ratelimits.VOTE, str(me.pk))
        try:
            prefer(form.preferences, by=me)
        except ValidationError as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("ambassadors:desk")
    status = 422 if form.errors else 200
    context = {"form": form, "ambassadorship": own, "page_kind": "account"}
    return render(request, "ambassadors/preferences.html", context, status=status)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is answering, and go to the question."""
    me = member(request)
    topic = get_object_or_404(Topic.objects.visible_to(me).select_related("section"), pk=pk)
    ratelimits.spend(ratelimits.VOTE, str(me.pk))
    row = start_answering(topic, by=me)
    if row.member_id != me.pk:
        until = timezone.localtime(row.until).strftime("%H:%M")
        said = _("%(name)s is answering, until %(time)s. You may answer too.")
        messages.info(request, said % {"name": row.member.username, "time": until})
    return redirect(f"{topic.get_absolute_url()}#answer-title")


@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is not answering after all."""
    me, topic = member(request), get_object_or_404(Topic, pk=pk)
    stop_answering(topic, by=me)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else "ambassadors:desk")
