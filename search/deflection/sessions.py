"""Steps put together into visits: pure functions over what was written down."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Protocol

from search.deflection.recording import VISIT_ENDS_AFTER
from search.models import Step


class Recorded(Protocol):
    """A step as it is read back."""

    at: datetime
    visitor: str
    step: str
    documents: list[str]
    words: str
    found: int | None


@dataclass
class Visit:
    """The steps of one visitor without half an hour of silence between them."""

    visitor: str
    steps: list[Recorded] = field(default_factory=list)

    @property
    def began_at(self) -> datetime:
        """When the first step was made."""
        return self.steps[0].at

    @property
    def ended_at(self) -> datetime:
        """When the last step was made."""
        return self.steps[-1].at

    def has(self, *wanted: Step) -> bool:
        """Whether any step is one of `wanted`."""
        return any(step.step in wanted for step in self.steps)

    def opened(self) -> set[str]:
        """The documents that were opened."""
        return {document for step in self.steps if step.step == Step.OPENED for document in step.documents}


def visits_by_visitor(steps: Iterable[Recorded]) -> Iterator[list[Visit]]:
    """The visits of one visitor after the other; `steps` are ordered by visitor, then by time."""
    for name, theirs in groupby(steps, key=lambda step: step.visitor):
        visits: list[Visit] = []
        for step in theirs:
            if not visits or step.at - visits[-1].ended_at > VISIT_ENDS_AFTER:
                visits.append(Visit(name))
            visits[-1].steps.append(step)
        yield visits
