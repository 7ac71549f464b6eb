"""What people see of their merit: the leaderboard, their own statement, the API."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from community.accounts.models import Role, User
from community.topics.actions.delete import delete_post
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section, Tag, Topic
from rewards.boards.standings import OwnPlace, board, own_place, span_of
from rewards.models import RewardSettings
from tests.factories.topics import make_answer, make_topic, make_user

pytestmark = pytest.mark.django_db


def earn(member: User, topic: Topic, votes: int, name: str) -> Post:
    answer = make_answer(topic, member)
    for number in range(votes):
        vote_post(answer, by=make_user(f"{name}{number}"), value=1)
    return answer


def test_ties_share_a_place_and_the_team_stands_apart(client: Client, topic: Topic) -> None:
    for name, votes in (("ann", 2), ("ben", 1), ("cleo", 1), ("dan", 1)):
        earn(make_user(name), topic, votes, f"fan-of-{name}")
    earn(make_user("boss", Role.STAFF), topic, 3, "fan-of-boss")
    body = client.get("/api/v1/leaderboard?period=week").json()
    assert [(row["place"], row["member"]["username"], row["points"]) for row in body["items"]] == [
        (1, "ann", 20),
        (2, "ben", 10),
        (2, "cleo", 10),
        (2, "dan", 10),
    ]
    page = client.get("/en/leaderboard/").content.decode()
    assert page.index("ann") < page.index("From the team") < page.index("boss")


def test_a_leaderboard_costs_the_same_whatever_its_size(
    client: Client, topic: Topic, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    earn(make_user("ann"), topic, 1, "f")
    earn(make_user("boss", Role.STAFF), topic, 1, "g")
    client.get("/en/leaderboard/")
    with django_assert_num_queries(2):
        client.get("/en/leaderboard/?period=week")
    for number in range(5):
        earn(make_user(f"member{number}"), topic, 1, f"fan{number}-")
    with django_assert_num_queries(2):
        client.get("/en/leaderboard/?period=year")


def test_a_section_has_its_own_and_another_field_is_none(
    client: Client, topic: Topic, section: Section, asker: User
) -> None:
    earn(make_user("ann"), topic, 1, "f")
    assert "ann" in client.get(f"/en/leaderboard/?section={section.slug}").content.decode()
    assert client.get("/en/leaderboard/?section=nowhere").status_code == 404
    assert client.get("/en/leaderboard/?period=century").status_code == 404


def test_a_tag_has_its_own_which_the_page_offers(client: Client, topic: Topic, section: Section, asker: User) -> None:
    taps = Tag.objects.create(slug="taps", label="taps", topic_count=1)
    Tag.objects.create(slug="faucets", label="faucets", synonym_of=taps)
    topic.tags.add(taps)
    earn(make_user("ann"), topic, 1, "f")
    earn(make_user("ben"), make_topic(asker, section), 1, "g")
    assert 'href="?period=month&amp;tag=taps"' in client.get("/en/leaderboard/").text
    for name in ("taps", "faucets"):
        page = client.get(f"/en/leaderboard/?tag={name}").text
        assert "/members/ann/" in page
        assert "/members/ben/" not in page
        assert [row["member"]["username"] for row in api(client, f"tag={name}")] == ["ann"]
    assert [row["member"]["username"] for row in api(client, f"section={section.slug}")] == ["ann", "ben"]
    assert client.get("/api/v1/leaderboard?tag=nothing").status_code == 404


def api(client: Client, asked: str) -> list[dict[str, Any]]:
    return client.get(f"/api/v1/leaderboard?{asked}").json()["items"]


def test_who_is_not_on_the_board_still_reads_where_they_stand(client: Client, topic: Topic) -> None:
    earn(make_user("zoe"), topic, 1, "f")
    earn(make_user("ann"), topic, 2, "g")
    zoe = User.objects.get(username="zoe")
    span = span_of("week")
    assert own_place(zoe, [], span) == own_place(zoe, board(span), span) == OwnPlace(2, 10)
    assert own_place(make_user("nobody"), board(span), span) is None


def test_whoever_wants_stays_out(client: Client, topic: Topic) -> None:
    ann = make_user("ann")
    earn(ann, topic, 1, "f")
    client.force_login(ann)
    assert "You: place 1, 10 points." in client.get("/en/leaderboard/").content.decode()
    client.post("/en/me/reputation/", {"hidden": "1"})
    assert client.get("/api/v1/leaderboard?period=all").json()["items"] == []


def test_a_statement_says_what_when_why_and_how_much(client: Client, section: Section, asker: User) -> None:
    ann = make_user("ann")
    for _ in range(3):
        vote_post(make_answer(make_topic(asker, section), ann), by=asker, value=1)
    gone = earn(ann, make_topic(asker, section), 1, "f")
    delete_post(gone, by=ann)
    client.force_login(ann)
    page = client.get("/en/me/reputation/").content.decode()
    assert "Helpful vote" in page
    assert "often from the same person" in page
    assert "10 without that limit" in page
    assert "taken back" in page


def test_the_brand_changes_what_a_vote_is_worth(topic: Topic) -> None:
    ann = make_user("ann")
    settings = RewardSettings.for_site(Site.objects.get(is_default_site=True))
    settings.helpful_vote = 4
    settings.save()
    earn(ann, topic, 1, "f")
    ann.refresh_from_db()
    assert ann.reputation == 5


def test_a_statement_is_for_its_member_only(client: Client) -> None:
    assert client.get("/en/me/reputation/").status_code == 302


@pytest.mark.parametrize(("lang", "said"), [("en", "Reputation: 12,345"), ("fr", "12\u202f345")])
def test_large_numbers_are_read_at_a_glance(client: Client, lang: str, said: str) -> None:
    ann = make_user("ann")
    User.objects.filter(pk=ann.pk).update(reputation=12345)
    assert said in client.get(f"/{lang}/members/ann/").content.decode()
    client.force_login(ann)
    assert said[-6:] in client.get(f"/{lang}/me/reputation/").content.decode()
