"""Browsers that people hold: a phone unless said, watched for requests to others and for errors."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.demo_site import Site

PHONE = {"width": 360, "height": 780}
LOCALES = {"en": "en-GB", "fr": "fr-FR"}
NO_REQUEST = {"data", "blob", "about", "chrome"}
# What Chromium and htmx write about any answer above 399; tests look at those answers themselves.
REFUSED = re.compile(
    r"the server responded with a status of \d+|Response Status Error Code \d+|net::ERR_INTERNET_DISCONNECTED"
)


@dataclass
class Watch:
    """What went wrong or out in one browser; `faults` must be empty at its end."""

    origin: str
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Note everything that happens in `context`."""
        context.on("request", self.requested)
        context.on("console", self.said)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def requested(self, request: Request) -> None:
        """Only our own origin is ever asked for anything."""
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in NO_REQUEST and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"request to {request.url}")

    def said(self, message: ConsoleMessage) -> None:
        """No error, and no refusal of the content security policy."""
        if message.type == "error" and not REFUSED.search(message.text):
            self.faults.append(f"console: {message.text} at {message.location.get('url', '')}")


@dataclass
class People:
    """Opens browsers for people, whom the site asks to sign in once only."""

    browser: Browser
    site: Site
    signed_in: dict[str, Any] = field(default_factory=dict)
    opened: list[tuple[BrowserContext, Watch]] = field(default_factory=list)

    def device(self, name: str = "", *, lang: str = "en", size: dict[str, int] | None = None, **options: Any) -> Page:
        """An empty page in a browser of its own, of `name` signed in, or of somebody without an account."""
        context = self.browser.new_context(
            base_url=self.site.url, locale=LOCALES[lang], viewport=size or PHONE, has_touch=True, device_scale_factor=1,
            storage_state=self.state_of(name) if name else None, **options,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        watch = Watch(self.site.url)
        watch.over(context)
        self.opened.append((context, watch))
        return context.new_page()

    def watch(self, page: Page) -> Watch:
        """What was noted about the browser of `page`."""
        return next(watch for context, watch in self.opened if context == page.context)

    def state_of(self, name: str) -> Any:
        """The cookies of `name`, signed in through the page for it."""
        if name not in self.signed_in:
            with self.alone() as page:
                page.goto("/en/account/login/")
                page.get_by_label("E-mail").fill(f"{name}@example.org")
                page.get_by_label("Password").fill(self.site.password)
                page.get_by_role("button", name="Sign in", exact=True).click()
                expect(page.get_by_text("My account").first).to_be_attached(timeout=15_000)
                self.signed_in[name] = page.context.storage_state()
        return self.signed_in[name]

    @contextmanager
    def alone(self) -> Iterator[Page]:
        """A browser that nobody watches, closed at once."""
        context = self.browser.new_context(base_url=self.site.url, locale="en-GB", viewport=PHONE)
        try:
            yield context.new_page()
        finally:
            context.close()

    def leave(self) -> list[str]:
        """Close all browsers; returns what went wrong in any of them."""
        faults = [fault for _context, watch in self.opened for fault in watch.faults]
        for context, _watch in self.opened:
            context.close()
        self.opened.clear()
        return faults
