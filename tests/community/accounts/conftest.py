"""People and a browser for the tests of accounts."""

import pytest

from community.accounts.actions.emails import trust_email
from community.accounts.models import Role, User


@pytest.fixture
def person(db):
    """Makes people whose address is confirmed."""

    def make(username: str, role: Role = Role.MEMBER, *, confirmed: bool = True, **fields) -> User:
        user = User.objects.create_user(
            username, f"{username.lower()}@example.org", "correct horse battery", role=role, **fields
        )
        if confirmed:
            trust_email(user)
        return user

    return make


@pytest.fixture
def nadia(person) -> User:
    return person("nadia", language="fr")


@pytest.fixture
def stranger(person) -> User:
    return person("stranger")


@pytest.fixture
def boss(person) -> User:
    return person("boss", Role.BRAND)
