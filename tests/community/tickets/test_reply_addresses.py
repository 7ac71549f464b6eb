"""Addresses that answers come back to: nobody makes one up, keeps one for ever, or uses one for something else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.tickets.models import Ticket
from community.tickets.models.tickets import new_key
from community.tickets.reply_addresses import (
    CUSTOMER,
    DESK,
    VALID_DAYS,
    BadAddress,
    address_for,
    side_of,
    ticket_id_in,
)

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
DOMAIN = "support.example"


@pytest.fixture
def one() -> Ticket:
    return Ticket(pk=12, key=new_key())


@pytest.mark.parametrize("side", [CUSTOMER, DESK])
def test_an_address_leads_back_to_its_ticket_and_its_side(one: Ticket, side: str) -> None:
    address = address_for(one, side, DOMAIN, NOW)
    assert ticket_id_in(address, DOMAIN) == 12
    assert side_of(address, one, DOMAIN, NOW) == side
    assert side_of(address.upper(), one, DOMAIN, NOW + timedelta(days=VALID_DAYS)) == side
    assert len(address.partition("@")[0]) <= 64


def test_the_two_sides_have_different_addresses(one: Ticket) -> None:
    assert address_for(one, CUSTOMER, DOMAIN, NOW) != address_for(one, DESK, DOMAIN, NOW)


def test_without_a_domain_there_is_no_address(one: Ticket) -> None:
    assert address_for(one, CUSTOMER, "", NOW) == ""
    with pytest.raises(BadAddress):
        ticket_id_in("support+12.0123aaaaaaaaaaaaaaaa@", "")


def test_it_expires(one: Ticket) -> None:
    address = address_for(one, CUSTOMER, DOMAIN, NOW)
    with pytest.raises(BadAddress, match="expired"):
        side_of(address, one, DOMAIN, NOW + timedelta(days=VALID_DAYS + 2))


def test_it_is_for_one_ticket(one: Ticket) -> None:
    address = address_for(one, CUSTOMER, DOMAIN, NOW)
    other = Ticket(pk=13, key=one.key)
    for moved in (address, address.replace("+12.", "+13.")):
        with pytest.raises(BadAddress):
            side_of(moved, other, DOMAIN, NOW)


def test_another_key_of_the_ticket_makes_it_void(one: Ticket) -> None:
    address = address_for(one, CUSTOMER, DOMAIN, NOW)
    one.key = new_key()
    with pytest.raises(BadAddress):
        side_of(address, one, DOMAIN, NOW)


def test_its_day_cannot_be_moved(one: Ticket) -> None:
    old = address_for(one, CUSTOMER, DOMAIN, NOW - timedelta(days=VALID_DAYS + 5))
    new = address_for(one, CUSTOMER, DOMAIN, NOW)
    day = new.partition(".")[2][:4]
    local, _dot, rest = old.partition(".")
    with pytest.raises(BadAddress):
        side_of(f"{local}.{day}{rest[4:]}", one, DOMAIN, NOW)


@pytest.mark.parametrize(
    "address",
    [
        "support@support.example",
        "support+12@support.example",
        "support+0.1060aaaaaaaaaaaaaaaa@support.example",
        "support+12.1060aaaaaaaaaaaaaaaa@other.example",
        "support+12.1060aaaaaaaaaaaaaaaa@support.example.evil.example",
        "support+12.1060aaaaaaaaaaaaaaa@support.example",
        "support+12.1060aaaaaaaaaaaaaaaaa@support.example",
        "support+12.10600aaaaaaaaaaaaaaa1@support.example",
        "support+1e1.1060aaaaaaaaaaaaaaaa@support.example",
        "",
        "@",
    ],
)
def test_what_has_another_shape_is_no_address(address: str) -> None:
    with pytest.raises(BadAddress):
        ticket_id_in(address, DOMAIN)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 9999), st.text(alphabet="abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16))
def test_nothing_made_up_is_accepted(one: Ticket, day: int, signature: str) -> None:
    with pytest.raises(BadAddress):
        side_of(f"support+12.{day:04d}{signature}@{DOMAIN}", one, DOMAIN, NOW)
