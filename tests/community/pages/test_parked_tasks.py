"""Background tasks given up: operators see them, start them again, let them go; nobody else does."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from community.accounts.models import User
from community.core.models import BackgroundTask, TaskState

SignIn = Callable[[User], Client]


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("operator", "operator@example.org", "correct horse battery")


@pytest.fixture
def parked(db: None) -> list[BackgroundTask]:
    return [
        BackgroundTask.objects.create(
            path="shop.tasks.send",
            arguments={},
            state=TaskState.PARKED,
            attempts=8,
            error=f"Trace\nOSError: {name}",
        )
        for name in ("down", "full", "gone")
    ]


def test_operators_read_what_was_given_up_and_why(
    sign_in: SignIn, operator: User, parked: list[BackgroundTask]
) -> None:
    client = sign_in(operator)
    assert "3 background tasks were given up" in client.get("/admin/").content.decode()
    page = client.get(reverse("parked_tasks")).content.decode()
    assert "OSError: full" in page
    assert "shop.tasks.send" in page


def test_the_ticked_ones_start_again_with_all_their_attempts(
    sign_in: SignIn, operator: User, parked: list[BackgroundTask]
) -> None:
    client = sign_in(operator)
    answer = client.post(reverse("parked_tasks"), {"retry": "", "task": [parked[0].pk, "x"]})
    assert [str(message).strip() for message in get_messages(answer.wsgi_request)] == ["1 task starts again."]
    states = list(BackgroundTask.objects.order_by("id").values_list("state", "attempts"))
    assert states == [("ready", 0), ("parked", 8), ("parked", 8)]


def test_all_start_again_or_the_ticked_ones_are_discarded(
    sign_in: SignIn, operator: User, parked: list[BackgroundTask]
) -> None:
    client = sign_in(operator)
    client.post(reverse("parked_tasks"), {"discard": "", "task": [parked[0].pk]})
    client.post(reverse("parked_tasks"), {"all": "1"})
    assert set(BackgroundTask.objects.values_list("pk", "state")) == {(row.pk, "ready") for row in parked[1:]}
    assert "No task has been given up" in client.get(reverse("parked_tasks")).content.decode()


def test_the_brand_team_neither_sees_nor_touches_them(
    sign_in: SignIn, brand_member: User, parked: list[BackgroundTask]
) -> None:
    client = sign_in(brand_member)
    assert "given up" not in client.get("/admin/").content.decode()
    assert client.get(reverse("parked_tasks")).headers["Location"] == "/admin/"
    assert client.post(reverse("parked_tasks"), {"all": "1"}).headers["Location"] == "/admin/"
    assert BackgroundTask.objects.parked().count() == 3
