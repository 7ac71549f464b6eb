"""Leaderboards, as the API gives them."""

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from community.api import schemas, shapes
from community.api.routers import routers
from rewards.boards.fields import field_called, scope_of
from rewards.boards.standings import SHOWN, board, span_of

router = Router()
routers.add("rewards", router)


class Place(schemas.Shape):
    """A member on a leaderboard; equal points share a place."""

    place: int
    member: schemas.Author
    points: int


@router.get("leaderboard", response=schemas.Listing[Place], operation_id="leaderboard")
def leaderboard(
    request: HttpRequest,
    period: Literal["week", "month", "year", "all"] = "month",
    section: str = "",
    tag: str = "",
    limit: Annotated[int, Field(ge=1, le=SHOWN)] = SHOWN,
) -> schemas.Listing[Place]:
    """The members who earned most in a period, in a section or tag or everywhere: one page, whole.

    The team and whoever asked to be left out are not on it.
    """
    rows = board(span_of(period), scope_of(field_called(section=section, tag=tag)), size=limit)
    places = [Place(place=row.place, member=shapes.author(request, row.member), points=row.points) for row in rows]
    return schemas.Listing[Place](items=places, next=None)
