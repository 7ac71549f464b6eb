"""Crisis first: ambassadors know before the public, the public reads what may be said, facts never leave."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from community.accounts.models import User
from community.notifications.models import Notification
from community.pages.actions.set_up import set_up_site
from rewards.ambassadors.actions.notices import end_notice, publish_notice, write_notice
from rewards.ambassadors.actions.room import write_in_room
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import CrisisNotice, NoticeReader
from tests.factories.ambassadors import make_ambassador

pytestmark = pytest.mark.django_db
AsUser = Callable[..., Client]
TEXTS = {"title_en": "A hose leaks", "facts_en": "Batch **F2631**.", "say_en": "We are checking hoses."}


@pytest.fixture
def notice(manager: User, ambassador: User) -> CrisisNotice:
    EmailAddress.objects.create(user=ambassador, email=ambassador.email, verified=True, primary=True)
    resting = make_ambassador("resting", manager)
    take_step(resting, State.ON_LEAVE, by=resting)
    mail.outbox.clear()
    return write_notice(TEXTS, by=manager)


def test_active_ambassadors_are_told_and_read_it(as_user: AsUser, notice: CrisisNotice, ambassador: User) -> None:
    assert [message.to for message in mail.outbox] == [[ambassador.email]]
    assert "F2631" not in mail.outbox[0].body
    assert Notification.objects.filter(kind="ambassador_notice").count() == 1
    browser = as_user(ambassador)
    assert "not read yet" in browser.get("/en/ambassadors/desk/").content.decode()
    assert "F2631" in browser.get(notice.get_absolute_url()).content.decode()
    assert NoticeReader.objects.get().read_at is not None
    assert "not read yet" not in browser.get("/en/ambassadors/desk/").content.decode()


def test_the_public_sees_nothing_then_what_may_be_said_then_nothing(
    as_user: AsUser, notice: CrisisNotice, manager: User, stranger: User
) -> None:
    set_up_site()
    address = notice.get_absolute_url()
    for reader in (None, stranger):
        assert as_user(reader).get(address).status_code == 404
        assert "A hose leaks" not in as_user(reader).get("/en/").content.decode()
    assert publish_notice(notice, by=manager)
    assert not publish_notice(notice, by=manager)
    for reader in (None, stranger):
        page = as_user(reader).get(address).content.decode()
        assert "We are checking hoses." in page
        assert "F2631" not in page
        assert "A hose leaks" in as_user(reader).get("/en/").content.decode()
    assert end_notice(notice, by=manager)
    for reader in (None, stranger):
        assert as_user(reader).get(address).status_code == 404
        assert "A hose leaks" not in as_user(reader).get("/en/").content.decode()


def test_a_notice_in_one_language_is_read_in_both(as_user: AsUser, notice: CrisisNotice, ambassador: User) -> None:
    page = as_user(ambassador).get(notice.get_absolute_url().replace("/en/", "/fr/")).content.decode()
    assert '<article lang="en">' in page
    assert "F2631" in page


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({}, None),
        ({**TEXTS, "say_en": ""}, None),
        ({**TEXTS, "title_fr": "Une fuite"}, "facts_fr"),
        ({**TEXTS, "links": "javascript:alert(1)"}, "links"),
    ],
)
def test_a_notice_is_whole(manager: User, texts: dict[str, str], field: str | None) -> None:
    with pytest.raises(ValidationError) as refusal:
        write_notice(texts, by=manager)
    assert refusal.value.code == field
    assert not CrisisNotice.objects.exists()


def test_only_those_who_run_the_programme_write(ambassador: User, staff_member: User) -> None:
    for by in (ambassador, staff_member):
        with pytest.raises(PermissionDenied):
            write_notice(TEXTS, by=by)


def test_no_search_feed_or_api_knows_of_it(as_user: AsUser, notice: CrisisNotice, manager: User) -> None:
    publish_notice(notice, by=manager)
    write_in_room("F2631 again, among ourselves.", by=manager, key="k")
    for address in ("/api/v1/search?q=F2631", "/api/v1/suggest?q=F2631", "/api/v1/topics", "/en/search/?q=hose+F2631"):
        page = as_user(None).get(address)
        assert page.status_code == 200, address
        assert "Batch" not in page.content.decode(), address
        assert "among ourselves" not in page.content.decode(), address
    member = as_user(None).get(f"/api/v1/members/{manager.username}").json()
    assert member["is_ambassador"] is False
