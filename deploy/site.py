"""The site as one ASGI application: which part answers which kind of connection."""

from collections.abc import Awaitable, Callable

from deploy.kept_pages import KeptPages
from deploy.settings import environment
from deploy.threads import Receive, Scope, Send, ThreadedHandler

Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def site() -> Application:
    """HTTP goes to kept pages and Django; nothing else is spoken yet."""
    http = ThreadedHandler(environment.integer("WEB_THREADS", 4), KeptPages())

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await http(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4404})

    return application
