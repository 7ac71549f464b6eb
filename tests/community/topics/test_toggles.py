"""One-tap buttons say what they want, so that pressing twice asks the same twice."""

import pytest
from django.test import Client

from community.accounts.models import User
from community.topics.actions.move import close_topic
from community.topics.models import Topic


def path(topic: Topic, action: str) -> str:
    return f"/en/t/{topic.pk}/{action}/"


@pytest.mark.parametrize(("action", "counter"), [("follow", "follower_count"), ("same-problem", "same_problem_count")])
def test_pressing_twice_counts_once_and_taking_back_twice_takes_back_once(
    as_user, stranger: User, topic: Topic, action: str, counter: str
) -> None:
    client = as_user(stranger)
    for value, expected in [("1", 1), ("1", 1), ("0", 0), ("0", 0)]:
        client.post(path(topic, action), {"value": value})
        topic.refresh_from_db()
        assert getattr(topic, counter) == expected


def test_two_moderators_who_close_at_once_leave_it_closed(as_user, moderator: User, topic: Topic) -> None:
    client = as_user(moderator)
    client.post(path(topic, "close"), {"value": "1"})
    client.post(path(topic, "close"), {"value": "1"})
    topic.refresh_from_db()
    assert topic.is_closed
    client.post(path(topic, "close"), {"value": "0"})
    topic.refresh_from_db()
    assert not topic.is_closed


def test_a_guest_is_told_at_once_that_a_topic_is_closed(moderator: User, topic: Topic) -> None:
    close_topic(topic, by=moderator)
    response = Client(headers={"sec-fetch-site": "same-origin"}).post(
        path(topic, "answer/guest"), {"body": "Turn it off first."}
    )
    assert response.status_code == 403
    assert "closed to new answers" in response.content.decode()
    assert "Turn it off first." in response.content.decode()
