"""From rows to what the API gives. A field that is not written out here is never given."""

from collections.abc import Mapping
from typing import Literal, cast

from django.http import HttpRequest

from community.accounts.models import Role, User
from community.api import schemas
from community.api.reading import ReadTopic
from community.tickets.models import MessageKind, Ticket, TicketMessage
from community.topics.models import Post, Section, Topic


def role_of(user: User) -> Literal["member", "expert", "staff"]:
    """The mark beside a name: what someone may do behind the scenes is not told."""
    return "staff" if user.is_team else "expert" if user.role == Role.EXPERT else "member"


def author(request: HttpRequest, user: User) -> schemas.Author:
    """Who wrote something."""
    return schemas.Author(
        username=user.username,
        role=role_of(user),
        is_ambassador=user.is_ambassador,
        reputation=user.reputation,
        trust_level=user.trust_level,
        rank=user.rank,
        url=request.build_absolute_uri(user.get_absolute_url()),
    )


def section(request: HttpRequest, row: Section) -> schemas.SectionOut:
    """A section, its texts in the reader's language."""
    return schemas.SectionOut(
        id=str(row.pk),
        slug=row.slug,
        title=row.title,
        purpose=row.purpose,
        topic_count=row.topic_count,
        unanswered_count=row.unanswered_count,
        answer_minutes=row.answer_minutes,
        url=request.build_absolute_uri(row.get_absolute_url()),
    )


def topic(request: HttpRequest, row: Topic) -> schemas.Topic:
    """A topic as in a list."""
    return schemas.Topic(
        id=str(row.pk),
        kind=cast(schemas.Kind, row.kind),
        title=row.title,
        excerpt=row.excerpt,
        lang=cast(schemas.Language, row.lang),
        section=row.section.slug,
        tags=[schemas.TagOut(slug=tag.slug, label=tag.label) for tag in row.tags.all()],
        author=author(request, row.author),
        created_at=row.created_at,
        activity_at=row.activity_at,
        answer_count=row.answer_count,
        same_problem_count=row.same_problem_count,
        follower_count=row.follower_count,
        solved=row.is_solved,
        solved_at=row.solved_at,
        closed=row.is_closed,
        url=request.build_absolute_uri(row.get_absolute_url()),
    )


def topic_with_posts(request: HttpRequest, read: ReadTopic) -> schemas.TopicWithPosts:
    """A topic and a page of its posts."""
    rows = [*([read.opening] if read.opening else []), *read.page.items]
    posts = [post_with_comments(request, row, read.comments) for row in rows]
    return schemas.TopicWithPosts(
        **dict(topic(request, read.topic)),
        solved_how=read.solved_how,
        merged_into=str(read.topic.merged_into_id) if read.topic.merged_into_id else None,
        posts=schemas.Listing[schemas.PostWithComments](items=posts, next=read.page.next),
    )


def post(request: HttpRequest, row: Post) -> schemas.Post:
    """A post alone."""
    return schemas.Post(
        id=str(row.pk),
        topic=str(row.topic_id),
        kind=cast(schemas.Place, row.kind),
        parent=str(row.parent_id) if row.parent_id else None,
        author=author(request, row.author),
        body=row.body,
        html=row.html,
        created_at=row.created_at,
        edited_at=row.edited_at,
        revision=row.revision,
        score=row.score,
        accepted=row.is_accepted,
        accepted_as=cast(schemas.Capacity, row.accepted_as),
        my_vote=getattr(row, "my_vote", 0),
        comment_count=row.comment_count,
        url=request.build_absolute_uri(row.get_absolute_url()),
    )


def post_with_comments(request: HttpRequest, row: Post, comments: Mapping[int, list[Post]]) -> schemas.PostWithComments:
    """A post and the comments under it."""
    return schemas.PostWithComments(
        **dict(post(request, row)), comments=[post(request, comment) for comment in comments.get(row.pk, [])]
    )


def ticket(request: HttpRequest, row: Ticket) -> schemas.Ticket:
    """A ticket with what was said, without what agents say among themselves. One query."""
    said = TicketMessage.objects.for_customer().spoken().filter(ticket=row).order_by("pk")
    return schemas.Ticket(
        id=row.key,
        subject=row.subject,
        status=cast("Literal['open', 'waiting', 'closed']", row.status),
        close_reason=row.close_reason,
        urgency=cast("Literal['blocked', 'hinders', 'question']", row.urgency),
        section=row.section.slug if row.section else None,
        lang=cast(schemas.Language, row.lang),
        created_at=row.created_at,
        updated_at=row.updated_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        url=request.build_absolute_uri(row.get_absolute_url()),
        messages=[ticket_message(message) for message in said],
    )


def ticket_message(row: TicketMessage) -> schemas.TicketMessage:
    """One message of a ticket."""
    return schemas.TicketMessage(
        id=str(row.pk),
        author="support" if row.kind == MessageKind.AGENT else "customer",
        body=row.body,
        html=row.html,
        created_at=row.created_at,
    )
