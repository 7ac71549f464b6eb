"""Leaving for good: who somebody was is forgotten, what others rest on stays."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from community.accounts.actions.erase import erase_member
from community.accounts.actions.portrait import change_portrait
from community.accounts.actions.profile import update_profile
from community.accounts.actions.rename import rename_member
from community.accounts.models import Role, User
from community.api.tokens import find_token, make_token
from community.topics.actions.draft import save_draft
from community.topics.actions.follow import follow_topic
from community.topics.models import Topic
from tests.community.accounts.test_settings import picture
from tests.community.accounts.test_sign_in import LOGIN, PASSWORD, signed_in
from tests.factories.topics import make_answer, make_section, make_topic

ERASE = "/en/me/erase/"
MARKERS = ("zebulon", "zebedee", "zigzag", "saint-zacharie", "zeppelin", "zucchini")

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(stranger: User) -> Topic:
    return make_topic(stranger, make_section())


@pytest.fixture
def zebulon(person, topic: Topic) -> User:
    """Somebody who left traces in many places: each holds one of MARKERS."""
    user = person("zebedee", language="en")
    rename_member(user, "zebulon", by=user)
    update_profile(user, {"bio": "I fly a zeppelin.", "place": "Saint-Zacharie"}, by=user)
    change_portrait(user, picture(), by=user)
    save_draft("ask", by=user, data={"title": "zigzag"}, base_version=0)
    make_token(user, name="zucchini")
    follow_topic(topic, by=user)
    make_answer(topic, user, body="Bend the arm down.")
    return user


def everything_stored() -> str:
    """All rows of all tables, as text."""
    rows: list[object] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return json.dumps(rows, default=str, ensure_ascii=False).casefold()


def test_nothing_tells_any_more_who_it_was(zebulon, django_capture_on_commit_callbacks):
    portrait, stored = zebulon.avatar, everything_stored()
    assert [marker for marker in MARKERS if marker not in stored] == []
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_member(zebulon, by=zebulon)
    stored = everything_stored()
    assert [marker for marker in MARKERS if marker in stored] == []
    assert not default_storage.exists(portrait)


def test_what_was_written_stays_and_the_counts_follow(client, zebulon, topic):
    assert Topic.objects.get().follower_count == 1
    erase_member(zebulon, by=zebulon)
    assert Topic.objects.get().follower_count == 0
    page = client.get(topic.get_absolute_url(), follow=True).content.decode()
    assert "Bend the arm down." in page
    assert f"ex-{zebulon.pk}" in page
    assert "zebulon" not in page
    assert client.get(f"/en/members/ex-{zebulon.pk}/").status_code == 410
    assert client.get("/en/members/zebulon/").status_code == client.get("/en/members/zebedee/").status_code == 404


def test_nobody_gets_in_afterwards(client, zebulon):
    token = make_token(zebulon)
    client.force_login(zebulon)
    erase_member(zebulon, by=zebulon)
    assert client.get("/en/me/").status_code == 302
    assert find_token(token) is None
    client.post(LOGIN, {"login": "zebedee@example.org", "password": PASSWORD})
    assert client.get("/en/me/").status_code == 302


def test_twice_is_once_and_a_taken_name_is_gone_round(person, zebulon):
    person(f"ex-{zebulon.pk}")
    assert erase_member(zebulon, by=zebulon)
    assert zebulon.username == f"ex-{zebulon.pk}-1"
    with pytest.raises(PermissionDenied):
        erase_member(zebulon, by=zebulon)


def test_oneself_or_the_brand_team_and_never_the_last_administrator(person, zebulon, stranger, boss):
    root = User.objects.create_superuser("root_of_all", "root@example.org", PASSWORD)
    for by, whom in ((stranger, zebulon), (person("mod", Role.MODERATOR), zebulon), (boss, root), (root, root)):
        with pytest.raises(PermissionDenied):
            erase_member(whom, by=by)
    assert erase_member(zebulon, by=boss)
    assert not erase_member(zebulon, by=boss)
    User.objects.create_superuser("root_too", "too@example.org", PASSWORD)
    assert erase_member(root, by=root)


def test_the_page_asks_for_the_password_then_for_the_pseudonym(client, zebulon):
    client.post(LOGIN, {"login": zebulon.email, "password": PASSWORD})
    assert client.get(ERASE)["Location"].startswith("/en/account/reauthenticate/")
    signed_in(client, zebulon)
    assert "What stays" in client.get(ERASE).content.decode()
    wrong = client.post(ERASE, {"username": "zebra"})
    assert wrong.status_code == 422
    assert "Your pseudonym is zebulon" in wrong.content.decode()
    assert client.post(ERASE, {"username": "Zebulon"})["Location"] == "/"
    assert "_auth_user_id" not in client.session
    assert not User.objects.get(pk=zebulon.pk).is_active


def test_the_desk_erases_where_it_would_delete(client, zebulon, stranger):
    client.force_login(User.objects.create_superuser("root_of_all", "root@example.org", PASSWORD))
    address = reverse("wagtailusers_users:delete", args=[zebulon.pk])
    page = client.get(address).text
    assert "under a name that says nothing" in page
    assert "Yes, erase" in page
    assert "zebulon" in client.post(address, follow=True).content.decode()
    several = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    assert client.get(f"{several}?id={stranger.pk}").status_code == 200
    client.post(f"{several}?id={stranger.pk}")
    assert list(User.objects.filter(is_active=False).order_by("pk").values_list("username", flat=True)) == [
        f"ex-{pk}" for pk in sorted([zebulon.pk, stranger.pk])
    ]
