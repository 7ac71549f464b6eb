"""The ladder: which rank figures are enough for. Each rank stands alone, and the highest one reached counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

# Asked by every rank beside its behaviours: reputation as it is shown, and whole days since joining.
POINTS, DAYS = "points", "days"

Figures = Mapping[str, int]


@dataclass(frozen=True)
class Rung:
    """A rank: how it looks, and what it asks. `behaviours` are measures of `rewards.metrics` and the least of each."""

    slug: str
    name_fr: str
    name_en: str
    icon: str
    colour: str
    points: int = 0
    days: int = 0
    behaviours: tuple[tuple[str, int], ...] = ()
    is_marked: bool = True
    is_mailed: bool = False

    @property
    def asks(self) -> dict[str, int]:
        """All that it asks, by name; what asks for nothing is left out."""
        wanted = {POINTS: self.points, DAYS: self.days, **dict(self.behaviours)}
        return {name: least for name, least in wanted.items() if least > 0}

    def is_reached(self, figures: Figures) -> bool:
        """Whether `figures` are enough."""
        return all(figures.get(name, 0) >= least for name, least in self.asks.items())

    def may_be_reached(self, figures: Figures) -> bool:
        """Whether points and days are enough, so that it is worth while to count the rest."""
        return figures.get(POINTS, 0) >= self.points and figures.get(DAYS, 0) >= self.days


def highest(rungs: Sequence[Rung], figures: Figures) -> Rung | None:
    """The last of `rungs`, which go from the lowest to the highest, that `figures` are enough for."""
    return next((rung for rung in reversed(rungs) if rung.is_reached(figures)), None)


def after(rungs: Sequence[Rung], slug: str) -> Rung | None:
    """The rank above the one called `slug`; the lowest for whoever has none; None at the top."""
    places = places_of(rungs)
    place = places.get(slug, -1) + 1
    return rungs[place] if place < len(rungs) else None


def places_of(rungs: Sequence[Rung], former: Sequence[Rung] = ()) -> dict[str, int]:
    """Where each rank stands, from 0; one that is no more stands where it stood on the `former` ladder."""
    return {rung.slug: place for ladder in (former, rungs) for place, rung in enumerate(ladder)}


def never_worn(rungs: Sequence[Rung]) -> list[tuple[Rung, Rung]]:
    """Ranks that nobody can stand on, each with a higher one that asks for nothing that it does not ask."""
    found = []
    for place, rung in enumerate(rungs):
        asked = rung.asks
        for higher in rungs[place + 1 :]:
            if all(asked.get(name, 0) >= least for name, least in higher.asks.items()):
                found.append((rung, higher))
                break
    return found


def measures_of(rungs: Iterable[Rung]) -> list[str]:
    """The behaviours that the ladder asks for."""
    return sorted({name for rung in rungs for name, _least in rung.behaviours})


def as_data(rungs: Iterable[Rung]) -> list[dict[str, Any]]:
    """`rungs` as plain values, for a row."""
    return [{**asdict(rung), "behaviours": [list(each) for each in rung.behaviours]} for rung in rungs]


def from_data(rows: Iterable[Mapping[str, Any]]) -> tuple[Rung, ...]:
    """The rungs of `as_data`."""
    return tuple(
        Rung(**{**row, "behaviours": tuple((name, least) for name, least in row["behaviours"])}) for row in rows
    )
