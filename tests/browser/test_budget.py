"""What a page costs a slow phone, counted from what was really sent."""

import pytest
from playwright.sync_api import Response

from tests.browser import steps
from tests.browser.devices import People

ADDRESSES = ["/en/", "/en/questions/", "topic", "/en/ask/", "/en/ask/details/", "/en/search/?q=tap"]
SCRIPTS_BYTES, SHEETS_BYTES = 40_000, 15_000


def sent(responses: list[Response], kind: str) -> int:
    """The bytes of all answers of `kind`, as they went over the wire."""
    return sum(
        response.request.sizes()["responseBodySize"] for response in responses if response.request.resource_type == kind
    )


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("visitor", ["", "amina"], ids=["guest", "member"])
def test_scripts_and_sheets_stay_small(people: People, address: str, visitor: str) -> None:
    if address == "topic":
        scout = people.device()
        steps.open_topic(scout, "en", "toilet keeps running")
        address = scout.url
    page = people.device(visitor)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    scripts, sheets = sent(responses, "script"), sent(responses, "stylesheet")
    assert 0 < scripts < SCRIPTS_BYTES, f"{scripts} bytes of scripts"
    assert 0 < sheets < SHEETS_BYTES, f"{sheets} bytes of sheets"
