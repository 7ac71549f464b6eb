"""Answers and comments: reading, writing, changing, voting and accepting."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from community.api import field_errors, idempotency, reading, schemas, shapes
from community.api.auth import WRITES, member, reader
from community.core import ratelimits
from community.core.errors import Conflict
from community.topics.actions.answer import post_answer, post_comment
from community.topics.actions.delete import delete_post
from community.topics.actions.edit import edit_post
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, PostKind, Topic

router = Router()


@router.post("topics/{topic_id}/posts", auth=WRITES, response={201: schemas.PostWithComments}, operation_id="writePost")
def write_post(
    request: HttpRequest,
    topic_id: schemas.Id,
    payload: schemas.NewPost,
    idempotency_key: str | None = schemas.Key,
) -> schemas.PostWithComments:
    """Answer a topic, or comment on its opening or on one of its answers."""
    by, topic = member(request), reading.public_topic(topic_id)
    parent = _parent(topic, payload.parent) if payload.parent is not None else None
    ratelimits.spend(ratelimits.POST, str(by.pk))
    key = idempotency.stored_key(idempotency_key)
    with idempotency.for_another_request():
        if parent is None:
            post = post_answer(topic, by=by, body=payload.body, key=key)
        else:
            post = post_comment(parent, by=by, body=payload.body, key=key)
    return _given(request, post)


@router.get("posts/{post_id}", response=schemas.PostWithComments, operation_id="readPost")
def post(request: HttpRequest, post_id: schemas.Id) -> schemas.PostWithComments:
    """A post with its comments."""
    return _given(request, reading.public_post(post_id, reader(request)))


@router.patch("posts/{post_id}", auth=WRITES, response=schemas.PostWithComments, operation_id="changePost")
def change_post(request: HttpRequest, post_id: schemas.Id, payload: schemas.PostChange) -> schemas.PostWithComments:
    """Change what a post says; 409 when it was changed since `base_revision`."""
    by = member(request)
    post = reading.public_post(post_id, by)
    if post.kind != PostKind.OPENING and (payload.title is not None or payload.tags is not None):
        wrong = "tags" if payload.title is None else "title"
        raise field_errors.refuse(wrong, _("Only the opening of a topic has a title and tags."))
    ratelimits.spend(ratelimits.POST, str(by.pk))
    try:
        edit_post(
            post,
            by=by,
            body=payload.body,
            base_revision=payload.base_revision,
            title=payload.title,
            tags=payload.tags,
        )
    except Conflict as error:
        raise Conflict(
            _("Someone else changed this text meanwhile. Read it again, then send your change with its revision.")
        ) from error
    return _given(request, reading.public_post(post_id, by))


@router.delete("posts/{post_id}", auth=WRITES, response={204: None}, operation_id="deletePost")
def remove_post(request: HttpRequest, post_id: schemas.Id) -> HttpResponse:
    """Take a post away; an opening takes its topic with it. Its author can bring it back on the site."""
    by = member(request)
    post = reading.public_post(post_id, by)
    ratelimits.spend(ratelimits.POST, str(by.pk))
    delete_post(post, by=by)
    return HttpResponse(status=204)


@router.post("posts/{post_id}/vote", auth=WRITES, response=schemas.PostWithComments, operation_id="votePost")
def vote(request: HttpRequest, post_id: schemas.Id, payload: schemas.NewVote) -> schemas.PostWithComments:
    """Say that a post helped or misleads, or take that back."""
    by = member(request)
    post = reading.public_post(post_id, by)
    ratelimits.spend(ratelimits.VOTE, str(by.pk))
    vote_post(post, by=by, value=payload.value)
    return _given(request, reading.public_post(post_id, by))


@router.post("posts/{post_id}/accept", auth=WRITES, response=schemas.PostWithComments, operation_id="acceptPost")
def accept(request: HttpRequest, post_id: schemas.Id) -> schemas.PostWithComments:
    """Say that an answer solves its question. Several may."""
    by = member(request)
    post = reading.public_post(post_id, by)
    ratelimits.spend(ratelimits.VOTE, str(by.pk))
    accept_answer(post, by=by)
    return _given(request, reading.public_post(post_id, by))


@router.delete("posts/{post_id}/accept", auth=WRITES, response=schemas.PostWithComments, operation_id="unacceptPost")
def unaccept(request: HttpRequest, post_id: schemas.Id) -> schemas.PostWithComments:
    """Say that an answer does not solve its question after all."""
    by = member(request)
    post = reading.public_post(post_id, by)
    ratelimits.spend(ratelimits.VOTE, str(by.pk))
    unaccept_answer(post, by=by)
    return _given(request, reading.public_post(post_id, by))


def _given(request: HttpRequest, post: Post) -> schemas.PostWithComments:
    return shapes.post_with_comments(request, post, reading.comments_under([post], reader(request)))


def _parent(topic: Topic, post_id: str) -> Post:
    posts = Post.objects.visible_to(reading.EVERYONE).select_related("topic__section")
    parent: Post | None = posts.filter(topic=topic, pk=int(post_id)).first()
    if parent is None:
        raise field_errors.refuse("parent", _("This topic has no such post."))
    return parent
