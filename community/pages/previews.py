"""Previews at the desk: shown in a frame of the desk's own page, which our policy for readers' pages forbids."""

from typing import Any

from csp.constants import SELF
from django.http import HttpRequest, HttpResponseBase


class FramedPreview:
    """Mixed in before what Wagtail previews: the desk may frame its preview; nothing else may frame anything."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """The preview, with leave to be framed by this site."""
        answer: Any = super().serve_preview(request, mode_name)  # type: ignore[misc]
        answer._csp_replace = {"frame-ancestors": [SELF]}
        framed: HttpResponseBase = answer
        return framed
