"""The description of the API at /api/v1/openapi.json: what the framework derives, and the refusals it does not know."""

from typing import Any

from ninja import NinjaAPI

from community.api.problems import CONTENT_TYPE

PREFIX = "/api/v1/"
OWN = f"{PREFIX}me/"
FOR_ALL = {
    400: "The request is not understood.",
    401: "The token is unknown, has expired or was revoked.",
    404: "There is no such thing, or it is not public.",
    422: "Parts of the request are not valid; `errors` says which.",
    429: "Too many requests; `Retry-After` says when to go on.",
}
FOR_WRITES = {
    401: "A token is needed, or this one is not valid.",
    403: "The member of this token may not do this.",
    409: "Something else was done meanwhile, or with the same Idempotency-Key.",
    413: "The body is too large.",
}
PROBLEM = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457).",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}


def describe(api: NinjaAPI) -> dict[str, Any]:
    """The whole description, an OpenAPI 3.1 document."""
    document: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    document["components"]["schemas"]["Problem"] = PROBLEM
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    return document


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add the refusals, and that whoever only reads needs no token, but for what is their own."""
    reads = method == "get"
    refusals = FOR_ALL if reads else {**FOR_ALL, **FOR_WRITES}
    if reads and not path.startswith(OWN):
        operation["security"] = [{}, *operation.get("security", [])]
    for parameter in operation["parameters"]:
        parameter["schema"] = _without_null(parameter["schema"])
    for status, description in sorted(refusals.items()):
        operation["responses"].setdefault(
            status,
            {
                "description": description,
                "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                **({"headers": RETRY_AFTER} if status == 429 else {}),
            },
        )


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` for a parameter, which is left out rather than null."""
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    return {**schema, **kinds[0]} if len(kinds) == 1 else {**schema, **({"anyOf": kinds} if kinds else {})}
