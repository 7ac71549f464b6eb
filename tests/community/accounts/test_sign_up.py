"""Signing up: what is asked, what is told, what is not."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import caches

from community.accounts.models import FormerName, User

pytestmark = pytest.mark.django_db
NEWCOMER = {"email": "Zoe@Example.org", "username": "zoe", "password1": "correct horse battery"}


def sign_up(client, language="en", **changes):
    return client.post(f"/{language}/account/signup/", {**NEWCOMER, **changes})


def test_the_page_asks_for_three_things(client):
    page = client.get("/fr/account/signup/").content.decode()
    assert page.count('class="input"') == 3
    assert "style=" not in page


def test_a_newcomer_is_signed_in_at_once_in_the_language_of_the_page(client):
    response = sign_up(client, "fr")
    user = User.objects.get(username="zoe")
    assert response["Location"] == "/fr/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.language, user.profile.bio) == ("zoe@example.org", "fr", "")
    assert not EmailAddress.objects.get(user=user).verified


@pytest.mark.parametrize(("language", "subject"), [("fr", "Confirmez votre adresse"), ("en", "Confirm your address")])
def test_only_the_confirmation_is_sent_in_the_language_of_the_page(client, language, subject):
    sign_up(client, language)
    assert [message.to for message in mail.outbox] == [["zoe@example.org"]]
    assert mail.outbox[0].subject == subject
    assert f"http://testserver/{language}/account/confirm-email/" in mail.outbox[0].body


def test_where_to_go_next_is_kept_when_it_is_on_this_site(client):
    assert sign_up(client, next="/en/ask/")["Location"] == "/en/ask/"


def test_where_to_go_next_is_ignored_when_it_is_elsewhere(client):
    assert sign_up(client, next="https://evil.example/")["Location"] == "/en/"


@pytest.mark.parametrize("taken", ["ZOE", "z0e", "z.o-e", "zоe"])
def test_a_pseudonym_that_looks_like_another_is_refused_with_free_ones(client, person, taken):
    person("zoe")
    response = sign_up(client, username=taken)
    assert response.status_code == 200
    error = response.context["form"].errors["username"][0]
    assert User.objects.count() == 1
    assert "plain letters" in error or "These are free" in error


def test_a_pseudonym_that_someone_left_stays_theirs(client, nadia):
    FormerName.objects.create(user=nadia, username="zoe", username_key="zoe")
    assert "username" in sign_up(client).context["form"].errors


@pytest.mark.parametrize("username", ["admin", "Аdmin", "ab", "a b c", "-zoe", "zoe‮", "моd", "ﬁona"])
def test_a_malformed_or_reserved_pseudonym_is_refused(client, username):
    assert "username" in sign_up(client, username=username).context["form"].errors


def test_signing_up_looks_the_same_for_an_address_that_is_known(client, nadia):
    new = sign_up(client)
    client.logout()
    known = sign_up(client, email=nadia.email, username="other")
    assert (new.status_code, new["Location"]) == (known.status_code, known["Location"])
    assert mail.outbox[-1].to == [nadia.email]
    assert "already" in mail.outbox[-1].subject
    assert "confirm-email" not in mail.outbox[-1].body
    assert EmailAddress.objects.get(verified=True).user == nadia


def test_nobody_is_kept_out_by_someone_who_typed_their_address_first(client):
    sign_up(client, username="squatter", password1="another fine password")
    client.logout()
    caches["default"].clear()  # as if a while had passed: one confirmation in three minutes is sent to an address
    sign_up(client)
    owner = User.objects.get(username="zoe")
    link = next(word for word in mail.outbox[-1].body.split() if "confirm-email" in word)
    client.post(link.removeprefix("http://testserver"))
    assert EmailAddress.objects.get(verified=True).user == owner
    client.logout()
    refused = client.post("/en/account/login/", {"login": "zoe@example.org", "password": "another fine password"})
    assert refused.status_code == 200
    client.post("/en/account/login/", {"login": "zoe@example.org", "password": NEWCOMER["password1"]})
    assert client.session["_auth_user_id"] == str(owner.pk)


@pytest.mark.parametrize("password", ["short", "password1234", "zoe@example.org"])
def test_a_weak_password_is_refused(client, password):
    assert "password1" in sign_up(client, password1=password).context["form"].errors


def test_a_robot_that_fills_everything_in_makes_no_account(client):
    sign_up(client, **{settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD: "buy"})
    assert not User.objects.exists()
    assert not mail.outbox


def test_a_member_is_not_shown_the_page_again(client, nadia):
    client.force_login(nadia)
    assert client.get("/en/account/signup/")["Location"] == "/en/"


def test_too_many_attempts_from_one_place_are_slowed_down(client):
    answers = [sign_up(client, username="x").status_code for _ in range(22)]
    assert answers[0] == 200
    assert answers[-1] == 429
