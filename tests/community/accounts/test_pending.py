"""Guests first: what was typed before signing in is published after it, once, or kept with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path

from community.accounts.models import PublishedContribution, User
from community.accounts.pending import SESSION_KEY, keep_pending, pending_contributions
from deploy import urls as site

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
NEWCOMER = {"email": "zoe@example.org", "username": "zoe", "password1": "correct horse battery"}


def type_something(request):
    keep_pending(request, "note", {"title": "<My> tap drips", "body": request.POST.get("body", "It drips.")})
    return HttpResponse("kept")


urlpatterns = [path("type/", type_something), *site.urlpatterns]


@pytest.fixture
def published():
    """What the handler of notes published."""
    found = []

    def publish(user, data):
        if "closed" in data["body"]:
            raise PermissionDenied("This topic was closed meanwhile.")
        found.append((user.username, data["title"], data["body"]))
        return "/en/t/1/"

    with pending_contributions.with_entry("note", publish):
        yield found


def test_signing_up_publishes_it_and_lands_on_it(client, published):
    client.post("/type/")
    page = client.get("/en/account/signup/").content.decode()
    assert "&lt;My&gt; tap drips" in page
    assert "Create my account and publish" in page
    assert client.post("/en/account/signup/", NEWCOMER)["Location"] == "/en/t/1/"
    assert published == [("zoe", "<My> tap drips", "It drips.")]
    assert SESSION_KEY not in client.session


def test_signing_in_publishes_it_too(client, published, nadia):
    client.post("/type/")
    assert (
        "<My> tap drips".replace("<", "&lt;").replace(">", "&gt;") in client.get("/en/account/login/").content.decode()
    )
    client.post("/en/account/login/", {"login": nadia.email, "password": "correct horse battery"})
    assert published[0][0] == "nadia"


def test_a_failed_attempt_to_sign_in_keeps_it(client, published, nadia):
    client.post("/type/")
    client.post("/en/account/login/", {"login": nadia.email, "password": "wrong"})
    assert not published
    assert SESSION_KEY in client.session


def test_a_second_request_of_the_same_session_publishes_nothing_more(client, published):
    client.post("/type/")
    kept = client.session[SESSION_KEY]
    client.post("/en/account/signup/", NEWCOMER)
    session = client.session
    session[SESSION_KEY] = kept
    session.save()
    assert client.post("/en/me/kept/")["Location"] == "/en/t/1/"
    assert len(published) == 1
    assert PublishedContribution.objects.count() == 1


def test_what_cannot_be_published_is_kept_with_the_reason_to_be_changed(client, published):
    client.post("/type/", {"body": "closed </textarea><script>"})
    assert client.post("/en/account/signup/", NEWCOMER)["Location"] == "/en/me/kept/"
    page = client.get("/en/me/kept/").content.decode()
    assert "This topic was closed meanwhile." in page
    assert "closed &lt;/textarea&gt;&lt;script&gt;" in page
    assert User.objects.filter(username="zoe").exists()
    assert client.post("/en/me/kept/", {"body": "Open words"})["Location"] == "/en/t/1/"
    assert published == [("zoe", "<My> tap drips", "Open words")]


def test_it_can_be_thrown_away(client, published):
    client.post("/type/", {"body": "closed"})
    client.post("/en/account/signup/", NEWCOMER)
    client.post("/en/me/kept/", {"drop": "1"})
    assert client.get("/en/me/kept/")["Location"] == "/en/me/"
    assert not published


def test_the_page_of_what_is_kept_is_for_members(client):
    assert client.get("/en/me/kept/")["Location"].startswith("/en/account/login/")


def test_a_kind_that_nothing_publishes_is_a_mistake(rf):
    with pytest.raises(LookupError):
        keep_pending(rf.post("/"), "unheard-of", {})


def test_pages_without_anything_kept_set_no_session(client):
    assert "entraide_session" not in client.get("/en/account/signup/").cookies
