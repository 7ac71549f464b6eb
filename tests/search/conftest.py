"""Questions that search finds, beside others that it should not."""

import pytest

from community.accounts.models import User
from community.topics.actions.resolve import accept_answer
from community.topics.models import Post, Section, Topic
from tests.factories.topics import make_answer, make_section, make_topic


@pytest.fixture
def garden(stranger: User) -> list[Topic]:
    """Questions about something else."""
    section = make_section("garden")
    return [
        make_topic(stranger, section, title=f"When is the time to sow carrots, row {row}?", body=f"Row {row}.")
        for row in range(3)
    ]


@pytest.fixture
def kettle(asker: User, answerer: User, section: Section, garden: list[Topic]) -> Topic:
    """A solved question."""
    topic = make_topic(asker, section, title="How do I descale a kettle?", body="White stuff swims in my tea.")
    answer = make_answer(topic, answerer, body="Boil vinegar and water in it. Rinse twice.\n\nDo not use bleach.")
    accept_answer(answer, by=asker)
    topic.refresh_from_db()
    return topic


@pytest.fixture
def kettle_answer(kettle: Topic) -> Post:
    return Post.objects.get(topic=kettle, kind="answer")
