"""What guests never confirm is forgotten after a week, with its files; and nothing else is."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.accounts.models import User
from community.tickets.actions.confirm_guest import ask_to_confirm_again, confirm_guest, forget_unconfirmed
from community.tickets.files import Judged
from community.tickets.models import Ticket, TicketAttachment, TicketFormKey
from deploy.housekeeping import keep_house
from tests.factories.tickets import make_guest_ticket, make_ticket

pytestmark = pytest.mark.django_db
FILE = Judged("meter.txt", b"4711", "text/plain; charset=utf-8")
EIGHT_DAYS = timedelta(days=8)


def grow_old() -> None:
    Ticket.objects.update(created_at=timezone.now() - EIGHT_DAYS)


def test_an_unconfirmed_request_is_forgotten_with_its_files(
    customer: User, django_capture_on_commit_callbacks: Any
) -> None:
    kept = {make_guest_ticket("confirmed@guest.example"), make_ticket(customer)}
    make_guest_ticket("silent@guest.example", confirmed=False, files=[FILE])
    path = Path(TicketAttachment.objects.get().file.path)
    grow_old()
    kept.add(make_guest_ticket("recent@guest.example", confirmed=False))
    with django_capture_on_commit_callbacks(execute=True):
        assert keep_house()["old rows deleted"] == 1
    assert set(Ticket.objects.all()) == kept
    assert not path.exists()
    assert forget_unconfirmed() == 0


def test_confirming_twice_is_confirming_once(customer: User) -> None:
    ticket = make_guest_ticket(confirmed=False)
    assert confirm_guest(ticket)
    assert not confirm_guest(ticket)
    assert not ask_to_confirm_again(ticket)
    with pytest.raises(PermissionDenied):
        confirm_guest(make_ticket(customer))


def test_old_form_keys_are_forgotten(customer: User) -> None:
    make_ticket(customer, key="k1")
    TicketFormKey.objects.update(created_at=timezone.now() - EIGHT_DAYS)
    keep_house()
    assert not TicketFormKey.objects.exists()
    assert Ticket.objects.count() == 1
