"""E-mails about notifications: only those asked for, once, in the member's language."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.test import override_settings

from community.accounts.actions.emails import trust_email
from community.core.mail import queue_email, send_email_task
from community.core.models import BackgroundTask
from community.notifications.actions.mark_read import mark_read
from community.notifications.actions.notify import notify
from community.notifications.actions.prefer import set_preferences
from community.notifications.emails import AT_WORK, AtWork, send_notification_email
from community.notifications.models import Notification
from community.notifications.tasks import send_notification_email_task
from tests.community.notifications.conftest import GONE

pytestmark = pytest.mark.django_db
STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}


def test_nothing_is_sent_that_was_not_asked_for(nadia, john):
    notify(nadia, "visit", actor=john)
    assert not mail.outbox


@pytest.mark.parametrize(
    ("who", "words", "path"),
    [("nadia", "Lire", "/fr/members/nadia/"), ("john", "Read it", "/en/members/john/")],
)
def test_whoever_asked_gets_it_in_their_language(person, who, words, path, request):
    user, visitor = request.getfixturevalue(who), person("visitor")
    set_preferences({"visit": True}, by=user)
    notify(user, "visit", actor=visitor)
    (message,) = mail.outbox
    html = message.alternatives[0][0]
    assert message.to == [user.email]
    assert message.subject == "visitor has <b>visited</b> you"
    assert f"http://testserver{path}" in message.body
    assert words in html
    assert "<b>visited" not in html


def test_mail_programs_are_told_how_to_stop_it(nadia, john):
    set_preferences({"visit": True}, by=nadia)
    notify(nadia, "visit", actor=john)
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe"].startswith("<http://testserver/fr/unsubscribe/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_address_that_nobody_confirmed_gets_nothing_until_it_is(person, john):
    user = person("new", confirmed=False)
    set_preferences({"visit": True}, by=user)
    notify(user, "visit", actor=john, data={"post_id": 1})
    assert not mail.outbox
    trust_email(user)
    notify(user, "visit", actor=john, data={"post_id": 2})
    assert len(mail.outbox) == 1


def test_running_the_task_again_sends_nothing_again(nadia, john):
    set_preferences({"visit": True}, by=nadia)
    notify(nadia, "visit", actor=john)
    send_notification_email_task.enqueue(notification_id=Notification.objects.get().pk)
    assert len(mail.outbox) == 1
    assert Notification.objects.get().emailed_at


def test_a_worker_that_died_while_sending_is_followed_by_one_that_sends_the_same_mail(nadia, john):
    set_preferences({"visit": True}, by=nadia)
    notify(nadia, "visit", actor=john)
    # As if it had been killed before it could say that the mail had gone.
    Notification.objects.update(emailed_at=None)
    with pytest.raises(AtWork):
        send_notification_email(Notification.objects.get())
    assert len(mail.outbox) == 1
    Notification.objects.update(claimed_at=F("claimed_at") - AT_WORK - timedelta(seconds=1))
    assert send_notification_email(Notification.objects.get())
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_each_mail_has_an_id_of_its_own_and_keeps_it_when_it_is_sent_again(nadia):
    with override_settings(TASKS=STORED):
        queue_email(nadia.email, "Hello", "Here is your code.")
        queue_email(nadia.email, "Hello", "Here is your code.")
    rows = list(BackgroundTask.objects.all())
    for row in (*rows, rows[0]):
        send_email_task.call(**row.arguments["kwargs"])
    one, other, again = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert one == again != other


def test_what_was_read_or_is_gone_meanwhile_is_not_sent(nadia, john):
    set_preferences({"visit": True}, by=nadia)
    notify(nadia, "visit", actor=john, data={"post_id": GONE})
    assert not mail.outbox
    Notification.objects.update(data={})
    mark_read(by=nadia)
    assert not send_notification_email(Notification.objects.get())
    assert send_notification_email_task.call(notification_id=10**6) is False


def test_a_mail_server_that_is_down_gives_the_claim_back(nadia, john):
    set_preferences({"visit": True}, by=nadia)
    with override_settings(EMAIL_BACKEND="tests.community.notifications.test_emails.Broken"):
        notify(nadia, "visit", actor=john)
    assert Notification.objects.get().emailed_at is None
    assert send_notification_email(Notification.objects.get())
    assert len(mail.outbox) == 1


class Broken:
    """A mail server that is down."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("down")
