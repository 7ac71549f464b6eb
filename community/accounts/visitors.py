"""Who a request comes from, typed."""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from community.accounts.models import User


def visitor(request: HttpRequest) -> User | AnonymousUser:
    """The member behind `request`, or the anonymous one."""
    return request.user


def member(request: HttpRequest) -> User:
    """The member behind `request`; for views that `login_required` guards."""
    return cast(User, request.user)
