"""Requests to support through the API: opened once, read by their owner, without what agents say to each other."""

import pytest

from community.accounts.models import User
from community.core import ratelimits
from community.tickets.actions.note import add_note
from community.tickets.actions.reply import reply_to_customer
from community.tickets.models import Ticket
from community.topics.models import Section
from tests.community.api.program import Program
from tests.factories.tickets import make_agent, make_guest_ticket

pytestmark = pytest.mark.django_db
WORDS = {"subject": "My parcel is late", "body": "It should have come on *Monday*."}


def test_a_request_is_opened_and_given_back(asker: User, section: Section) -> None:
    made = Program(asker)("POST", "tickets", {**WORDS, "section": "garden", "urgency": "blocked", "lang": "fr"})
    assert made.status_code == 201
    ticket, told = Ticket.objects.get(), made.json()
    assert set(told) == {
        "id", "subject", "status", "close_reason", "urgency", "section", "lang", "created_at", "updated_at", "due_at",
        "closed_at", "url", "messages",
    }  # fmt: skip
    assert (told["id"], told["status"], told["section"], told["lang"]) == (ticket.key, "open", "garden", "fr")
    assert told["url"] == f"http://testserver{ticket.get_absolute_url()}"
    assert [each["html"] for each in told["messages"]] == ["<p>It should have come on <em>Monday</em>.</p>\n"]
    assert (ticket.requester, ticket.messages.get().channel) == (asker, "api")


def test_a_subject_and_a_body_are_enough(asker: User) -> None:
    assert Program(asker)("POST", "tickets", WORDS).status_code == 201
    assert Ticket.objects.get().lang == asker.language


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": "x"}, "subject"),
        ({"subject": "?!?!"}, "subject"),
        ({"body": "  "}, "body"),
        ({"section": "nowhere"}, "section"),
        ({"urgency": "panic"}, "urgency"),
        ({"requester": "admin"}, "requester"),
        ({"status": "closed"}, "status"),
        ({"assignee": "1"}, "assignee"),
    ],
)
def test_what_is_wrong_is_told_by_field(asker: User, change: dict[str, str], field: str) -> None:
    refused = Program(asker)("POST", "tickets", {**WORDS, **change})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, [field])
    assert not Ticket.objects.exists()


def test_the_same_key_opens_one_request(asker: User) -> None:
    program = Program(asker)
    first, again = (program("POST", "tickets", WORDS, Idempotency_Key="k1") for _time in range(2))
    assert first.json()["id"] == again.json()["id"]
    assert program("POST", "tickets", {**WORDS, "body": "Other."}, Idempotency_Key="k1").status_code == 409
    assert Ticket.objects.count() == 1


def test_a_token_is_needed_and_requests_have_a_measure(anonymous: Program, asker: User) -> None:
    assert anonymous("POST", "tickets", WORDS).status_code == 401
    program, most = Program(asker), ratelimits.TICKET[0].count
    made = [program("POST", "tickets", {**WORDS, "subject": f"Parcel {n}"}).status_code for n in range(most + 1)]
    assert made == [201] * most + [429]


def test_only_its_owner_reads_it_and_never_the_notes(anonymous: Program, asker: User, stranger: User) -> None:
    program, agent = Program(asker), make_agent()
    key = program("POST", "tickets", WORDS).json()["id"]
    ticket = Ticket.objects.get()
    add_note(ticket, by=agent, body="SECRET-NOTE")
    reply_to_customer(ticket, by=agent, body="It left.")
    told = program("GET", f"tickets/{key}")
    assert [(each["author"], each["body"]) for each in told.json()["messages"]] == [
        ("customer", WORDS["body"]),
        ("support", "It left."),
    ]
    assert b"SECRET-NOTE" not in told.content
    for other in (anonymous, Program(stranger), Program(agent)):
        assert other("GET", f"tickets/{key}").status_code == 404
    assert program("GET", f"tickets/{make_guest_ticket().key}").status_code == 404
    for foreign in ("1", "x" * 65, "%00" * 20, "../sections"):
        assert program("GET", f"tickets/{foreign}").status_code == 404


def test_reading_costs_the_same_however_long_it_is(asker: User, django_assert_num_queries) -> None:
    program = Program(asker)
    key = program("POST", "tickets", WORDS).json()["id"]
    ticket, agent = Ticket.objects.get(), make_agent()
    for number in range(8):
        reply_to_customer(ticket, by=agent, body=f"Answer {number}.")
    with django_assert_num_queries(3):
        program("GET", f"tickets/{key}")
