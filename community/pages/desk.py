"""What needs a person today: the first thing the brand team sees at its desk; each app says its part."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from community.core.registry import Registry


@dataclass(frozen=True)
class DeskItem:
    """One line: how many things wait, in a sentence that says the number, and where they are dealt with."""

    count: int
    sentence: str
    url: str
    icon: str = "warning"


DeskCheck = Callable[[HttpRequest], DeskItem | None]
# An entry returns None for people whom its line does not concern.
desk_panels: Registry[DeskCheck] = Registry("desk panels")


class DeskPanel(Component):
    """The lines of all apps that have something waiting, in the order of registration."""

    name = "desk"
    order = 10
    template_name = "pages/desk.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def items(self) -> list[DeskItem]:
        """What waits; lines with nothing are left out."""
        found = (check(self.request) for _name, check in desk_panels)
        return [item for item in found if item is not None and item.count]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The lines."""
        return {"items": self.items}
