"""The demo community in a process of its own, a browser, and people who hold one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.demo_site import Site, served
from tests.browser.devices import People

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
    # The windows around pages, which nobody sees here, would be drawn ahead of need.
    "--disable-features=PreloadTopChromeWebUI,MediaRouter,Translate,OptimizationHints,HttpsUpgrades,PaintHolding",
    "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-sync",
    # No name but this machine's can be looked up, whatever a page tries.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]  # fmt: skip
PATIENCE_MILLISECONDS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    """The demo community, with the coffee questions, as this worker's own."""
    with served() as running_site:
        yield running_site


# Playwright keeps an event loop in this thread, in which Django refuses its database: it ends with this folder.
@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all tests of this folder."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def everybody(browser: Browser, site: Site) -> People:
    """Who has signed in already stays signed in from test to test."""
    return People(browser, site)


@pytest.fixture
def people(everybody: People) -> Iterator[People]:
    """Opens phones; at the end nothing may have gone wrong or out in any of them."""
    yield everybody
    assert everybody.leave() == []
