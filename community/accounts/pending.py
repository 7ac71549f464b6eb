"""What a guest typed, kept in the session until they have signed up or in, then published."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from community.accounts.models import User
from community.core.registry import Registry

SESSION_KEY = "pending_contribution"

# A handler performs the action for the member and returns where to land.
pending_contributions: Registry[Callable[[User, dict[str, Any]], str]] = Registry("pending contribution")


def keep_pending(request: HttpRequest, kind: str, data: dict[str, Any]) -> HttpResponseRedirect:
    """Keep `data` for the handler of `kind`, and send the guest to the last step."""
    request.session[SESSION_KEY] = {"kind": kind, "data": data}
    return redirect("account_signup")
