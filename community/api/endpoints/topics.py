"""Questions, discussions and how-tos: listing, reading and opening them."""

from typing import Literal

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router

from community.accounts.models import User
from community.api import field_errors, idempotency, reading, schemas, shapes
from community.api.auth import WRITES, member, reader
from community.core import ratelimits
from community.core.languages import language_of
from community.topics.actions.ask import ask_question
from community.topics.called import section_called, tag_called
from community.topics.lists import PAGE_SIZE, TABS, page_of_topics
from community.topics.models import Section

router = Router()


@router.get("topics", response=schemas.Listing[schemas.Topic], operation_id="listTopics")
def topics(
    request: HttpRequest,
    tab: Literal["latest", "unanswered", "solved", "shared"] = "latest",
    section: schemas.Slug | None = None,
    tag: schemas.Word | None = None,
    lang: schemas.Language | None = None,
    author: schemas.Word | None = None,
    cursor: schemas.Cursor = "",
    limit: schemas.Limit = PAGE_SIZE,
) -> schemas.Listing[schemas.Topic]:
    """Topics of a section, with a tag, in a language, or by a member; newest activity first unless `tab` says more."""
    page = page_of_topics(
        TABS[tab],
        reading.EVERYONE,
        section=section_called(section) if section is not None else None,
        tag=tag_called(tag) if tag is not None else None,
        author=_author(author) if author is not None else None,
        lang=lang or "",
        cursor=cursor,
        size=limit,
    )
    prefetch_related_objects(page.items, "tags")
    return schemas.Listing[schemas.Topic](items=[shapes.topic(request, row) for row in page.items], next=page.next)


@router.post("topics", auth=WRITES, response={201: schemas.TopicWithPosts}, operation_id="openTopic")
def open_topic(
    request: HttpRequest, payload: schemas.NewTopic, idempotency_key: str | None = schemas.Key
) -> schemas.TopicWithPosts:
    """Ask a question, or open a discussion or a how-to, in the name of the token's member."""
    by = member(request)
    section = Section.objects.filter(slug=payload.section, live=True).first()
    if section is None:
        raise field_errors.refuse("section", _("There is no such section."))
    ratelimits.spend(ratelimits.ASK, str(by.pk))
    with idempotency.for_another_request():
        topic = ask_question(
            by=by,
            section=section,
            title=payload.title,
            body=payload.body,
            kind=payload.kind,
            lang=payload.lang or language_of(f"{payload.title} {payload.body}", by.language or get_language()),
            tags=payload.tags,
            key=idempotency.stored_key(idempotency_key),
        )
    return shapes.topic_with_posts(request, reading.read_topic(topic, by, order=None, cursor=""))


@router.get("topics/{topic_id}", response=schemas.TopicWithPosts, operation_id="readTopic")
def topic(
    request: HttpRequest,
    topic_id: schemas.Id,
    order: Literal["helpful", "newest", "oldest"] | None = None,
    cursor: schemas.Cursor = "",
) -> schemas.TopicWithPosts:
    """A topic and its posts; `posts.next` is the cursor for the answers that follow."""
    found = reading.public_topic(topic_id)
    return shapes.topic_with_posts(request, reading.read_topic(found, reader(request), order=order, cursor=cursor))


def _author(username: str) -> User:
    members = User.objects.filter(username=username, is_active=True)
    author = members.exclude(profile__show_activity=False).first()
    if author is None:
        raise Http404(_("Nobody here has this pseudonym, or they do not show what they wrote."))
    return author
