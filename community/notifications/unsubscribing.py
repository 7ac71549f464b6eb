"""Links that stop one kind of e-mail to one person, without signing in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from community.accounts.models import User
from community.notifications.kinds import Kind, kinds

SALT = "notifications.unsubscribe"


def unsubscribe_url(user: User, kind: str) -> str:
    """The address that stops e-mails of `kind` to `user`, for as long as the site keeps its secret key."""
    token = signing.dumps([user.pk, kind], salt=SALT)
    return f"{settings.SITE_URL}{reverse('notifications:unsubscribe', args=[token])}"


def read_token(token: str) -> tuple[User, Kind] | None:
    """Whom and what a token is for; None when it was not made here, or is about nobody or nothing any more."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk).first()
    return (user, kinds[kind]) if user and kind in kinds else None
