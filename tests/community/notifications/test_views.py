"""Pages of notifications: mine and nobody else's; unsubscribing needs no session."""

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import override

from community.notifications.actions.notify import notify
from community.notifications.actions.prefer import preferences_of, set_preferences
from community.notifications.models import Notification
from community.notifications.unsubscribing import unsubscribe_url

pytestmark = pytest.mark.django_db
LIST, PREFERENCES = "/en/me/notifications/", "/en/me/emails/"


@pytest.mark.parametrize("path", [LIST, PREFERENCES, "/en/me/notifications/1/"])
def test_a_guest_is_asked_to_sign_in(client, path):
    assert client.get(path)["Location"] == f"/en/account/login/?next={path}"


def test_i_see_what_i_was_told_and_others_do_not(client, nadia, john):
    notify(nadia, "visit", actor=john)
    client.force_login(nadia)
    page = client.get(LIST).content.decode()
    assert "john has &lt;b&gt;visited&lt;/b&gt; you" in page
    client.force_login(john)
    assert "All quiet" in client.get(LIST).content.decode()


def test_the_header_counts_without_another_query(client, nadia, john, django_assert_num_queries):
    notify(nadia, "visit", actor=john)
    client.force_login(nadia)
    client.get(PREFERENCES)
    with django_assert_num_queries(4):
        page = client.get(PREFERENCES).content.decode()
    assert '<span class="count" aria-hidden="true">1</span>' in page


def test_twenty_a_page_at_the_cost_of_one(client, nadia, john, django_assert_max_num_queries):
    for number in range(25):
        notify(nadia, "visit", actor=john, data={"post_id": number})
    client.force_login(nadia)
    client.get(LIST)
    with django_assert_max_num_queries(4):
        page = client.get(LIST)
    assert len(page.context["rows"]) == 20
    older = client.get(LIST, {"page": page.context["page"].next})
    assert len(older.context["rows"]) == 5


def test_opening_one_reads_it_and_leads_there(client, nadia, john):
    notify(nadia, "visit", actor=john)
    pk = Notification.objects.get().pk
    client.force_login(john)
    assert client.get(f"{LIST}{pk}/").status_code == 404
    client.force_login(nadia)
    assert client.get(f"{LIST}{pk}/")["Location"] == "/en/members/nadia/"
    nadia.refresh_from_db()
    assert nadia.unread_notifications == 0


def test_all_is_read_at_once(client, nadia, john):
    notify(nadia, "visit", actor=john)
    client.force_login(nadia)
    client.post(f"{LIST}read/")
    assert Notification.objects.get().read_at
    assert client.get(f"{LIST}read/").status_code == 405


def test_choosing_e_mails_changes_mine_only(client, nadia, john):
    client.force_login(nadia)
    client.post(PREFERENCES, {"kind": ["visit", "unheard-of"]})
    assert preferences_of(nadia)["visit"]
    assert "visit" not in preferences_of(john)
    client.post(PREFERENCES)
    assert not preferences_of(nadia)["visit"]


def link_for(user) -> str:
    with override(user.language):
        return unsubscribe_url(user, "visit").removeprefix("http://testserver")


def test_opening_the_link_changes_nothing_and_sets_no_cookie(client, nadia):
    set_preferences({"visit": True}, by=nadia)
    response = client.get(link_for(nadia))
    assert response.content.decode().count('<form method="post">') == 1
    assert not response.cookies
    assert preferences_of(nadia)["visit"]


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "One-Click"}], ids=["our button", "a mail program's"])
def test_one_post_without_session_or_token_stops_it(nadia, john, body):
    set_preferences({"visit": True}, by=nadia)
    assert Client(enforce_csrf_checks=True).post(link_for(nadia), body).status_code == 200
    assert not preferences_of(nadia)["visit"]
    notify(nadia, "visit", actor=john)
    assert not mail.outbox


def test_a_link_for_one_stops_nothing_for_another(client, nadia, john):
    set_preferences({"visit": True}, by=nadia)
    client.post(link_for(john))
    assert preferences_of(nadia)["visit"]


@pytest.mark.parametrize("token", ["x", "WzEsInZpc2l0Il0:abc:def", "é"])
def test_a_forged_or_cut_link_is_not_there(client, token):
    assert client.post(f"/en/unsubscribe/{token}/").status_code == 404
