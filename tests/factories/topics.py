"""Questions, answers and sections, made as people make them."""

from itertools import count
from typing import Any

from community.accounts.models import Role, User
from community.topics.actions.answer import post_answer
from community.topics.actions.ask import ask_question
from community.topics.models import Post, Section, Topic

numbers = count(1)


def make_user(name: str, role: str = Role.MEMBER, **fields: Any) -> User:
    """Someone with an account; members have earned basic trust unless told otherwise."""
    return User.objects.create_user(name, f"{name}@example.org", "pw", role=role, **{"trust_level": 1, **fields})


def make_section(slug: str = "plumbing", **fields: Any) -> Section:
    """A section open to the public."""
    fields = {"title_fr": f"{slug} (fr)", "title_en": slug.capitalize(), "live": True, **fields}
    return Section.objects.create(slug=slug, **fields)


def make_topic(by: User, section: Section, **fields: Any) -> Topic:
    """A question with words of its own."""
    number = next(numbers)
    words = {
        "title": f"How do I stop tap number {number} dripping?",
        "body": f"It drips since Monday, tap {number}.",
        "lang": "en",
    }
    return ask_question(by=by, section=section, **{**words, **fields})


def make_answer(topic: Topic, by: User, **fields: Any) -> Post:
    """An answer with words of its own."""
    return post_answer(topic, by=by, **{"body": f"Change the washer, number {next(numbers)}.", **fields})


def opening_of(topic: Topic) -> Post:
    """The first post of `topic`."""
    return topic.posts.get(kind="opening")
