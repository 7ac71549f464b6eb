"""What happens to the demo community."""

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DemoLoaded(Event):
    """Topics of the demo were written: by their keys, so that none is ever written twice, even when deleted since."""

    topics: dict[str, int]

    @property
    def touches(self) -> tuple[str, ...]:
        """Everything may show them."""
        return ("site",)
