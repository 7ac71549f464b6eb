"""Wagtail's admin as the brand's desk: what needs a person comes first."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from community.pages.desk import DeskPanel


def show_what_needs_a_person(request: HttpRequest, panels: list[Any]) -> None:
    """Put the desk above Wagtail's own panels."""
    panels.append(DeskPanel(request))


hooks.register("construct_homepage_panels", show_what_needs_a_person)
