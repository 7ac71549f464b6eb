"""A proxy in front of a server of a test, which can be slow, or answer in its stead."""

import http.client
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive", "host"}


@dataclass(frozen=True)
class Answer:
    """What the proxy says instead of the server."""

    status: int
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


@dataclass
class Proxy:
    """Passes requests on to `target` after `delay` seconds, or gives `answer`; counts what it was `asked`."""

    target: str
    url: str = ""
    delay: float = 0.0
    answer: Answer | None = None
    asked: int = 0

    def well(self) -> None:
        """Pass everything on, at once."""
        self.delay, self.answer = 0.0, None

    def respond(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What is answered to a request."""
        self.asked += 1
        time.sleep(self.delay)
        if self.answer:
            return self.answer
        connection = http.client.HTTPConnection(urlsplit(self.target).netloc, timeout=60)
        try:
            connection.request(method, path, body, {k: v for k, v in headers.items() if k.lower() not in HOP_BY_HOP})
            response = connection.getresponse()
            return Answer(response.status, response.read(), dict(response.getheaders()))
        finally:
            connection.close()


@contextmanager
def proxy_to(target: str, certificate: Path | None = None) -> Iterator[Proxy]:
    """A proxy in front of the server at the address `target`, as long as the block lasts.

    With the file of a `certificate` and its key it speaks TLS.
    """
    proxy = Proxy(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            """Answer one request."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found = proxy.respond(self.command, self.path, body, dict(self.headers.items()))
            try:
                self.send_response(found.status)
                for name, value in found.headers.items():
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                if found.status != http.client.NO_CONTENT:
                    self.send_header("Content-Length", str(len(found.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(found.body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # whoever asked did not wait

        def handle(self) -> None:
            """Answer what is asked on one connection."""
            try:
                super().handle()
            except ssl.SSLError:
                self.close_connection = True  # whoever asked does not trust the certificate

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = pass_on

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # The handshake is for the thread of each connection: one that is refused must not end them all.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    proxy.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
