"""What every page knows about people."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from community.accounts.ranks import known_ranks


def ranks(request: HttpRequest) -> dict[str, Any]:
    """The ranks that stand beside names; read once a page, and only by pages that show one."""
    return {"ranks": SimpleLazyObject(known_ranks)}
