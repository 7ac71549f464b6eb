"""Pages kept for readers without an account: never stale, never another person's, never with a token."""

from collections.abc import Callable

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from community.accounts.models import User
from community.core import page_cache
from community.topics.actions.answer import post_answer
from community.topics.actions.delete import delete_post
from community.topics.actions.edit import edit_post
from community.topics.models import Post, Topic
from tests.factories.topics import make_topic
from tests.factories.transactions import Undone, roll_back

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def acting(django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[[Callable[[], object]], None]:
    """Does something as a request would: what waits for the commit runs after it."""

    def act(what: Callable[[], object]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            what()

    return act


def is_kept(address: str) -> bool:
    return page_cache.find(page_cache.key_of("GET", "testserver", address, {}) or "") is not None


@pytest.fixture
def kept(answer: Post, client: Client, acting: Callable[[Callable[[], object]], None]) -> Topic:
    """A topic whose page is kept."""
    caches["pages"].clear()
    topic = answer.topic
    response = client.get(topic.get_absolute_url())
    assert not response.cookies
    assert is_kept(topic.get_absolute_url())
    return topic


def test_a_kept_page_costs_no_query_and_sets_no_cookie(
    kept: Topic, client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(0):
        response = client.get(kept.get_absolute_url())
    assert "Change the washer." in response.text
    assert not response.cookies
    assert "csrf" not in response.text
    assert response["Cache-Control"] == "private, no-cache"


def test_a_kept_page_is_sent_compressed_to_those_who_take_it(kept: Topic, client: Client) -> None:
    packed = client.get(kept.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) == int(packed["Content-Length"])
    assert len(packed.content) < len(client.get(kept.get_absolute_url()).content)


def test_a_deleted_answer_is_never_served(
    kept: Topic, answer: Post, answerer: User, client: Client, acting: Callable[[Callable[[], object]], None]
) -> None:
    acting(lambda: delete_post(answer, by=answerer))
    assert "Change the washer." not in client.get(kept.get_absolute_url()).text
    assert "Change the washer." not in client.get(kept.get_absolute_url()).text
    assert is_kept(kept.get_absolute_url())


def test_an_edit_and_an_answer_show_at_once(
    kept: Topic, answer: Post, answerer: User, client: Client, acting: Callable[[Callable[[], object]], None]
) -> None:
    acting(lambda: edit_post(answer, by=answerer, body="Change the seal.", base_revision=1))
    assert "Change the seal." in client.get(kept.get_absolute_url()).text
    acting(lambda: post_answer(kept, by=answerer, body="Or call someone."))
    assert "Or call someone." in client.get(kept.get_absolute_url()).text


def test_other_topics_stay_kept(
    kept: Topic, stranger: User, client: Client, acting: Callable[[Callable[[], object]], None]
) -> None:
    acting(lambda: make_topic(stranger, kept.section))
    assert is_kept(kept.get_absolute_url())


def test_members_never_get_a_kept_page_nor_leave_one(
    kept: Topic, stranger: User, as_user: Browser, client: Client
) -> None:
    assert "hx-headers" in as_user(stranger).get(kept.get_absolute_url()).text
    page_cache.touch([f"topic:{kept.pk}"])
    caches["pages"].clear()
    as_user(stranger).get(kept.get_absolute_url())
    assert not is_kept(kept.get_absolute_url())
    assert "stranger" not in client.get(kept.get_absolute_url()).text


def test_a_reader_who_holds_a_token_leaves_none_in_a_kept_page(answer: Post, client: Client) -> None:
    client.get("/en/account/login/")
    assert client.cookies["entraide_csrf"].value
    address = answer.topic.get_absolute_url()
    assert "csrfmiddlewaretoken" not in client.get(address).text
    assert "csrfmiddlewaretoken" not in Client().get(address).text


def test_a_page_rendered_during_a_change_is_not_kept(answer: Post, client: Client) -> None:
    caches["pages"].clear()
    address = answer.topic.get_absolute_url()
    with transaction.atomic():
        page_cache.touch([f"topic:{answer.topic_id}"])
        client.get(address)
        assert not is_kept(address)


def test_a_change_that_rolls_back_does_not_bring_an_old_page_back_to_be_kept(kept: Topic, client: Client) -> None:
    with pytest.raises(Undone):
        roll_back(lambda: page_cache.touch([f"topic:{kept.pk}"]))
    assert not is_kept(kept.get_absolute_url())
    assert "Change the washer." in client.get(kept.get_absolute_url()).text


def test_a_page_whose_tag_changed_while_it_was_rendered_is_not_served(
    acting: Callable[[Callable[[], object]], None],
) -> None:
    request = RequestFactory().get("/en/x/")
    page_cache.keep(request, "lists")
    acting(lambda: page_cache.touch(["lists"]))
    page_cache.store(request, HttpResponse("old"))
    assert not is_kept("/en/x/")


@pytest.mark.parametrize("answer_with", ["cookie", "missing", "streaming"])
def test_what_is_not_the_same_for_everyone_is_not_kept(answer_with: str) -> None:
    request: HttpRequest = RequestFactory().get("/en/x/")
    page_cache.keep(request, "lists")
    response = HttpResponse("x", status=404 if answer_with == "missing" else 200)
    if answer_with == "cookie":
        response.set_cookie("a", "b")
    if answer_with == "streaming":
        response.streaming = True
    page_cache.store(request, response)
    assert not is_kept("/en/x/")


@pytest.mark.parametrize(("method", "path"), [("POST", "/en/"), ("HEAD", "/en/"), ("GET", "/en/?q=" + "x" * 200)])
def test_only_short_addresses_that_are_read_meet_the_cache(method: str, path: str) -> None:
    assert page_cache.key_of(method, "a.example", path, {}) is None
    assert page_cache.key_of("GET", "a.example", "/en/", {"entraide_session": "x"}) is None


def test_two_brands_on_one_installation_keep_their_own_pages() -> None:
    assert page_cache.key_of("GET", "a.example", "/en/", {}) != page_cache.key_of("GET", "b.example", "/en/", {})
    assert page_cache.key_of("GET", "A.example", "/en/", {}) == page_cache.key_of("GET", "a.example", "/en/", {})


def test_a_page_kept_by_the_release_before_is_not_shown_without_its_style_sheets(
    kept: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staticfiles_storage, "manifest_hash", "another-release", raising=False)
    assert not is_kept(kept.get_absolute_url())
