"""A small community seen through the API: who is in it, what they wrote, and their tokens."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache

from community.accounts.models import Profile, Role, User
from community.topics.actions.answer import post_answer, post_comment
from community.topics.actions.ask import ask_question
from community.topics.models import Post, Section, Topic
from tests.community.api.program import Program


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def member_factory(db: None) -> Callable[..., User]:
    def make(username: str, role: str = Role.MEMBER) -> User:
        user = User.objects.create_user(username, f"{username}@private.example", role=role)
        Profile.objects.get_or_create(user=user)
        return user

    return make


@pytest.fixture
def asker(member_factory: Callable[..., User]) -> User:
    return member_factory("asker")


@pytest.fixture
def answerer(member_factory: Callable[..., User]) -> User:
    return member_factory("answerer")


@pytest.fixture
def stranger(member_factory: Callable[..., User]) -> User:
    return member_factory("stranger")


@pytest.fixture
def moderator(member_factory: Callable[..., User]) -> User:
    return member_factory("watcher", Role.MODERATOR)


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.create(
        slug="garden", title_fr="Jardin", title_en="Garden", purpose_fr="Tout ce qui pousse", purpose_en="What grows"
    )


@pytest.fixture
def question(asker: User, section: Section) -> Topic:
    return ask_question(
        by=asker,
        section=section,
        title="When do I prune the old apple tree?",
        body="It is *tall*.",
        lang="en",
        tags=["Apple tree"],
    )


@pytest.fixture
def answer(question: Topic, answerer: User) -> Post:
    return post_answer(question, by=answerer, body="In late winter, before the buds open.")


@pytest.fixture
def comment(answer: Post, asker: User) -> Post:
    return post_comment(answer, by=asker, body="Thank you, I will try.")


@pytest.fixture
def anonymous(db: None) -> Program:
    return Program()
