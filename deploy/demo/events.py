"""What happens to the demo community."""

from dataclasses import dataclass, field

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DemoLoaded(Event):
    """Topics and tickets were written: by their keys, so that none is ever written twice, even when deleted since."""

    topics: dict[str, int]
    tickets: dict[str, int] = field(default_factory=dict)
    # Those who were made by this load; people who were there before may have news of their own.
    people: tuple[int, ...] = ()

    @property
    def touches(self) -> tuple[str, ...]:
        """Everything may show them."""
        return ("site",)
