"""Who calls the API: anyone may read what is public, a token is needed to write.

Session cookies are not looked at, so no page of another site can make a member's browser write anything here.
"""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError

from community.accounts.models import User
from community.api.models import ApiToken
from community.api.tokens import find_token
from community.core import ratelimits
from community.core.errors import PermissionDenied
from community.core.paths import client_address


@dataclass(frozen=True)
class Caller:
    """A program, and the member it speaks for, if any."""

    user: User | AnonymousUser
    counted_as: str


class Bearer:
    """Lets a request in, and counts it against the limits of its token, or else of its address.

    With `is_open` nobody needs a token.
    """

    openapi_security_schema = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made with `manage.py create_token USER`.",
    }

    def __init__(self, *, writes: bool, is_open: bool = False) -> None:
        self.writes, self.is_open = writes, is_open

    def __call__(self, request: HttpRequest) -> Caller:
        """The caller. Raises AuthenticationError, PermissionDenied or TooFast."""
        token = self._token(request)
        if token is None and not self.is_open:
            raise AuthenticationError(message=_("This needs a token, in the header “Authorization: Bearer …”."))
        if token is not None and self.writes and not token.can_write:
            raise PermissionDenied(_("This token may only read."))
        address = f"address:{client_address(request)}"
        caller = Caller(AnonymousUser(), address) if token is None else Caller(token.owner, f"token:{token.pk}")
        ratelimits.spend(ratelimits.API_WRITE if self.writes else ratelimits.API_READ, caller.counted_as)
        return caller

    def _token(self, request: HttpRequest) -> ApiToken | None:
        given = request.headers.get("Authorization", "").strip()
        if not given:
            return None
        scheme, _space, plain = given.partition(" ")
        token = find_token(plain.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            ratelimits.spend(ratelimits.API_WRITE, f"wrong-token:{client_address(request)}", when_down=False)
            raise AuthenticationError(message=_("This token is unknown, has expired or was revoked."))
        return token


READS, OWN, WRITES = Bearer(writes=False, is_open=True), Bearer(writes=False), Bearer(writes=True)


def caller(request: HttpRequest) -> Caller:
    """Who was let in."""
    return cast(Caller, request.auth)  # type: ignore[attr-defined]


def reader(request: HttpRequest) -> User | AnonymousUser:
    """The member a reading program speaks for, or the anonymous one."""
    return caller(request).user


def member(request: HttpRequest) -> User:
    """The member in whose name a program asks or writes; for operations with `auth=OWN` or `auth=WRITES`."""
    return cast(User, caller(request).user)
