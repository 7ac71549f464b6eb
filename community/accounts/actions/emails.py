"""Confirmed e-mail addresses: whose they are, and saying that one is."""

from allauth.account.models import EmailAddress
from django.db import transaction

from community.accounts.models import User


def trust_email(user: User) -> bool:
    """Mark the e-mail of `user` as confirmed, for accounts that an operator makes. Returns False when it already was.

    Raises IntegrityError when another account has confirmed the same address.
    """
    if not user.email:
        return False
    with transaction.atomic():
        address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email.lower())
        if address.verified and address.primary:
            return False
        EmailAddress.objects.filter(user=user, primary=True).exclude(pk=address.pk).update(primary=False)
        address.verified = address.primary = True
        address.save(update_fields=["verified", "primary"])
    return True


def confirmed_email(user: User) -> str:
    """The address to which `user` may be written, empty when they confirmed none. One query."""
    address = EmailAddress.objects.get_verified(user)
    return str(address.email) if address else ""
