"""Pages of trust: what a member may do and how far they are, and what their browser tells of reading."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.accounts.models import User
from community.accounts.privileges import APP, PRIVILEGES
from community.accounts.visitors import member
from community.core import ratelimits
from community.topics.views.writing import topic_for
from rewards.pauses import longer_windows, pauses_of
from rewards.trust.criteria import GRACE_DAYS, NIGHTLY, WINDOW_DAYS
from rewards.trust.levels import progress_of
from rewards.trust.models import TrustChange, TrustLock
from rewards.trust.privileges import Threshold, accepted_to_be_at_home, thresholds
from rewards.trust.reading import record_reading

SHOWN_CHANGES = 20
NAMES = (_("new here"), _("settled in"), _("member"), _("regular"), _("leader"))


@dataclass(frozen=True)
class PrivilegeLine:
    """One privilege, what it takes, and whether the reader has it."""

    label: str
    threshold: Threshold
    is_mine: bool
    remark: str = ""


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the reader may do, what comes next, what they would lose, and what changed when."""
    me = member(request)
    keeping = progress_of(me, NIGHTLY) if me.trust_level == NIGHTLY else None
    return render(
        request,
        "trust/mine.html",
        {
            "level": me.trust_level,
            "names": NAMES,
            "name": NAMES[me.trust_level],
            "privileges": _privileges(me),
            "next": progress_of(me, me.trust_level + 1),
            "next_name": NAMES[me.trust_level + 1] if me.trust_level + 1 < len(NAMES) else "",
            "is_nightly": me.trust_level + 1 == NIGHTLY,
            "keeping": keeping,
            "grace_days": GRACE_DAYS,
            "window_days": WINDOW_DAYS,
            "was_away": bool(longer_windows(pauses_of([me.pk]), timezone.now(), WINDOW_DAYS)),
            "lock": TrustLock.objects.filter(member=me).first(),
            "changes": TrustChange.objects.filter(member=me).order_by("-id")[:SHOWN_CHANGES],
            "page_kind": "account",
        },
    )


def _privileges(me: User) -> list[PrivilegeLine]:
    """Every privilege: those one has by role or merit, and what the others take."""
    needed = thresholds()
    return [
        PrivilegeLine(
            str(privilege.label),
            needed[name],
            me.has_perm(f"{APP}.{name}"),
            _at_home() if name == "accept_in_field" else "",
        )
        for name, privilege in PRIVILEGES.items()
    ]


def _at_home() -> str:
    count = accepted_to_be_at_home()
    return ngettext(
        "in sections where %(count)d answer of yours was accepted",
        "in sections where %(count)d answers of yours were accepted",
        count,
    ) % {"count": count}


@login_required
@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what the browser tells of reading topic `pk`: `posts` (ids, by commas) and `seconds`."""
    me = member(request)
    ratelimits.spend(ratelimits.READING, str(me.pk))
    topic = topic_for(request, pk)
    post_ids = [int(word) for word in request.POST.get("posts", "").split(",") if word.isdecimal() and len(word) < 19]
    seconds = request.POST.get("seconds", "")
    record_reading(topic, by=me, post_ids=post_ids, seconds=int(seconds) if seconds.isdecimal() else 0)
    return HttpResponse(status=204)
