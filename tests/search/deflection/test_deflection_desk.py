"""The report at the desk: its figures with their definitions, its table, its CSV, and who may see it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from community.accounts.actions.desk_groups import complete_groups, join_desk_group
from community.accounts.models import Role, User
from community.core.tasks.worker import Worker
from community.topics.models import Post
from search.deflection import desk
from search.models import DeflectionEvent, Place, Step
from tests.factories.topics import make_user

AsUser = Callable[..., Client]
ADDRESS = "/admin/deflection/"
STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}


@pytest.fixture
def brand_member(db: None) -> User:
    complete_groups()
    user = make_user("brand", Role.BRAND)
    join_desk_group(user)
    return user


@pytest.fixture
def a_week(answer: Post) -> None:
    """One explicit deflection of five days ago, one ticket of today."""
    then = timezone.now() - timedelta(days=5)
    topic = f"topic:{answer.topic_id}"
    for visitor, step, at, documents in (
        ("ana", Step.FORM_OPENED, then, []),
        ("ana", Step.OPENED, then + timedelta(minutes=1), [topic]),
        ("ben", Step.OPENED, then, [topic]),
        ("ben", Step.FORM_OPENED, then, []),
        ("ben", Step.TICKET_SENT, then + timedelta(minutes=5), []),
    ):
        DeflectionEvent.objects.create(visitor=visitor, step=step, at=at, documents=documents, place=Place.HELP)


@pytest.mark.usefixtures("a_week")
def test_the_brand_team_reads_figures_and_what_they_mean(as_user: AsUser, brand_member: User, answer: Post) -> None:
    page = as_user(brand_member).get(ADDRESS, {"days": 7}).content.decode()
    assert "50.0&nbsp;%" in page
    assert "did not come back to ask or write within 72 hours" in page
    assert "2 of them opened the form to support" in page
    assert page.count("<tr><th") >= 7
    assert answer.topic.title in page


@pytest.mark.usefixtures("a_week")
def test_the_same_as_csv(as_user: AsUser, brand_member: User) -> None:
    response = as_user(brand_member).get(ADDRESS, {"days": 7, "export": "csv"})
    rows = response.content.decode().splitlines()
    day = timezone.localdate() - timedelta(days=5)
    assert rows[0] == "day,form_opened,explicit_deflection,confirmed,tickets"
    assert f"{day.isoformat()},2,1,0,1" in rows
    assert len(rows) == 8


def test_an_empty_report_says_what_will_be_there(as_user: AsUser, brand_member: User) -> None:
    assert "Nobody has looked for help" in as_user(brand_member).get(ADDRESS).content.decode()


@pytest.mark.parametrize("asked", ["", "6", "x", "99999999999999999999"])
def test_an_unknown_period_is_the_usual_one(as_user: AsUser, brand_member: User, asked: str) -> None:
    assert as_user(brand_member).get(ADDRESS, {"days": asked}).status_code == 200


@pytest.mark.usefixtures("a_week")
def test_what_is_too_much_for_a_request_is_counted_in_the_background(
    as_user: AsUser, brand_member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_AT_ONCE", 2)
    client = as_user(brand_member)
    with override_settings(TASKS=STORED):
        assert "Load this page again in a minute" in client.get(ADDRESS, {"days": 7}).content.decode()
        assert Worker().drain() >= 1
        assert "50.0&nbsp;%" in client.get(ADDRESS, {"days": 7}).content.decode()


def test_others_do_not_see_it(as_user: AsUser, moderator: User, stranger: User) -> None:
    complete_groups()
    join_desk_group(moderator)
    for person in (None, stranger, moderator):
        response = as_user(person).get(ADDRESS)
        assert response.status_code in (302, 403)
        assert b"Explicit deflection" not in response.content
