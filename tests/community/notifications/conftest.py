"""A kind of notification of our own, and people to tell."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _

from community.accounts.actions.emails import trust_email
from community.accounts.models import User
from community.notifications.kinds import Kind, Told, kinds

GONE = 404


def describe_visit(notifications):
    return {
        row.pk: Told(
            _("%(name)s has <b>visited</b> you") % {"name": row.actor.username if row.actor else "?"},
            reverse("accounts:member", args=[row.user.username]),
            _("Profile"),
        )
        for row in notifications
        if row.data.get("post_id") != GONE
    }


@pytest.fixture(autouse=True)
def _visit_kind():
    caches["default"].clear()
    with kinds.with_entry("visit", Kind("visit", "someone visits me", "At once", describe_visit)):
        yield


@pytest.fixture
def person(db):
    def make(username: str, *, confirmed: bool = True, **fields) -> User:
        user = User.objects.create_user(username, f"{username}@example.org", "correct horse battery", **fields)
        if confirmed:
            trust_email(user)
        return user

    return make


@pytest.fixture
def nadia(person) -> User:
    return person("nadia", language="fr")


@pytest.fixture
def john(person) -> User:
    return person("john", language="en")
