"""Making, finding and revoking API tokens."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from community.accounts.models import User
from community.api.models import ApiToken, Scope

MARK = "ent_"
# `last_used_at` is for people who look after their tokens: to ten minutes is near enough, and saves a write a request.
USE_NOTED_EVERY = timedelta(minutes=10)


def make_token(user: User, *, name: str = "", scope: str = Scope.WRITE, days: int | None = None) -> str:
    """A new token for `user`, valid for `days` or until revoked. It is returned here and kept nowhere."""
    plain = MARK + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        user=user,
        name=name[:60],
        scope=Scope(scope),
        prefix=plain[:10],
        digest=digest_of(plain),
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    return plain


def find_token(plain: str) -> ApiToken | None:
    """The valid token that reads `plain`, or None: unknown, expired, revoked, or of a closed account."""
    if not plain.startswith(MARK):
        return None
    token = ApiToken.objects.select_related("user").filter(digest=digest_of(plain), revoked_at=None).first()
    now = timezone.now()
    if token is None or not token.owner.is_active or (token.expires_at and token.expires_at <= now):
        return None
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def revoke_token(token: ApiToken) -> bool:
    """Make `token` useless from now on. Returns False when it already is."""
    return bool(ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()))


def digest_of(plain: str) -> str:
    """What is kept of a token. Its 256 random bits need no slow hash: there is nothing to guess from."""
    return hashlib.sha256(plain.encode()).hexdigest()
