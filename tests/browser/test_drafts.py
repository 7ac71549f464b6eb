"""What is typed survives a reload, a lost connection and a second device."""

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.devices import People

DETAILS = "/en/ask/details/"


def writes(page: Page, text: str, field: str = "#ask-body") -> None:
    """Type into the form and wait until the page says where that is kept."""
    page.locator(field).fill(text)
    expect(page.locator("[data-draft-status]").first).not_to_be_empty()


def says(page: Page, text: str) -> None:
    """The page says that about the draft."""
    expect(page.locator("[data-draft-status]").first).to_have_text(text)


def test_a_guests_answer_survives_a_reload_until_it_is_cleared(people: People) -> None:
    page = people.device()
    steps.open_topic(page, "en", "toilet keeps running")
    writes(page, "It is the flap", "#answer-body")
    says(page, "Kept in this browser")
    page.reload()
    expect(page.locator("#answer-body")).to_have_value("It is the flap")
    expect(page.locator("[data-draft-notice]")).to_be_visible()
    page.locator("[data-draft-discard]").click()
    expect(page.locator("#answer-body")).to_have_value("")
    page.reload()
    expect(page.locator("#answer-body")).to_have_value("")
    expect(page.locator("[data-draft-notice]")).to_be_hidden()


def test_a_members_question_waits_on_the_server_for_a_second_device(people: People) -> None:
    phone = people.device("alice")
    phone.goto(DETAILS)
    phone.locator("input[name=title]").fill("Hinge of the oven door")
    writes(phone, "It drops by itself.")
    says(phone, "Draft saved")
    phone.reload()
    expect(phone.locator("#ask-body")).to_have_value("It drops by itself.")
    tablet = people.device("alice", size={"width": 820, "height": 1100})
    tablet.goto(DETAILS)
    expect(tablet.locator("#ask-body")).to_have_value("It drops by itself.")
    expect(tablet.locator("input[name=title]")).to_have_value("Hinge of the oven door")


def test_a_lost_connection_loses_no_word(people: People) -> None:
    phone = people.device("marc")
    phone.goto(DETAILS)
    phone.context.set_offline(True)
    writes(phone, "Written in the lift.")
    says(phone, "Offline, kept here")
    phone.context.set_offline(False)
    says(phone, "Draft saved")
    tablet = people.device("marc")
    tablet.goto(DETAILS)
    expect(tablet.locator("#ask-body")).to_have_value("Written in the lift.")


def test_a_server_that_does_not_answer_and_a_reload_lose_no_word(people: People) -> None:
    phone = people.device("tom_kettle")
    phone.goto(DETAILS)
    phone.route("**/drafts/**", lambda route: route.fulfill(status=503, body=""))
    writes(phone, "Nobody listens.")
    says(phone, "Kept in this browser")
    phone.reload()
    expect(phone.locator("#ask-body")).to_have_value("Nobody listens.")
    expect(phone.locator("[data-draft-notice]")).to_be_visible()


def test_two_devices_that_wrote_at_once_choose_between_both_texts(people: People) -> None:
    phone, tablet = people.device("admin"), people.device("admin")
    phone.goto(DETAILS)
    tablet.goto(DETAILS)
    writes(phone, "From the phone.")
    says(phone, "Draft saved")
    tablet.locator("#ask-body").fill("From the tablet.")
    conflict = tablet.locator("[data-draft-conflict]")
    expect(conflict).to_be_visible()
    expect(conflict).to_contain_text("From the phone.")
    expect(tablet.locator("#ask-body")).to_have_value("From the tablet.")
    tablet.locator("[data-draft-take]").click()
    expect(tablet.locator("#ask-body")).to_have_value("From the phone.")
    expect(conflict).to_be_hidden()
    says(tablet, "Draft saved")
