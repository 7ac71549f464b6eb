"""A brand team's manager, and an ambassador."""

import pytest

from community.accounts.models import User
from tests.factories.ambassadors import make_ambassador, make_manager


@pytest.fixture
def manager(db: None) -> User:
    return make_manager()


@pytest.fixture
def ambassador(manager: User) -> User:
    return make_ambassador("amina", manager)
