"""What pages cost, how lists are walked, feeds, structured data, and pages kept for readers without an account."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from community.accounts.models import User
from community.topics.actions.answer import post_comment
from community.topics.actions.delete import delete_post
from community.topics.actions.edit import edit_post
from community.topics.actions.follow import share_problem
from community.topics.actions.resolve import accept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section, Topic
from tests.factories.topics import make_answer, make_topic, make_user, opening_of

Browser = Callable[..., Client]
MOST_QUERIES = 10


def cost(browser: Client, address: str) -> int:
    browser.get(address)  # values kept between requests, and the read mark, are paid for once
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


@pytest.fixture
def full_topic(topic: Topic) -> Callable[[int], Topic]:
    """Fills `topic` up to a number of answers, each by someone else and with comments."""

    def fill(answers: int) -> Topic:
        for number in range(topic.posts.filter(kind="answer").count(), answers):
            post = make_answer(topic, make_user(f"helper{number}"))
            for person in (0, 1):
                post_comment(post, by=User.objects.get(username=f"helper{max(0, number - person)}"), body="I agree.")
        topic.refresh_from_db()
        return topic

    return fill


@pytest.mark.slow
@pytest.mark.bulk
@pytest.mark.parametrize("reader", ["anonymous", "stranger", "moderator"])
def test_a_topic_costs_the_same_whatever_its_length(
    full_topic: Callable[[int], Topic], as_user: Browser, reader: str, request: pytest.FixtureRequest
) -> None:
    user = None if reader == "anonymous" else request.getfixturevalue(reader)
    browser = as_user(user)
    # A session cookie without a member keeps a reader's pages out of the cache, so that their cost is seen.
    if user is None:
        browser.cookies["entraide_session"] = "none"
    topic = full_topic(3)
    accept_answer(topic.posts.filter(kind="answer")[0], by=topic.author)
    few = cost(browser, topic.get_absolute_url())
    many = cost(browser, full_topic(25).get_absolute_url())
    assert many == few <= MOST_QUERIES


@pytest.mark.slow
@pytest.mark.bulk
@pytest.mark.parametrize("address", ["/en/questions/", "/en/questions/unanswered/", "/en/s/plumbing/", "/en/tags/tap/"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_list_costs_the_same_whatever_its_length(
    asker: User, stranger: User, section: Section, as_user: Browser, address: str, signed_in: bool
) -> None:
    browser = as_user(stranger if signed_in else None)
    if not signed_in:
        browser.cookies["entraide_session"] = "none"
    for _number in range(2):
        make_topic(asker, section, tags=["tap", "sink"])
    few = cost(browser, address)
    for number in range(20):
        make_topic(make_user(f"asker{number}"), section, tags=["tap", f"tag{number}"])
    assert cost(browser, address) == few <= MOST_QUERIES


@pytest.mark.slow
@pytest.mark.bulk
def test_walking_a_list_meets_every_topic_once_and_comes_back(asker: User, section: Section, client: Client) -> None:
    at = timezone.now() - timedelta(days=1)
    made = [make_topic(asker, section, at=at + timedelta(minutes=number // 3)).pk for number in range(53)]
    address, seen, pages = "/en/questions/", [], []
    while address:
        page = client.get(address)
        pages.append(found := [int(pk) for pk in re.findall(r'<a href="/en/t/(\d+)/', page.text)])
        seen += found
        link = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = f"/en/questions/{link[1]}" if link else ""
    assert seen == sorted(made, reverse=True)
    back = re.search(r'rel="prev" href="([^"]+)"', page.text)
    assert back is not None
    assert [
        int(pk) for pk in re.findall(r'<a href="/en/t/(\d+)/', client.get(f"/en/questions/{back[1]}").text)
    ] == pages[1]


@pytest.mark.slow
@pytest.mark.bulk
def test_the_pages_of_a_topic_hold_every_answer_once(topic: Topic, answerer: User, client: Client) -> None:
    made = [make_answer(topic, answerer).pk for _number in range(43)]
    topic.refresh_from_db()
    for order in ("helpful", "oldest", "newest"):
        address, seen = f"{topic.get_absolute_url()}?order={order}", []
        while address:
            page = client.get(address)
            seen += [int(pk) for pk in re.findall(r'<article class="post" id="post-(\d+)"', page.text)]
            link = re.search(r'rel="next" href="([^"#]+)', page.text)
            address = topic.get_absolute_url() + link[1].replace("&amp;", "&") if link else ""
        assert sorted(seen) == made, order
    last = client.get(f"{topic.get_absolute_url()}?order=oldest&page=last")
    assert f'id="post-{made[-1]}"' in last.text
    assert 'content="noindex"' in last.text
    linked = client.get(f"/en/p/{made[30]}/", follow=True)
    assert f'id="post-{made[30]}"' in linked.text


@pytest.mark.parametrize(
    "cursor", ["x", "a.", "a.x", "b.bnVsbA", "a.W10", "a.WyJ4IiwxXQ", "a." + "W" * 4000, "c.WzFd", "é"]
)
def test_a_page_that_no_page_gave_is_not_found(topic: Topic, client: Client, cursor: str) -> None:
    assert client.get("/en/questions/", {"page": cursor}).status_code == 404
    assert client.get(topic.get_absolute_url(), {"page": cursor}).status_code == 404


@pytest.mark.parametrize("tab", ["latest", "unanswered", "solved", "shared"])
def test_every_list_has_a_feed_that_readers_can_read(
    answer: Post, asker: User, stranger: User, section: Section, client: Client, tab: str
) -> None:
    waiting = make_topic(stranger, section, title="Why <b>& when</b> does it drip?", tags=["tap"])
    accept_answer(answer, by=asker)
    share_problem(waiting, by=asker)
    for place in ("questions/", "s/plumbing/", "tags/tap/"):
        response = client.get(f"/fr/{place}{tab}/feed/")
        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/atom+xml")
        assert not response.cookies
        feed = etree.fromstring(response.content)
        names = {child.tag.split("}")[1] for child in feed}
        assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
        assert names >= {"title", "id", "updated", "link"}
        for entry in feed.iter("{http://www.w3.org/2005/Atom}entry"):
            link = entry.find("{http://www.w3.org/2005/Atom}link").get("href")
            assert client.get(urlsplit(link).path).status_code == 200
    feed = client.get("/en/questions/unanswered/feed/").text
    assert "Why &lt;b&gt;&amp; when&lt;/b&gt; does it drip?" in feed
    assert client.get("/en/questions/nothing/feed/").status_code == 404


def test_a_members_feed_shows_what_they_show(topic: Topic, asker: User, client: Client) -> None:
    assert topic.title in client.get("/en/members/asker/feed/").text
    asker.profile.show_activity = False
    asker.profile.save()
    assert client.get("/en/members/asker/feed/").status_code == 404


def test_structured_data_says_what_the_page_says_and_cannot_end_its_script(
    topic: Topic, answerer: User, asker: User, stranger: User, client: Client
) -> None:
    assert "application/ld+json" not in client.get(topic.get_absolute_url()).text
    hostile = "</script><script>alert(1)</script> <!-- & \u2028 'x' \"y\""
    answer = make_answer(topic, answerer, body=hostile)
    make_answer(topic, stranger, body="Another way.")
    vote_post(answer, by=stranger, value=1)
    accept_answer(answer, by=asker)
    page = client.get(topic.get_absolute_url()).text
    assert "<script>alert(1)" not in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    question = json.loads(found[1])["mainEntity"]
    assert (question["@type"], question["name"], question["answerCount"]) == ("Question", topic.title, 2)
    assert question["acceptedAnswer"][0]["text"].startswith("</script><script>alert(1)</script>")
    assert question["acceptedAnswer"][0]["upvoteCount"] == 1
    assert question["suggestedAnswer"][0]["text"] == "Another way."


def test_a_topic_has_one_canonical_address_in_its_own_language(asker: User, section: Section, client: Client) -> None:
    topic = make_topic(asker, section, lang="fr", title="Pourquoi mon robinet goutte-t-il ?")
    for language in ("fr", "en"):
        page = client.get(f"/{language}/t/{topic.pk}/{topic.slug}/").text
        assert f'<link rel="canonical" href="http://testserver/fr/t/{topic.pk}/{topic.slug}/">' in page


def test_old_questions_without_an_answer_are_left_out_of_search_engines(
    asker: User, answerer: User, section: Section, client: Client
) -> None:
    old = make_topic(asker, section, at=timezone.now() - timedelta(days=31))
    new = make_topic(asker, section, at=timezone.now() - timedelta(days=29))
    robots = '<meta name="robots" content="noindex">'
    assert robots in client.get(old.get_absolute_url()).text
    assert robots not in client.get(new.get_absolute_url()).text
    make_answer(old, answerer)
    assert robots not in client.get(old.get_absolute_url()).text


def test_members_see_what_is_new_until_they_have_read_it(
    stranger: User, topic: Topic, answerer: User, as_user: Browser
) -> None:
    browser = as_user(stranger)
    assert "topic-row--unread" in browser.get("/en/questions/").text
    browser.get(topic.get_absolute_url())
    assert "topic-row--unread" not in browser.get("/en/questions/").text
    make_answer(topic, answerer)
    assert "topic-row--unread" in browser.get("/en/questions/").text
    assert "topic-row--unread" not in as_user().get("/en/questions/").text


def test_a_synonym_leads_to_its_tag(asker: User, section: Section, client: Client) -> None:
    topic = make_topic(asker, section, tags=["tap"])
    tap = topic.tags.get()
    tap.synonyms.create(slug="faucet", label="faucet")
    response = client.get("/en/tags/faucet/")
    assert (response.status_code, response["Location"]) == (301, "/en/tags/tap/")
    assert topic.title in client.get("/en/tags/tap/").text


def test_editing_the_opening_renews_the_lists(topic: Topic, asker: User, client: Client) -> None:
    assert topic.title in client.get("/en/questions/").text
    edit_post(opening_of(topic), by=asker, body="Drip.", title="Why does my tap drip?", base_revision=1)
    assert "Why does my tap drip?" in client.get("/en/questions/").text


def test_deleting_a_question_takes_it_off_every_list(topic: Topic, asker: User, client: Client) -> None:
    for address in ("/en/questions/", "/en/s/plumbing/", "/en/questions/latest/feed/"):
        assert topic.title in client.get(address).text
    delete_post(opening_of(topic), by=asker)
    for address in ("/en/questions/", "/en/s/plumbing/", "/en/questions/latest/feed/"):
        assert topic.title not in client.get(address).text
