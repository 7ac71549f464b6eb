"""Private files: which are taken, what is kept of them, and who gets them."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from community.accounts.models import User
from community.tickets.actions import say
from community.tickets.actions.note import add_note
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.files import MAX_BYTES, Judged, Sent, clean_name, judge, judge_all
from community.tickets.models import Ticket, TicketAttachment, TicketMessage
from tests.community.tickets.documents import OPEN_TEXT, PDF, SHEET, WORD, packed, photo
from tests.factories.tickets import make_guest_ticket, make_ticket
from tests.factories.topics import make_user

Browser = Callable[..., Client]
SAME_SITE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
TEXT_FILE = Judged("meter.txt", b"SECRET-METER 4711", "text/plain; charset=utf-8")


def sent(name: str, content: bytes) -> Sent:
    return Sent(name, io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content", "kept_as", "content_type"),
    [
        ("tap.JPG", photo(), "tap.webp", "image/webp"),
        ("tap.png", photo(form="PNG"), "tap.webp", "image/webp"),
        ("tap.pdf", photo(), "tap.webp", "image/webp"),
        ("bill.pdf", PDF, "bill.pdf", "application/pdf"),
        ("bill.exe", PDF, "bill.pdf", "application/pdf"),
        ("letter.docx", packed(WORD), "letter.docx", "wordprocessingml"),
        ("list.xlsx", packed(SHEET), "list.xlsx", "spreadsheetml"),
        ("letter.odt", packed(OPEN_TEXT), "letter.odt", "opendocument.text"),
        ("note.txt", "Compteur à 47 m³".encode(), "note.txt", "text/plain"),
        ("note.txt", "Compteur à 47 m³".encode("cp1252"), "note.txt", "text/plain"),
        ("page.html", b"<script>alert(1)</script>", "page.txt", "text/plain"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "drawing.txt", "text/plain"),
    ],
)
def test_files_are_what_they_hold_not_what_they_are_called(
    name: str, content: bytes, kept_as: str, content_type: str
) -> None:
    judged = judge(sent(name, content))
    assert judged.name == kept_as
    assert content_type in judged.content_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program",
        b"\x7fELF\x02",
        b"",
        b"   \n",
        packed({"anything.txt": "x"}),
        packed({**WORD, "word/vbaProject.bin": "macro"}),
        packed({**OPEN_TEXT, "Basic/Standard/Module1.xml": "macro"}),
        packed({"mimetype": "application/zip"}),
        b"PK\x03\x04 cut short",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old office file",
        b"RIFF\x00\x00\x00\x00WAVE",
        photo()[:200],
        b"<html>\x00</html>",
    ],
)
def test_everything_else_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        judge(sent("thing.pdf", content))
    assert refusal.value.messages


def test_a_picture_is_drawn_anew_without_its_place_and_what_hides_behind_it() -> None:
    kept = judge(sent("tap.jpg", photo(b"<?php evil(); ?><script>alert(1)</script>"))).content
    assert b"SECRET-PLACE" not in kept
    assert b"evil" not in kept
    assert Image.open(io.BytesIO(kept)).format == "WEBP"


def test_files_are_few_and_light() -> None:
    with pytest.raises(ValidationError, match="at most 5 files"):
        judge_all([sent(f"{n}.pdf", PDF) for n in range(6)])
    with pytest.raises(ValidationError, match="weighs more than 8 MB"):
        judge(sent("big.pdf", PDF + b" " * MAX_BYTES))
    with pytest.raises(ValidationError, match="10 MB together"):
        judge_all([sent(f"{n}.pdf", PDF + b" " * (6 * 1024 * 1024)) for n in range(2)])


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\tap.jpg", "tap.jpg"),
        ("in\u202egpj.exe", "ingpj.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("  .. ", "file"),
        ("x" * 300 + ".pdf", "x" * 95 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given: str, shown: str) -> None:
    assert clean_name(given) == shown


@pytest.fixture
def filed(ticket: Ticket, customer: User) -> TicketAttachment:
    """A file of `customer`."""
    message = write_to_support(ticket, by=customer, body="Here it is.", files=[TEXT_FILE])
    return message.attachments.get()


def address(ticket: Ticket, attachment: TicketAttachment) -> str:
    return reverse("tickets:file", args=[ticket.key, attachment.key])


@pytest.mark.django_db
def test_files_are_kept_apart_and_for_the_server_only(filed: TicketAttachment, settings: Any) -> None:
    path = Path(filed.file.path)
    assert Path(settings.PRIVATE_ROOT) in path.parents
    assert Path(settings.MEDIA_ROOT) not in path.parents
    assert path.stat().st_mode & 0o077 == 0
    assert "meter" not in str(path)
    with pytest.raises(ValueError):
        _address = filed.file.url
    settings.PRIVATE_ROOT = Path(settings.MEDIA_ROOT) / "private"
    assert "tickets.E001" in {message.id for message in run_checks()}


@pytest.mark.django_db
def test_the_customer_and_agents_get_the_file_to_save(
    as_user: Browser, ticket: Ticket, filed: TicketAttachment, customer: User, agent: User
) -> None:
    for user, path in (
        (customer, address(ticket, filed)),
        (agent, reverse("tickets_desk:file", args=[ticket.pk, filed.key])),
    ):
        answer = as_user(user).get(path)
        assert b"".join(answer.streaming_content) == b"SECRET-METER 4711"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="meter.txt"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_nobody_else_gets_it(as_user: Browser, ticket: Ticket, filed: TicketAttachment, stranger: User) -> None:
    guest, other = make_guest_ticket(), make_ticket(make_user("other_customer"))
    desk = reverse("tickets_desk:file", args=[ticket.pk, filed.key])
    for user in (stranger, other.requester, None):
        for path in (address(ticket, filed), address(guest, filed), address(other, filed), desk, filed.file.name):
            answer = as_user(user).get(path if path.startswith("/") else f"/media/{path}")
            assert answer.status_code in {302, 404}, path


@pytest.mark.django_db
def test_a_file_belongs_to_one_ticket(as_user: Browser, customer: User, agent: User, filed: TicketAttachment) -> None:
    other = make_ticket(customer)
    assert as_user(customer).get(address(other, filed)).status_code == 404
    desk = reverse("tickets_desk:file", args=[other.pk, filed.key])
    assert as_user(agent).get(desk, follow=True).status_code == 404


@pytest.mark.django_db
def test_a_guest_gets_files_by_the_key_of_the_ticket_alone(as_user: Browser, agent: User, guest_ticket: Ticket) -> None:
    message = reply_to_customer(guest_ticket, by=agent, body="See this.", files=[TEXT_FILE])
    attachment = message.attachments.get()
    assert as_user().get(address(guest_ticket, attachment)).status_code == 200
    assert as_user().get(reverse("tickets:file", args=["x" * 43, attachment.key])).status_code == 404


@pytest.mark.django_db
def test_files_of_notes_stay_at_the_desk(as_user: Browser, ticket: Ticket, customer: User, agent: User) -> None:
    attachment = add_note(ticket, by=agent, body="Look.", files=[TEXT_FILE]).attachments.get()
    assert as_user(customer).get(address(ticket, attachment)).status_code == 404
    assert as_user(agent).get(reverse("tickets_desk:file", args=[ticket.pk, attachment.key])).status_code == 200


@pytest.mark.django_db
def test_files_are_sent_with_the_form_and_shown_in_the_thread(as_user: Browser, guest_ticket: Ticket) -> None:
    upload = SimpleUploadedFile("tap.jpg", photo(), content_type="image/jpeg")
    browser = as_user()
    answer = browser.post(guest_ticket.get_absolute_url(), {"body": "See.", "files": [upload], "key": "f"}, **SAME_SITE)
    assert answer.status_code == 302
    attachment = TicketAttachment.objects.get()
    html = browser.get(guest_ticket.get_absolute_url()).content.decode()
    assert f'src="{address(guest_ticket, attachment)}"' in html
    shown = browser.get(address(guest_ticket, attachment))
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.headers["Content-Disposition"].startswith("inline")


@pytest.mark.django_db
def test_a_file_that_is_not_taken_keeps_the_words(as_user: Browser, guest_ticket: Ticket) -> None:
    upload = SimpleUploadedFile("setup.exe", b"MZ\x90\x00")
    answer = as_user().post(guest_ticket.get_absolute_url(), {"body": "See.", "files": [upload]}, **SAME_SITE)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "“setup.exe” is not a kind of file that is taken here." in html
    assert "choose them again" in html
    assert not TicketAttachment.objects.exists()


@pytest.mark.django_db
def test_nothing_is_left_behind_by_a_message_that_fails(
    ticket: Ticket, customer: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(say, "MAX_OF_TICKET", 1)
    write_to_support(ticket, by=customer, body="One.", files=[TEXT_FILE])
    with pytest.raises(ValidationError):
        write_to_support(ticket, by=customer, body="Two.", files=[TEXT_FILE])
    assert TicketMessage.objects.filter(body="Two.").exists() is False

    def full(self: TicketAttachment, *_arguments: Any, **_more: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(say, "MAX_OF_TICKET", 9)
    monkeypatch.setattr(TicketAttachment, "save", full)
    folder = Path(settings.PRIVATE_ROOT) / "tickets" / str(ticket.pk)
    before = sorted(folder.iterdir())
    with pytest.raises(OSError, match="disk full"):
        write_to_support(ticket, by=customer, body="Three.", files=[TEXT_FILE])
    assert sorted(folder.iterdir()) == before


@pytest.mark.django_db
def test_a_file_whose_content_is_gone_is_not_found(
    as_user: Browser, ticket: Ticket, filed: TicketAttachment, customer: User
) -> None:
    Path(filed.file.path).unlink()
    assert as_user(customer).get(address(ticket, filed)).status_code == 404
