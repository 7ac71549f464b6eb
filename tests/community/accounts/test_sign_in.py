"""Signing in: by password, by code, by a link; the same answer whether an address has an account or not."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

pytestmark = pytest.mark.django_db
LOGIN, CODE, RESET = "/en/account/login/", "/en/account/login/code/", "/en/account/password/reset/"
ADDRESS = "/en/account/email/"
PASSWORD = "correct horse battery"


def test_the_right_password_opens_the_account_and_keeps_the_way(client, nadia):
    response = client.post(f"{LOGIN}?next=/en/ask/", {"login": nadia.email.upper(), "password": PASSWORD})
    assert response["Location"] == "/en/ask/"
    assert client.session["_auth_user_id"] == str(nadia.pk)


@pytest.mark.parametrize("login", ["nadia@example.org", "nobody@example.org", "nadia"])
def test_a_wrong_one_opens_nothing_and_tells_nothing(client, nadia, login):
    errors = client.post(LOGIN, {"login": login, "password": "wrong"}).context["form"].errors
    assert "_auth_user_id" not in client.session
    if "@" in login:
        assert list(errors) == ["__all__"]


def test_guessing_is_stopped(client, nadia):
    for _ in range(6):
        client.post(LOGIN, {"login": nadia.email, "password": "wrong"})
    client.post(LOGIN, {"login": nadia.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_closed_account_is_told_so(client, person):
    person("gone", is_active=False)
    response = client.post(LOGIN, {"login": "gone@example.org", "password": PASSWORD}, follow=True)
    assert "This account is closed" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_from_the_mail_opens_the_account(client, nadia):
    client.post(f"{CODE}?next=/en/ask/", {"email": nadia.email, "next": "/en/ask/"})
    code = re.search(r"^\S{6,9}$", mail.outbox[0].body, re.MULTILINE)[0]
    response = client.post(f"{CODE}confirm/", {"code": code, "next": "/en/ask/"})
    assert response["Location"] == "/en/ask/"
    assert client.session["_auth_user_id"] == str(nadia.pk)


def test_no_code_opens_an_account_whose_address_nobody_confirmed(client, person):
    person("squatter", confirmed=False)
    assert client.post(CODE, {"email": "squatter@example.org"}).status_code == 302
    assert not mail.outbox


def test_a_wrong_code_opens_nothing(client, nadia):
    client.post(CODE, {"email": nadia.email})
    client.post(f"{CODE}confirm/", {"code": "WRONG1"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", [CODE, RESET])
def test_an_unknown_address_looks_like_a_known_one_and_gets_no_mail(client, nadia, path):
    known = client.post(path, {"email": nadia.email})
    client.cookies.clear()
    unknown = client.post(path, {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[nadia.email]]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Choisissez un autre mot de passe"), ("en", "Choose another password")]
)
def test_a_forgotten_password_is_replaced_by_a_link_in_the_language_of_the_page(client, nadia, language, words):
    client.post(f"/{language}/account/password/reset/", {"email": nadia.email})
    assert mail.outbox[0].subject == words
    link = re.search(r"http://testserver(\S+/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link)["Location"]
    assert client.get(form).status_code == 200
    client.post(form, {"password1": "another fine password", "password2": "another fine password"})
    nadia.refresh_from_db()
    assert nadia.check_password("another fine password")
    assert "_auth_user_id" not in client.session
    assert client.get(link).status_code == 200


def test_signing_out_wants_a_post(client, nadia):
    client.force_login(nadia)
    assert "Sign out of this browser" in client.get("/en/account/logout/").content.decode()
    assert client.post("/en/account/logout/")["Location"] == "/en/"
    assert "_auth_user_id" not in client.session


def signed_in(client, user) -> None:
    """Signed in, and asked for the password once more."""
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})


def test_an_open_browser_is_not_enough_to_take_the_account_over(client, nadia):
    client.post(LOGIN, {"login": nadia.email, "password": PASSWORD})
    response = client.post(ADDRESS, {"action_add": "", "email": "thief@example.org"})
    assert response["Location"].startswith("/en/account/reauthenticate/")
    assert EmailAddress.objects.get().email == nadia.email


def test_moving_to_another_address_waits_for_its_confirmation(client, nadia):
    signed_in(client, nadia)
    assert client.get(ADDRESS).status_code == 200
    client.post(ADDRESS, {"action_add": "", "email": "new@example.org"})
    assert EmailAddress.objects.get(verified=True).email == "nadia@example.org"
    link = re.search(r"http://testserver(\S+confirm-email\S+)", mail.outbox[-1].body)[1]
    client.post(link)
    nadia.refresh_from_db()
    assert nadia.email == EmailAddress.objects.get().email == "new@example.org"
    assert [message.to for message in mail.outbox] == [["new@example.org"], ["nadia@example.org"]]


def test_moving_to_the_address_of_another_member_tells_only_that_member(client, nadia, stranger):
    signed_in(client, nadia)
    response = client.post(ADDRESS, {"action_add": "", "email": stranger.email})
    assert response.status_code == 302
    assert mail.outbox[0].to == [stranger.email]
    assert "confirm-email" not in mail.outbox[0].body


def test_the_password_is_changed_by_whoever_knows_it(client, nadia):
    signed_in(client, nadia)
    new = {"password1": "another fine password", "password2": "another fine password"}
    assert client.post("/en/account/password/change/", {"oldpassword": "wrong", **new}).status_code == 200
    assert client.post("/en/account/password/change/", {"oldpassword": PASSWORD, **new}).status_code == 302
    assert [message.to for message in mail.outbox] == [[nadia.email]]


def test_an_address_that_is_not_confirmed_hears_nothing_of_it(client, person):
    user = person("new", confirmed=False)
    signed_in(client, user)
    new = {"password1": "another fine password", "password2": "another fine password"}
    client.post("/en/account/password/change/", {"oldpassword": PASSWORD, **new})
    assert not mail.outbox


GUESTS = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "login/code/",
    "inactive/",
    "confirm-email/",
    "confirm-email/x:y:z/",
    "password/reset/key/done/",
    "password/reset/key/1-x/",
    "3rdparty/login/cancelled/",
]


@pytest.mark.parametrize("path", GUESTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_has_our_look_and_no_inline_style(client, path, language):
    page = client.get(f"/{language}/account/{path}").content.decode()
    assert 'class="sheet"' in page
    assert "style=" not in page
    assert "<script>" not in page


@pytest.mark.parametrize("path", ["email/", "password/change/", "logout/", "reauthenticate/", "3rdparty/"])
def test_pages_of_the_account_are_for_its_owner(client, nadia, path):
    assert client.get(f"/fr/account/{path}")["Location"] in {"/fr/", f"/fr/account/login/?next=/fr/account/{path}"}
    signed_in(client, nadia)
    assert client.get(f"/fr/account/{path}").status_code == 200
