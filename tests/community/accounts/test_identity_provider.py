"""Signing in through the brand's own identity provider, against a small one on this machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from community.accounts.models import User
from tests.community.accounts.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP = "/en/account/oidc/brand/login/", "/en/account/3rdparty/signup/"
ZOE = {
    "sub": "4711", "email": "zoe@example.org", "email_verified": True, "name": "Zoe Martin",
    "given_name": "Zoe", "family_name": "Martin", "preferred_username": "lilas",
}  # fmt: skip


@pytest.fixture
def provider(settings):
    running = IdentityProvider()
    running.person = dict(ZOE)
    app = {
        "provider_id": "brand", "name": "La Remise ID", "client_id": CLIENT_ID, "secret": CLIENT_SECRET,
        "settings": {"server_url": running.url, "uid_field": "sub", "oauth_pkce_enabled": True},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield running
    running.close()


def go_there_and_back(client, provider):
    sent = client.post(LOGIN)
    assert sent["Location"].startswith(f"{provider.url}/authorise?")
    return client.get(provider.come_back(sent["Location"]))


def signed_in_as(client) -> str:
    return User.objects.get(pk=client.session["_auth_user_id"]).username


def test_the_button_is_on_the_sign_in_page_only_when_there_is_a_provider(client, provider, settings):
    assert "Continue with La Remise ID" in client.get("/en/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Continue with" not in client.get("/en/account/login/").content.decode()


def test_a_newcomer_chooses_a_pseudonym_and_comes_back_later_without_being_asked(client, provider):
    assert go_there_and_back(client, provider)["Location"] == SIGNUP
    assert not User.objects.exists()
    form = client.get(SIGNUP).context["form"]
    assert form.initial["username"] == "lilas"
    client.post(SIGNUP, {"username": "coral_77", "email": "zoe@example.org"})
    user = User.objects.get()
    assert (user.username, user.language, user.has_usable_password()) == ("coral_77", "en", False)
    assert EmailAddress.objects.get(user=user).verified
    assert not mail.outbox
    client.logout()
    assert go_there_and_back(client, provider)["Location"] == "/en/"
    assert signed_in_as(client) == "coral_77"
    assert provider.problems == []


@pytest.mark.parametrize("telling", ["zoe.martin", "ZoeM", "zoe@example.org", ""])
def test_a_real_name_is_never_proposed_as_pseudonym(client, provider, telling):
    provider.person["preferred_username"] = telling
    go_there_and_back(client, provider)
    page = client.get(SIGNUP)
    field = page.context["form"]["username"]
    for word in ("zoe", "martin"):
        assert word not in (field.value() + field.help_text).lower()


@pytest.mark.parametrize("vouched", [True, False])
def test_an_account_that_exists_is_not_opened_by_its_address(client, provider, person, vouched):
    owner = person("zoe")
    provider.person["email_verified"] = vouched
    assert go_there_and_back(client, provider)["Location"] == SIGNUP
    assert "_auth_user_id" not in client.session
    client.post(SIGNUP, {"username": "coral_77", "email": owner.email})
    assert signed_in_as(client) == "coral_77"
    assert EmailAddress.objects.get(verified=True).user == owner
    assert SocialAccount.objects.get().user != owner


@pytest.mark.parametrize(("here", "there", "opened"), [(True, True, True), (True, False, False), (False, True, False)])
def test_with_trust_an_address_opens_the_account_only_when_confirmed_on_both_sides(
    client, provider, person, settings, here, there, opened
):
    person("zoe", confirmed=here)
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["email_authentication"] = True
    provider.person["email_verified"] = there
    response = go_there_and_back(client, provider)
    assert (response["Location"] == "/en/") is opened
    assert ("_auth_user_id" in client.session) is opened


def test_a_member_connects_the_other_account_and_signs_in_with_it(client, provider, nadia):
    client.post("/en/account/login/", {"login": nadia.email, "password": "correct horse battery"})
    client.post("/en/account/reauthenticate/", {"password": "correct horse battery"})
    assert "Connect my La Remise ID account" in client.get("/en/account/3rdparty/").content.decode()
    sent = client.post(f"{LOGIN}?process=connect")
    client.get(provider.come_back(sent["Location"]))
    assert SocialAccount.objects.get().user == nadia
    client.logout()
    go_there_and_back(client, provider)
    assert signed_in_as(client) == "nadia"


def test_a_forged_answer_opens_nothing(client, provider):
    client.post(LOGIN)
    response = client.get("/en/account/oidc/brand/login/callback/?code=x&state=forged")
    assert response.status_code in {200, 401}
    assert "did not confirm" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_of_another_browser_opens_nothing(client, provider):
    back = provider.come_back(client.post(LOGIN)["Location"])
    client.cookies.clear()
    client.get(back)
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_the_environment_is_enough_to_set_it_up():
    given = {
        "OIDC_SERVER_URL": "https://id.example/realms/a",
        "OIDC_NAME": "ID",
        "OIDC_CLIENT_ID": "me",
        "OIDC_CLIENT_SECRET": "s",
    }
    code = (
        "import json; from deploy.settings import test as s;"
        "print(json.dumps([s.SOCIALACCOUNT_PROVIDERS, s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']]))"
    )
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **given}, cwd=root, capture_output=True, check=True
    )
    providers, form_action = json.loads(run.stdout)
    app = providers["openid_connect"]["APPS"][0]
    assert (app["client_id"], app["name"], app["settings"]["server_url"]) == ("me", "ID", given["OIDC_SERVER_URL"])
    assert "https://id.example" in form_action
