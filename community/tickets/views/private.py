"""What all pages behind a ticket's key have in common: who may open them, and that nobody else hears of the key."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.accounts.models import User
from community.accounts.visitors import visitor
from community.core.same_origin import guest_form
from community.tickets.agents import is_agent
from community.tickets.models import Ticket

View = Callable[..., HttpResponseBase]


class Elsewhere(Exception):
    """The visitor has to go to another page first."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        super().__init__()


def ticket_by_key(request: HttpRequest, key: str) -> Ticket:
    """The ticket behind `key` for whoever may read it: a guest's for everyone who has the key, a member's for them.

    Raises Http404 for everyone else, and Elsewhere for who has to sign in, or has the inbox for it.
    """
    ticket = Ticket.objects.select_related("requester", "section", "topic").filter(key=key).first()
    if ticket is None:
        raise Http404(_("There is no such request. Copy the whole address from our e-mail."))
    user = visitor(request)
    if ticket.requester_id is None or ticket.requester_id == user.pk:
        return ticket
    if not user.is_authenticated:
        raise Elsewhere(redirect_to_login(request.path, resolve_url("account_login")))
    if ticket.is_confirmed and is_agent(user):
        raise Elsewhere(redirect(ticket.get_desk_url()))
    raise Http404(_("There is no such request. Copy the whole address from our e-mail."))


def customer(request: HttpRequest, ticket: Ticket) -> User | None:
    """In whose name the visitor acts on a ticket that `ticket_by_key` gave them: their own, or a guest's."""
    user = visitor(request)
    return user if isinstance(user, User) and ticket.requester_id == user.pk else None


def key_page(view: View) -> View:
    """A view behind a key: nothing of it is cached, indexed, or told to the site that a link leads to.

    Its forms come without a token: the browser vouches for the origin. "no-referrer" would make browsers hide the
    origin of the other forms on a member's page (signing out); there the key opens nothing without signing in.
    """

    @never_cache
    @guest_form
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Elsewhere as elsewhere:
            response = elsewhere.response
        is_member = visitor(request).is_authenticated
        response.headers["Referrer-Policy"] = "same-origin" if is_member else "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded
