"""From question to human: a guest on a phone asks support, an agent answers in the inbox, both ways of reading work."""

import email
import re
import time
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.devices import People
from tests.browser.places import look_up
from tests.browser.test_every_page import AXE, RULES, too_wide

DESK = {"width": 1280, "height": 900}
FOLLOWS_SECONDS = 15.0


def mail_to(folder: Path, address: str, holding: str) -> str:
    """The text of the mail to `address` that holds `holding`, when the task has sent it."""
    deadline = time.monotonic() + FOLLOWS_SECONDS
    while time.monotonic() < deadline:
        for path in sorted(folder.glob("*.log")) if folder.exists() else []:
            for raw in path.read_bytes().split(b"-" * 79 + b"\n"):
                message: Any = email.message_from_bytes(raw, policy=default)
                body = message.get_body(("plain",)) if message["To"] == address else None
                if body is not None and holding in body.get_content():
                    return str(body.get_content())
        time.sleep(0.2)
    pytest.fail(f"no mail to {address} holds {holding!r}")


def asks_support(page: Page, subject: str, address: str) -> None:
    """Words, the answers, a person; the words come along."""
    page.locator("#help-words").fill(subject)
    page.locator(".ask__go").click()
    expect(page).to_have_url(re.compile(r"/get-help/answers/\?q="))
    expect(page.locator("main a", has_text="Ask the community")).to_be_visible()
    page.locator("main a", has_text="Talk to support").last.click()
    expect(page.locator("input[name=subject]")).to_have_value(subject)
    page.locator("#ticket-body").fill("It came **broken**.\n\n- box open\n- no bill")
    page.get_by_label("It bothers me, but I can go on").check()
    page.locator("input[name=email]").fill(address)
    page.locator("main .button--primary").click()
    expect(page.locator("main h1")).to_have_text("Look into your e-mail")


def test_a_guest_asks_support_and_an_agent_answers(people: People) -> None:
    subject, address = "My new lamp arrived broken", "robin@guest.example"
    guest = people.device()
    steps.open_topic(guest, "en", "toilet keeps running")
    read = guest.locator("h1.topic__title").inner_text()
    guest.locator(".tabbar a", has_text="Help").click()
    asks_support(guest, subject, address)

    link = re.search(r"http://localhost:\d+(/en/tickets/[\w-]+/)", mail_to(people.site.mails, address, "/tickets/"))
    assert link
    guest.goto(link[1])
    guest.get_by_role("button", name="Yes, send it to support").click()
    expect(guest.locator(".notice").first).to_contain_text("The support team has your request.")
    expect(guest.locator(".notice").first).to_contain_text("We answer within 4 opening hours: before")
    assert too_wide(guest) == []

    agent = people.device("marc", size=DESK)
    agent.goto("/admin/tickets/?show=unassigned")
    agent.get_by_role("link", name=subject).click()
    expect(agent.locator(".desk-message--customer strong").last).to_have_text("broken")
    expect(agent.locator("#read-section, [id*=read]").get_by_role("link", name=read)).to_be_visible()
    agent.locator("#reply-body").fill("Sorry for that. A **new lamp** leaves today.")
    agent.locator("#reply-section button.button").last.click()
    expect(agent.locator(".desk-message--agent")).to_contain_text("A new lamp leaves today.")

    assert "A **new lamp** leaves today." in mail_to(people.site.mails, address, "new lamp")
    guest.reload()
    expect(guest.locator(".post--official .post__body strong")).to_have_text("new lamp")
    guest.get_by_role("button", name="It is solved").click()
    expect(guest.locator(".notice--solved")).to_contain_text("This request is closed.")
    guest.locator("#ticket-body").fill("The new one is fine, thank you.")
    guest.get_by_role("button", name="Write and reopen").click()
    expect(guest.locator(".post__body", has_text="The new one is fine")).to_be_visible()


def test_without_scripts_the_same_path_is_three_plain_pages(people: People) -> None:
    page = people.device(java_script_enabled=False)
    page.goto("/en/questions/")
    page.locator(".tabbar a", has_text="Help").click()
    asks_support(page, "Which bulb fits my lamp?", "plain@guest.example")
    assert "Which bulb" not in mail_to(people.site.mails, "plain@guest.example", "/tickets/")


def test_a_member_signs_out_from_the_page_of_a_request(people: People) -> None:
    """A page that told no origin at all would make this form one "from another site"."""
    page = people.device("priya_diy")
    page.goto(f"/en/tickets/{look_up(people.site, 'en')['closed']}/")
    page.locator(".site-header summary").first.click()
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="Sign out").click()
    assert navigation.value.status == 200
    people.signed_in.pop("priya_diy", None)


def test_a_saved_reply_is_inserted_where_the_caret_is(people: People) -> None:
    page = people.device("marc", size=DESK)
    page.goto("/admin/tickets/")
    page.locator(".desk-queue a").first.click()
    page.locator("#reply-body").fill("Hello.")
    page.locator(".desk-saved summary").click()
    page.get_by_role("button", name="Insert").first.click()
    expect(page.locator("#reply-body")).to_have_value(re.compile(r"^Hello\.\n\n\w"))


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/propose/"])
def test_the_inbox_has_no_barrier_of_ours(people: People, path: str) -> None:
    page = people.device("marc", size=DESK, reduced_motion="reduce")
    page.goto("/admin/tickets/")
    pk = re.search(r"/tickets/(\d+)/", page.locator(".desk-queue a").first.get_attribute("href") or "")
    assert pk
    page.goto(f"/admin/tickets/{path.format(pk=pk[1])}")
    found = AXE.run(page, context=".nice-padding", options=RULES).response["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found] == []
