"""Settings: each member's own."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.accounts.actions.portrait import change_portrait, remove_portrait
from community.accounts.actions.profile import update_profile
from community.accounts.actions.rename import rename_member
from community.accounts.models import Profile, Trait, User

pytestmark = pytest.mark.django_db
PROFILE, PICTURE, NAME = "/en/me/", "/en/me/picture/", "/en/me/pseudonym/"


def picture(colour="red") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (600, 300), colour).save(file, "JPEG")
    return SimpleUploadedFile("me.svg", file.getvalue(), "image/svg+xml")


@pytest.mark.parametrize("path", [PROFILE, NAME])
def test_a_guest_is_asked_to_sign_in(client, path):
    assert client.get(path)["Location"] == f"/en/account/login/?next={path}"
    assert client.post(path)["Location"].startswith("/en/account/login/")


def test_i_change_mine_and_nobody_elses(client, nadia, stranger):
    Trait.objects.create(slug="housing", label_fr="Logement", label_en="Home")
    client.force_login(nadia)
    assert "Home" in client.get(PROFILE).content.decode()
    client.post(
        PROFILE, {"bio": "I plaster", "place": "Angers", "show_bio": "on", "language": "en", "user": stranger.pk}
    )
    mine = Profile.objects.get(user=nadia)
    assert (mine.bio, mine.place, mine.show_place, mine.show_activity) == ("I plaster", "Angers", False, False)
    assert User.objects.get(pk=nadia.pk).language == "en"
    assert Profile.objects.get(user=stranger).bio == ""
    with pytest.raises(PermissionDenied):
        update_profile(nadia, {"bio": "spoiled"}, by=stranger)


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"bio": "x" * 1001}, {"place": "x" * 81}])
def test_what_does_not_fit_is_shown_again(client, nadia, wrong):
    client.force_login(nadia)
    response = client.post(PROFILE, {"language": "fr", "bio": "kept", **wrong})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_portrait_is_drawn_anew_and_the_old_one_deleted(client, nadia, django_capture_on_commit_callbacks):
    client.force_login(nadia)
    client.post(PICTURE, {"picture": picture()})
    nadia.refresh_from_db()
    first = Path(settings.MEDIA_ROOT) / nadia.avatar
    assert Image.open(first).size == (256, 256)
    assert Image.open(first).format == "WEBP"
    assert client.get(nadia.avatar_url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(PICTURE, {"picture": picture("blue")})
    assert not first.exists()
    client.post(PICTURE, {"remove": "1"})
    assert User.objects.get(pk=nadia.pk).avatar == ""


def test_the_same_portrait_again_changes_nothing(nadia, stranger):
    assert change_portrait(nadia, picture(), by=nadia)
    assert not change_portrait(nadia, picture(), by=nadia)
    with pytest.raises(PermissionDenied):
        remove_portrait(nadia, by=stranger)


def test_what_is_no_picture_is_refused_with_a_sentence(client, nadia):
    client.force_login(nadia)
    response = client.post(PICTURE, {"picture": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")})
    assert response.status_code == 422
    assert "cannot be read as a picture" in response.content.decode()


def test_a_pseudonym_is_changed_twice_a_month_and_never_to_anothers(client, nadia, stranger):
    client.force_login(nadia)
    assert "free" in client.post(NAME, {"username": "Stranger"}).content.decode()
    client.post(NAME, {"username": "plasterer"})
    assert User.objects.get(pk=nadia.pk).username == "plasterer"
    nadia.refresh_from_db()
    with pytest.raises(ValidationError):
        rename_member(stranger, "nadia", by=stranger)
    rename_member(nadia, "nadia", by=nadia)
    rename_member(nadia, "walls", by=nadia)
    with pytest.raises(PermissionDenied):
        rename_member(nadia, "other", by=stranger)


def test_the_case_of_a_pseudonym_may_change(nadia):
    assert rename_member(nadia, "Nadia", by=nadia)
    assert not rename_member(nadia, "Nadia", by=nadia)


def test_the_third_pseudonym_in_a_month_waits(nadia):
    rename_member(nadia, "plasterer", by=nadia)
    rename_member(nadia, "walls", by=nadia)
    with pytest.raises(ValidationError) as refused:
        rename_member(nadia, "ceilings", by=nadia)
    assert refused.value.code == "too_often"
