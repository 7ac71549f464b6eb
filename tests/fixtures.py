"""People of every capacity, a section, a question with an answer, and clients signed in as anyone."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.utils import translation

from community.accounts.models import Role, User
from community.topics.models import Post, Section, Topic
from tests.factories.topics import make_answer, make_section, make_topic, make_user

BACKEND = "community.accounts.privileges.PrivilegeBackend"


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    """No page kept, no use counted by another test."""
    for name in ("default", "pages"):
        caches[name].clear()


@pytest.fixture(autouse=True)
def _site_language() -> None:
    """A request leaves its language active in the thread; no test starts in the language of the one before it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def asker(db: None) -> User:
    return make_user("asker")


@pytest.fixture
def answerer(db: None) -> User:
    return make_user("answerer")


@pytest.fixture
def stranger(db: None) -> User:
    """A member with no part in what the test is about."""
    return make_user("stranger")


@pytest.fixture
def newcomer(db: None) -> User:
    """A member who has yet to earn any trust."""
    return make_user("newcomer", trust_level=0)


@pytest.fixture
def expert(db: None) -> User:
    return make_user("expert", Role.EXPERT)


@pytest.fixture
def staff_member(db: None) -> User:
    return make_user("staff_member", Role.STAFF)


@pytest.fixture
def moderator(db: None) -> User:
    return make_user("moderator", Role.MODERATOR)


@pytest.fixture
def section(db: None) -> Section:
    return make_section()


@pytest.fixture
def topic(asker: User, section: Section) -> Topic:
    """An open question of `asker`."""
    return make_topic(asker, section, title="How do I stop a dripping tap?", body="It drips since Monday.")


@pytest.fixture
def answer(topic: Topic, answerer: User) -> Post:
    """An answer of `answerer` to `topic`."""
    post = make_answer(topic, answerer, body="Change the washer.")
    topic.refresh_from_db()
    return post


@pytest.fixture
def as_user(db: None) -> Callable[[User | None], Client]:
    """A new browser, signed in as someone, or as nobody."""

    def browser(user: User | None = None, **options: object) -> Client:
        client = Client(**options)  # type: ignore[arg-type]
        if user is not None:
            client.force_login(user, backend=BACKEND)
        return client

    return browser
