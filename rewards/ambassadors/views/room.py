"""The private room of ambassadors and the team."""

import uuid

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.accounts.visitors import member
from community.core import ratelimits
from community.core.pagination import paginate
from rewards.ambassadors.actions.room import remove_from_room, write_in_room
from rewards.ambassadors.forms import MessageForm
from rewards.ambassadors.models import RUN_PROGRAMME, RoomMessage
from rewards.ambassadors.permissions import check_enters

PAGE_SIZE = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest) -> HttpResponse:
    """The messages, the latest first, and a form for another."""
    me = member(request)
    check_enters(me)
    form = MessageForm(request.POST or None, initial={"key": uuid.uuid4().hex})
    if request.method == "POST" and form.is_valid():
        ratelimits.spend(ratelimits.POST, str(me.pk))
        try:
            write_in_room(form.cleaned_data["body"], by=me, key=form.cleaned_data["key"])
        except ValidationError as refusal:
            form.add_error("body", refusal)
        else:
            return redirect("ambassadors:room")
    written = RoomMessage.objects.visible_to(me).select_related("author")
    page = paginate(written, ["-id"], request.GET.get("page", ""), PAGE_SIZE)
    context = {"page": page, "form": form, "removes_all": me.has_perm(RUN_PROGRAMME), "page_kind": "account"}
    return render(request, "ambassadors/room.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a message away."""
    me = member(request)
    remove_from_room(get_object_or_404(RoomMessage.objects.visible_to(me), pk=pk), by=me)
    return redirect("ambassadors:room")
