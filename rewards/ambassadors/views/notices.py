"""A notice: the facts for ambassadors, what may be said for everyone once it is public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.accounts.models import User
from community.accounts.visitors import visitor
from community.core.page_cache import keep
from rewards.ambassadors.actions.notices import note_reading
from rewards.ambassadors.models import CrisisNotice
from rewards.ambassadors.models.desk import enters_room


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice, as the reader may see it; for an ambassador it is read with that."""
    keep(request, "notices")
    reader = visitor(request)
    found = get_object_or_404(CrisisNotice.objects.visible_to(reader), pk=pk)
    knows_facts = isinstance(reader, User) and enters_room(reader)
    if isinstance(reader, User) and knows_facts and request.method == "GET":
        note_reading(found, by=reader)
    response = render(request, "ambassadors/notice.html", {"notice": found, "knows_facts": knows_facts})
    if knows_facts:
        response.headers["Cache-Control"] = "private, no-store"
    return response
