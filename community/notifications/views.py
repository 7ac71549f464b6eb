"""What I was told, what I want by e-mail, and stopping e-mails without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.accounts.actions.emails import confirmed_email
from community.accounts.visitors import member
from community.core.pagination import paginate
from community.notifications.actions.mark_read import mark_read
from community.notifications.actions.prefer import preferences_of, set_preferences
from community.notifications.kinds import describe, kinds
from community.notifications.models import Notification
from community.notifications.unsubscribing import read_token

PAGE_SIZE = 20


@login_required
@require_GET
def notification_list(request: HttpRequest) -> HttpResponse:
    """What I was told, latest first."""
    me = member(request)
    mine = Notification.objects.filter(user=me).select_related("actor")
    page = paginate(mine, ["-created_at", "-id"], request.GET.get("page", ""), PAGE_SIZE)
    for row in page.items:
        row.user = me
    told = describe(page.items)
    rows = [(row, told.get(row.pk)) for row in page.items]
    return render(request, "notifications/list.html", {"rows": rows, "page": page, "page_kind": "notifications"})


@login_required
@require_GET
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """On to what a notification is about, which is read from then on."""
    me = member(request)
    found = get_object_or_404(Notification.objects.select_related("actor", "user"), pk=pk, user=me)
    mark_read(by=me, only=[found.pk])
    told = describe([found]).get(found.pk)
    if told is None:
        messages.info(request, _("What this was about is no longer there."))
        return redirect("notifications:list")
    return redirect(told.url)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all that I was told as read."""
    mark_read(by=member(request))
    return redirect("notifications:list")


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What I want to be written about: nothing, until I say so."""
    me = member(request)
    if request.method == "POST":
        chosen = request.POST.getlist("kind")
        set_preferences({name: name in chosen for name, kind in kinds if kind.is_mailed}, by=me)
        messages.success(request, _("Your choice is saved."))
        return redirect("notifications:preferences")
    wanted = preferences_of(me)
    context = {
        "choices": [(kind, wanted.get(name, False)) for name, kind in kinds if kind.is_mailed],
        "confirmed": confirmed_email(me),
        "page_kind": "account",
    }
    return render(request, "notifications/preferences.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of e-mail to one person: the signed token is the permission, no session is needed.

    Opening the link shows one button, since mail scanners open links too; the button, and the one that mail programs
    show, post here.
    """
    found = read_token(token)
    if found is None:
        raise Http404(_("This link is not complete. Copy all of it from the e-mail, or change your settings."))
    user, kind = found
    done = request.method == "POST"
    if done:
        set_preferences({kind.name: False}, by=user)
    return render(request, "notifications/unsubscribe.html", {"kind": kind, "done": done})
