"""Suggest and search through the API."""

import pytest
from django.test import Client

from community.accounts.models import User
from community.topics.actions.delete import delete_post
from community.topics.models import Section, Topic
from tests.factories.topics import make_topic, opening_of

pytestmark = pytest.mark.django_db


def test_suggest_gives_what_the_contract_names(client: Client, kettle: Topic) -> None:
    answer = client.get("/api/v1/suggest", {"q": "how to descale my kettle", "lang": "en", "limit": "3"}).json()
    item = answer["items"][0]
    assert set(answer) == {"items", "took_ms", "engine"}
    assert {"id", "kind", "title", "url", "solved", "score", "excerpt"} <= set(item)
    assert (item["id"], item["kind"], item["solved"]) == (str(kettle.pk), "topic", True)
    assert item["url"].startswith("http://testserver/")
    assert "vinegar" in item["excerpt"]
    assert answer["engine"] == "database"


def test_suggest_gives_nothing_rather_than_noise(client: Client, kettle: Topic) -> None:
    assert client.get("/api/v1/suggest", {"q": "quantum chromodynamics of gluons"}).json()["items"] == []


def test_search_narrows_and_pages(client: Client, kettle: Topic, stranger: User, section: Section) -> None:
    for number in range(25):
        make_topic(stranger, section, title=f"Kettle of colour {number}")
    first = client.get("/api/v1/search", {"q": "kettle", "section": "plumbing", "kind": "topic"}).json()
    second = client.get("/api/v1/search", {"q": "kettle", "cursor": first["next"]}).json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (20, 6, None)
    assert first["counts"] == {"topic": 26}
    assert client.get("/api/v1/search", {"q": "kettle", "section": "garden"}).json()["items"] == []
    assert client.get("/api/v1/search", {"q": "kettle", "lang": "fr"}).json()["items"] == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("suggest", {}),
        ("suggest", {"q": "\x00"}),
        ("suggest", {"q": "kettle", "limit": "1000"}),
        ("suggest", {"q": "kettle", "lang": "xx"}),
        ("search", {}),
        ("search", {"q": "kettle", "cursor": "-1"}),
        ("search", {"q": "kettle", "kind": "person"}),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_problem(client: Client, path: str, asked: dict[str, str]) -> None:
    response = client.get(f"/api/v1/{path}", asked)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"


def test_the_deleted_is_given_to_nobody(client: Client, kettle: Topic, moderator: User) -> None:
    delete_post(opening_of(kettle), by=moderator)
    for path in ("suggest", "search"):
        assert client.get(f"/api/v1/{path}", {"q": "descale my kettle"}).json()["items"] == []
