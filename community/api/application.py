"""The API put together: the routers of this app, and those that higher apps registered before it is first asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from pydantic_core import from_json

from community.api import problems
from community.api.auth import READS
from community.api.endpoints import members, posts, sections, standing, tickets, topics
from community.api.routers import routers

DESCRIPTION = (
    "Reading what is public needs no token; writing does. Ids are strings. Lists are `{items, next}`: pass `next` back "
    "as `cursor`, null means the end. Refusals are problem JSON (RFC 9457), in the language of `Accept-Language`."
)


class StrictParser(Parser):
    """Reads bodies as JSON in UTF-8: no NaN, no halves of characters, nesting within bounds."""

    def parse_body(self, request: HttpRequest) -> Any:
        """What the body says. Raises ValueError when it is no JSON."""
        return from_json(request.body, allow_inf_nan=False)


class CompactRenderer(JSONRenderer):
    """Writes JSON without spaces, letters as they are."""

    json_dumps_params: Mapping[str, Any] = {"separators": (",", ":"), "ensure_ascii": False}


def assemble() -> NinjaAPI:
    """The API with every router registered so far."""
    api = NinjaAPI(
        title="Entraide",
        version="1",
        description=DESCRIPTION,
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        auth=READS,
        parser=StrictParser(),
        renderer=CompactRenderer(),
    )
    problems.add_handlers(api)
    for name, module in (
        ("sections", sections),
        ("topics", topics),
        ("posts", posts),
        ("standing", standing),
        ("members", members),
        ("tickets", tickets),
    ):
        api.add_router("", module.router, tags=[name])
    for name, router in routers:
        api.add_router("", router, tags=[name])
    return api
