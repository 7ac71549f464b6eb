"""A proof that a member takes along is genuine, shows every change, and is told as revoked when it is."""

import base64
import json
import re
import secrets
from collections.abc import Callable
from io import BytesIO
from typing import Any

import jwt
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from community.accounts.models import User
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.models import Post
from rewards.badges.models import Award, Badge
from rewards.badges.proofs.canonical import base58, from_base58
from rewards.badges.proofs.checking import Verdict, check_file, check_proof
from rewards.badges.proofs.keys import signing_keys
from tests.factories.badges import make_badge

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(answer: Post, asker: User, settings: Any) -> Award:
    settings.SITE_URL = "https://community.example"
    make_badge(metric="accepted", is_revocable=True, description_en="description en")
    accept_answer(answer, by=asker)
    return Award.objects.get()


def fetch(award: Award, what: str) -> bytes:
    answer = Client().get(f"/badges/awards/{award.key}{what}")
    assert answer.status_code == 200
    return answer.content


def test_the_json_says_who_earned_what_and_no_address(award: Award, answer: Post) -> None:
    found = json.loads(fetch(award, ".json"))
    assert found["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert found["id"] == f"https://community.example/badges/awards/{award.key}/"
    subject = found["credentialSubject"]
    assert subject["id"] == "https://community.example/m/answerer"
    assert subject["achievement"]["criteria"]["narrative"] == "description en"
    assert found["evidence"][0]["id"] == f"https://community.example/p/{answer.pk}/"
    assert "@example.org" not in json.dumps(found)
    assert check_proof(json.dumps(found)).verdict == Verdict.GENUINE
    assert fetch(award, ".json") == fetch(award, ".json")


def test_a_stranger_checks_the_token_by_what_is_public(award: Award) -> None:
    """Only HTTP and the standards: the key that the header names, the issuer, the status."""
    token = fetch(award, ".jwt").decode()
    header = jwt.get_unverified_header(token)
    assert set(header) == {"alg", "kid", "typ"}
    client = Client()
    key = client.get(header["kid"].removeprefix("https://community.example")).json()
    assert "d" not in key
    claims = jwt.decode(token, jwt.PyJWK(key), algorithms=["EdDSA"])
    assert (claims["iss"], claims["jti"]) == (claims["issuer"]["id"], claims["id"])
    assert claims["sub"] == claims["credentialSubject"]["id"]
    issuer = client.get(claims["iss"].removeprefix("https://community.example")).json()
    assert issuer["assertionMethod"] == [method["id"] for method in issuer["verificationMethod"]]
    status = client.get(claims["credentialStatus"]["id"].removeprefix("https://community.example")).json()
    assert status["revokedCredential"] == []


def test_every_changed_byte_is_seen(award: Award) -> None:
    token = fetch(award, ".jwt").decode()
    assert check_proof(token).award == award
    for at in range(0, len(token), 7):
        other = "A" if token[at] != "A" else "B"
        changed = token[:at] + other + token[at + 1 :]
        # The last character of a part may hold bits that mean nothing.
        same = [base64.urlsafe_b64decode(part + "==") for part in changed.split(".")] == [
            base64.urlsafe_b64decode(part + "==") for part in token.split(".")
        ]
        assert same or check_proof(changed).verdict in {Verdict.FORGED, Verdict.UNREADABLE}, at
    text = fetch(award, ".json").decode()
    for old, new in (
        ("answerer", "somebody"),
        ("badge en", "badge of honour"),
        ("eddsa-jcs-2022", "none"),
        ("2026", "2025"),
    ):
        if old in text:
            assert check_proof(text.replace(old, new)).verdict in {Verdict.FORGED, Verdict.UNREADABLE}, old


@pytest.mark.parametrize(
    "rubbish", ["", "{", "{}", "a.b.c", '{"proof": 1}', '{"proof": {"proofValue": "zz0"}}', "[]", "é" * 50, "{" * 5000]
)
def test_rubbish_is_told_as_such(rubbish: str) -> None:
    assert check_proof(rubbish).verdict == Verdict.UNREADABLE
    assert check_file(rubbish.encode()).verdict == Verdict.UNREADABLE
    assert check_file(b"\x89PNG\r\n\x1a\n" + rubbish.encode()).verdict == Verdict.UNREADABLE


def test_what_another_signed_is_not_ours(award: Award, settings: Any) -> None:
    settings.BADGE_SIGNING_KEYS = [secrets.token_bytes(32)]
    theirs = fetch(award, ".jwt").decode()
    in_json = fetch(award, ".json").decode()
    settings.BADGE_SIGNING_KEYS = []
    assert check_proof(theirs).verdict == check_proof(in_json).verdict == Verdict.FORGED


def test_a_key_that_was_replaced_still_proves_what_it_signed(award: Award, settings: Any) -> None:
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    settings.BADGE_SIGNING_KEYS = [old]
    before = fetch(award, ".jwt").decode()
    settings.BADGE_SIGNING_KEYS = [new, old]
    assert check_proof(before).verdict == Verdict.GENUINE
    assert jwt.get_unverified_header(fetch(award, ".jwt").decode())["kid"] == signing_keys()[0].address
    assert len(Client().get("/badges/issuer.json").json()["verificationMethod"]) == 2


def test_a_revoked_badge_is_told_as_revoked_everywhere(award: Award, answer: Post, asker: User) -> None:
    token, client = fetch(award, ".jwt").decode(), Client()
    unaccept_answer(answer, by=asker)
    assert check_proof(token).verdict == Verdict.REVOKED
    status = client.get(f"/badges/awards/{award.key}/status.json").json()
    address = f"https://community.example/badges/awards/{award.key}/"
    assert status["revokedCredential"] == [{"id": address, "revoked": True}]
    assert "was taken back" in client.get(f"/en/badges/awards/{award.key}/").content.decode()
    for what in (".json", ".jwt", ".image"):
        assert client.get(f"/badges/awards/{award.key}{what}").status_code == 404
    accept_answer(answer, by=asker)
    assert check_proof(token).verdict == Verdict.GENUINE


def test_the_drawn_picture_holds_the_token(award: Award) -> None:
    answer = Client().get(f"/badges/awards/{award.key}.image")
    assert (answer["Content-Type"], "attachment" in answer["Content-Disposition"]) == ("image/svg+xml", True)
    inside = re.search(r'<openbadges:credential verify="([^"]+)"></openbadges:credential>', answer.content.decode())
    assert inside
    assert inside[1] == fetch(award, ".jwt").decode()
    assert check_file(answer.content).verdict == Verdict.GENUINE


def test_the_brands_own_picture_holds_it_too(award: Award) -> None:
    picture = get_image_model().objects.create(title="Medal", file=get_test_image_file())
    Badge.objects.update(picture=picture)
    answer = Client().get(f"/badges/awards/{award.key}.image")
    assert answer["Content-Type"] == "image/png"
    with Picture.open(BytesIO(answer.content)) as opened:
        opened.load()
        assert opened.text["openbadgecredential"] == fetch(award, ".jwt").decode()  # type: ignore[attr-defined]
    assert check_file(answer.content).verdict == Verdict.GENUINE


def test_anybody_checks_on_the_page(award: Award) -> None:
    client, token = Client(), fetch(award, ".jwt").decode()
    address = "/en/badges/verify/"
    assert "Genuine: answerer" in client.post(address, {"proof": token}).content.decode()
    file = SimpleUploadedFile("badge.svg", fetch(award, ".image"))
    assert "Genuine: answerer" in client.post(address, {"file": file}).content.decode()
    assert "Not ours, or changed" in client.post(address, {"proof": token[:-9] + "AAAAAAAAA"}).content.decode()
    empty = client.post(address, {"proof": " "})
    assert empty.status_code == 422
    assert "Paste a proof, or choose a file." in empty.content.decode()


def test_of_a_closed_account_only_that_is_told(award: Award) -> None:
    token, client = fetch(award, ".jwt").decode(), Client()
    User.objects.filter(pk=award.member_id).update(is_active=False)
    assert check_proof(token).verdict == Verdict.CLOSED
    assert "answerer" not in client.post("/en/badges/verify/", {"proof": token}).content.decode().replace(token, "")
    for what in (".json", ".jwt", ".image"):
        assert client.get(f"/badges/awards/{award.key}{what}").status_code == 404
    assert client.get(f"/en/badges/awards/{award.key}/").status_code == 404


def test_who_takes_another_name_keeps_what_was_signed(award: Award, as_user: Callable[..., Client]) -> None:
    token = fetch(award, ".jwt").decode()
    User.objects.filter(pk=award.member_id).update(username="renamed", username_key="renamed")
    assert check_proof(token).verdict == Verdict.GENUINE
    assert json.loads(fetch(award, ".json"))["credentialSubject"]["id"].endswith("/m/renamed")


@given(st.binary(max_size=70))
def test_base58_keeps_every_byte(data: bytes) -> None:
    assert from_base58(base58(data)) == data
