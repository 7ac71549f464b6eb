"""A thousand marked secrets in what is private, deleted, hidden or unpublished: no search of anybody finds one."""

from collections.abc import Callable
from itertools import islice

import pytest
from django.test import Client

from community.accounts.models import User
from community.api.tokens import make_token
from community.topics.models import Section, Topic
from search.engines import Filters
from search.engines.chosen import engine
from tests.factories.secrets import MARK, plant_secrets
from tests.factories.topics import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AsUser = Callable[..., Client]
AT_ONCE = 25


@pytest.fixture
def planted(section: Section) -> list[str]:
    return plant_secrets(section)


def searches(words: str) -> list[str]:
    """Every address that searches."""
    return [
        f"/en/search/?q={words}",
        f"/fr/search/?q={words}&explain=1",
        f"/en/search/suggestions/?q={words}",
        f"/en/ask/?q={words}",
        f"/en/get-help/answers/?q={words}",
        f"/api/v1/search?q={words}",
        f"/api/v1/suggest?q={words}&limit=20",
    ]


def test_no_search_finds_a_secret(as_user: AsUser, planted: list[str]) -> None:
    people = [
        None,
        make_user("stranger"),
        *(User.objects.get(username=name) for name in ("keeper", "helper", "warden")),
    ]
    for user in people:
        look_for(planted, as_user(user), {"HTTP_AUTHORIZATION": f"Bearer {make_token(user)}"} if user else {})


def look_for(planted: list[str], client: Client, token: dict[str, str]) -> None:
    """Search for every word by the engine, and for some of them on every page that searches."""
    rest = iter(planted)
    asked = 0
    while words := list(islice(rest, AT_ONCE)):
        for hit in engine().suggest(" ".join(words)) + engine().search(" ".join(words), Filters()).hits:
            pytest.fail(f"the engine proposes {hit} for {words}")
        if asked % 4 == 0:
            for address in searches("+".join(words[:12])):
                answer = client.get(address, **(token if address.startswith("/api") else {}))
                assert answer.status_code in (200, 302), (address, answer.status_code)
                shown = set(MARK.findall(answer.content.decode())) - set(words[:12])
                assert not shown, address
        asked += 1


def test_lists_feeds_maps_and_neighbours_tell_none(as_user: AsUser, planted: list[str], section: Section) -> None:
    topic = Topic.objects.listed().filter(section=section).order_by("pk")[0]
    everywhere = [
        "/en/", "/fr/", "/en/questions/", "/en/questions/unanswered/", "/en/questions/latest/feed/", "/en/s/plumbing/",
        "/en/s/plumbing/latest/feed/", "/en/s/hidden/", "/en/tags/", "/en/help/", "/en/members/keeper/",
        "/en/members/helper/feed/", topic.get_absolute_url(), "/sitemap.xml", "/sitemap-topics.xml", "/metrics",
        "/readyz", "/api/v1/topics", f"/api/v1/topics/{topic.pk}", "/api/v1/members/keeper",
    ]  # fmt: skip
    for person in (None, make_user("stranger")):
        client = as_user(person)
        for address in everywhere:
            answer = client.get(address, follow=True)
            assert answer.status_code in (200, 404), address
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert not MARK.findall(body.decode()), address
