"""The real command: it speaks LMTP and SMTP, answers only what is committed, and ends in order."""

import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from community.tickets.desks.email.parsing import MAX_BYTES
from community.tickets.models import SupportSettings, Ticket
from community.tickets.reply_addresses import CUSTOMER, address_for
from tests.community.tickets.letters import letter
from tests.factories.tickets import make_guest_ticket
from tests.services import beside
from tests.services.processes import free_port, listens, wait_until

ROOT = Path(__file__).resolve().parents[3]
DOMAIN = "support.example"
GUEST = "camille@guest.example"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@contextmanager
def listener(tmp_path: Path, *options: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """`manage.py support_mail` in a process of its own."""
    port, log = free_port(), tmp_path / "output.log"
    command = [sys.executable, str(ROOT / "manage.py"), "support_mail", "--listen", f"127.0.0.1:{port}", *options]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=beside.environment(), stdout=output, stderr=output)
    try:
        wait_until(lambda: listens(port), process, 60, log)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.fixture
def guest_ticket() -> Ticket:
    """A guest's ticket on a site where answers come back by e-mail; what a flush took away is made again."""
    if not Site.objects.filter(is_default_site=True).exists():
        Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    site = Site.objects.get(is_default_site=True)
    SupportSettings.objects.create(site=site, reply_domain=DOMAIN)
    return make_guest_ticket()


def address(ticket: Ticket) -> str:
    return address_for(ticket, CUSTOMER, DOMAIN, timezone.now())


def test_mails_are_taken_in_by_lmtp_once_and_refused_at_the_door(tmp_path: Path, guest_ticket: Ticket) -> None:
    good = address(guest_ticket)
    with listener(tmp_path) as (port, process):
        with smtplib.LMTP("127.0.0.1", port) as conversation:
            assert conversation.ehlo_or_helo_if_needed() is None
            raw = letter("It came this morning.")
            assert conversation.sendmail(GUEST, [good], raw) == {}
            assert conversation.sendmail(GUEST, [good], raw) == {}
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                conversation.sendmail(GUEST, [good.replace("+", "+9")], raw)
            assert next(iter(refused.value.recipients.values()))[0] == 550
            assert conversation.mail(GUEST)[0] == 250
            assert conversation.rcpt(good)[0] == 250
            assert conversation.rcpt(good)[0] == 452
            assert conversation.rset()[0] == 250
            with pytest.raises(smtplib.SMTPDataError) as given_back:
                conversation.sendmail(GUEST, [good], letter("> only a quote"))
            assert given_back.value.smtp_code == 554
            with pytest.raises(smtplib.SMTPSenderRefused) as heavy:
                conversation.sendmail(GUEST, [good], letter() + b"y" * MAX_BYTES)
            assert heavy.value.smtp_code == 552
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    bodies = list(guest_ticket.messages.order_by("pk").values_list("body", flat=True))
    assert bodies[1:] == ["It came this morning."]
    log = (tmp_path / "output.log").read_text()
    assert "Listening on 127.0.0.1" in log
    for secret in (GUEST, good, "It came this morning."):
        assert secret not in log


def test_it_speaks_smtp_when_told_to(tmp_path: Path, guest_ticket: Ticket) -> None:
    with listener(tmp_path, "--smtp") as (port, _process), smtplib.SMTP("127.0.0.1", port) as conversation:
        assert conversation.sendmail(GUEST, [address(guest_ticket)], letter("By SMTP.")) == {}
    assert guest_ticket.messages.filter(body="By SMTP.").count() == 1


def test_a_place_to_listen_that_is_none_is_said() -> None:
    with pytest.raises(CommandError, match="HOST:PORT"):
        call_command("support_mail", listen="nowhere")
