"""Leaderboards, and a member's own statement, as the API gives them."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from community.api import schemas, shapes
from community.api.auth import OWN, member
from community.api.routers import routers
from community.topics.models import Topic
from rewards.boards.fields import field_called, scope_of
from rewards.boards.standings import SHOWN, board, span_of
from rewards.statement import Line as StatementLine
from rewards.statement import statement

router = Router()
routers.add("rewards", router)


class Place(schemas.Shape):
    """A member on a leaderboard; equal points share a place."""

    place: int
    member: schemas.Author
    points: int


class TopicOfLine(schemas.Shape):
    """What an entry is about."""

    id: str
    title: str
    url: str


class Line(schemas.Shape):
    """A change of reputation by `points`; its rule would have given `nominal`."""

    at: datetime
    rule: str
    points: int
    nominal: int
    limit: str = Field(description="Which limit held: pair, day, lifetime or floor; empty when none did.")
    why: str = Field(description="The rule, in the language of the request.")
    remark: str = Field(description="The limit, or why it was taken back, in that language; empty when neither.")
    topic: TopicOfLine | None = Field(description="Null when there is none that the member may read.")


class OwnReputation(schemas.Shape):
    """A member's reputation, all that they ever gained and lost, and a page of what it is made of, newest first."""

    reputation: int
    gained: int
    lost: int
    entries: schemas.Listing[Line]


@router.get("leaderboard", response=schemas.Listing[Place], operation_id="leaderboard")
def leaderboard(
    request: HttpRequest,
    period: Literal["week", "month", "year", "all"] = "month",
    section: schemas.Word = "",
    tag: schemas.Word = "",
    limit: Annotated[int, Field(ge=1, le=SHOWN)] = SHOWN,
) -> schemas.Listing[Place]:
    """The members who earned most in a period, in a section or tag or everywhere: one page, whole.

    The team and whoever asked to be left out are not on it.
    """
    rows = board(span_of(period), scope_of(field_called(section=section, tag=tag)), size=limit)
    places = [Place(place=row.place, member=shapes.author(request, row.member), points=row.points) for row in rows]
    return schemas.Listing[Place](items=places, next=None)


@router.get("me/reputation", auth=OWN, response=OwnReputation, operation_id="readOwnReputation")
def own_reputation(request: HttpRequest, cursor: schemas.Cursor = "") -> OwnReputation:
    """The statement of the token's member: what, when, why, how much, capped or not. Nobody else reads it."""
    me = member(request)
    found = statement(me, cursor)
    return OwnReputation(
        reputation=me.reputation,
        gained=found.gained,
        lost=found.lost,
        entries=schemas.Listing[Line](items=[_line(request, line) for line in found.lines], next=found.page.next),
    )


def _line(request: HttpRequest, line: StatementLine) -> Line:
    return Line(
        at=line.at,
        rule=line.rule,
        points=line.points,
        nominal=line.nominal,
        limit=line.limit,
        why=line.why,
        remark=line.remark,
        topic=_topic(request, line.topic) if line.topic else None,
    )


def _topic(request: HttpRequest, topic: Topic) -> TopicOfLine:
    url = request.build_absolute_uri(topic.get_absolute_url())
    return TopicOfLine(id=str(topic.pk), title=topic.title, url=url)
