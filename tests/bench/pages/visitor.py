"""A visitor of the measured site: one connection, cookies, forms."""

import gzip
import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    sent: int
    text: str
    headers: Mapping[str, str]


@dataclass
class Visitor:
    """Fetches pages from the server at `port`."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str) -> Page:
        """A page."""
        return self.ask("GET", path)

    def post(self, path: str, form: Mapping[str, str]) -> Page:
        """Send a form, with the token of the site's cookie."""
        filled = {**form, "csrfmiddlewaretoken": self.cookies.get("entraide_csrf", "")}
        return self.ask("POST", path, urlencode(filled))

    def ask(self, method: str, path: str, body: str | None = None) -> Page:
        """One request on the kept connection."""
        headers = {"Host": "localhost", "Accept-Encoding": "gzip", "X-Forwarded-Proto": "https"}
        headers |= {"Origin": "https://localhost", "Referer": "https://localhost/", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body=body, headers=headers)
        response = self.connection.getresponse()
        content = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        text = gzip.decompress(content) if response.getheader("Content-Encoding") == "gzip" else content
        found = {name.lower(): value for name, value in response.getheaders()}
        return Page(response.status, len(content), text.decode("utf-8", "replace"), found)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in as a member. Raises RuntimeError when the site refuses."""
        page = self.get("/en/account/login/")
        token = TOKEN.search(page.text)
        if token:
            self.cookies.setdefault("entraide_csrf", token[1])
        answer = self.post("/en/account/login/", {"login": email, "password": password})
        if "entraide_session" not in self.cookies:
            raise RuntimeError(f"Signing in gave {answer.status} and no session.")
