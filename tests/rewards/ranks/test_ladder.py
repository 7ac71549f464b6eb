"""The rules of the ladder, against the plainest possible reading of them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rewards.metrics import METRICS
from rewards.ranks.ladder import Rung, after, as_data, from_data, highest, never_worn
from rewards.ranks.models import ICONS, Colour
from rewards.ranks.shipped import SHIPPED

MEASURES = ("answers", "accepted", "people_helped")
LEAST = st.integers(0, 4)


def rung(number: int, points: int, days: int, behaviours: dict[str, int]) -> Rung:
    asked = tuple((name, least) for name, least in behaviours.items() if least)
    return Rung(f"rank{number}", f"Rang {number}", f"Rank {number}", "rank-1", "soft", points, days, asked)


RUNGS = st.lists(st.tuples(LEAST, LEAST, st.fixed_dictionaries(dict.fromkeys(MEASURES, LEAST))), max_size=6).map(
    lambda rows: [rung(number, *row) for number, row in enumerate(rows)]
)
FIGURES = st.fixed_dictionaries(dict.fromkeys(("points", "days", *MEASURES), LEAST))


def reached_by_brute_force(rungs: list[Rung], figures: dict[str, int]) -> Rung | None:
    best = None
    for one in rungs:
        enough = figures["points"] >= one.points and figures["days"] >= one.days
        for name, least in one.behaviours:
            enough = enough and figures[name] >= least
        if enough:
            best = one
    return best


@given(RUNGS, FIGURES)
def test_the_highest_rank_whose_every_line_is_met_counts(rungs: list[Rung], figures: dict[str, int]) -> None:
    assert highest(rungs, figures) == reached_by_brute_force(rungs, figures)


@given(RUNGS, FIGURES)
def test_a_rank_that_can_never_be_worn_is_worn_by_nobody(rungs: list[Rung], figures: dict[str, int]) -> None:
    hidden = {one.slug for one, _higher in never_worn(rungs)}
    reached = highest(rungs, figures)
    assert reached is None or reached.slug not in hidden


@given(RUNGS)
def test_a_ladder_is_kept_as_it_was(rungs: list[Rung]) -> None:
    assert list(from_data(as_data(rungs))) == rungs


def test_a_rank_stands_alone() -> None:
    """Whoever reaches a high one need not meet what lower ones ask."""
    low, high = rung(1, 0, 0, {"answers": 5}), rung(2, 3, 0, {})
    assert highest([low, high], {"points": 3}) == high
    assert highest([low, high], {"points": 2}) is None


def test_the_shipped_ladder_is_sound() -> None:
    assert len(SHIPPED) == 8
    assert len({one.slug for one in SHIPPED}) == 8
    assert never_worn(SHIPPED) == []
    assert highest(SHIPPED, {"points": 1}) == SHIPPED[0]
    assert all(one.icon in ICONS and one.colour in Colour.values for one in SHIPPED)
    assert {name for one in SHIPPED for name, _least in one.behaviours} <= METRICS.keys()
    assert all(one.days <= 7 for one in SHIPPED[:3])
    assert all(one.days >= 365 for one in SHIPPED[-2:])
    for lower, higher in pairwise(SHIPPED[1:]):
        assert 1.9 <= higher.points / lower.points <= 3.5, higher.slug


def test_the_next_rank() -> None:
    assert after(SHIPPED, "") == SHIPPED[0]
    assert after(SHIPPED, "new-face") == SHIPPED[1]
    assert after(SHIPPED, "living-memory") is None
