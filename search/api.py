"""Suggest and search, as the API gives them: only what everyone may read."""

from time import perf_counter
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StringConstraints

from community.api import schemas
from community.api.reading import EVERYONE
from community.api.routers import routers
from community.topics.models import Section
from search.documents import Result
from search.engines import Filters, Hit
from search.engines.chosen import engine
from search.suggesting import LONGEST_QUERY
from search.suggesting import search as search_for
from search.suggesting import suggest as suggest_for

router = Router()
routers.add("search", router)

Words = Annotated[str, StringConstraints(max_length=LONGEST_QUERY, pattern=r"^[^\x00]*$")]
PAGE_SIZE = 20


class Item(schemas.Shape):
    """Something found; `excerpt` holds the sentences that answer."""

    id: str
    kind: Literal["topic", "article"]
    title: str
    url: str
    lang: str
    solved: bool
    score: float
    excerpt: str


class Suggestions(schemas.Shape):
    """What answers the words so far, best first; nothing rather than noise."""

    items: list[Item]
    took_ms: float
    engine: str


class Results(Suggestions):
    """A page of what fits; `counts` is the number of hits of each kind."""

    next: str | None
    counts: dict[str, int]


@router.get("suggest", response=Suggestions, operation_id="suggest")
def suggest(
    request: HttpRequest,
    q: Words,
    lang: schemas.Language | None = None,
    limit: Annotated[int, Field(ge=1, le=20)] = 5,
) -> Suggestions:
    """The existing answers to a question that is being typed, from 10 characters or 3 words."""
    started, chosen = perf_counter(), engine()
    found = suggest_for(chosen, q, EVERYONE, lang=lang or "", limit=limit)
    items = [_item(request, each.hit, each.result, each.words) for each in found]
    return Suggestions(items=items, took_ms=_since(started), engine=chosen.name)


@router.get("search", response=Results, operation_id="search")
def search(
    request: HttpRequest,
    q: Words,
    kind: Literal["topic", "article"] | None = None,
    section: schemas.Slug | None = None,
    lang: schemas.Language | None = None,
    cursor: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,3}$")] = "",
) -> Results:
    """Everything that fits the words; `lang` narrows it to one language."""
    started, chosen, start = perf_counter(), engine(), int(cursor or 0)
    section_id = None
    if section is not None:
        section_id = Section.objects.filter(slug=section, live=True).values_list("pk", flat=True).first() or 0
    filters = Filters(kind=kind or "", section_id=section_id, lang=lang or "")
    page = search_for(chosen, q, filters, EVERYONE, lang=lang or "", start=start, size=PAGE_SIZE)
    items = [_item(request, each.hit, each.result, each.sentence) for each in page.results]
    return Results(
        items=items,
        next=str(start + PAGE_SIZE) if page.has_more and start + PAGE_SIZE < 1000 else None,
        counts=page.found.counts,
        took_ms=_since(started),
        engine=chosen.name,
    )


def _item(request: HttpRequest, hit: Hit, result: Result, words: str) -> Item:
    return Item(
        id=result.object_id,
        kind=result.kind,  # type: ignore[arg-type]
        title=result.title,
        url=request.build_absolute_uri(result.url),
        lang=result.lang,
        solved=result.is_solved,
        score=round(hit.score, 4),
        excerpt=words,
    )


def _since(started: float) -> float:
    return round(1000 * (perf_counter() - started), 1)
