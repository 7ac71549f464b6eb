"""A topic's page, its short addresses, and the history of its posts."""

import uuid

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.accounts.models import User
from community.accounts.visitors import visitor
from community.core import page_cache
from community.core.pagination import cursor_after
from community.topics import structured_data
from community.topics.actions.follow import mark_read
from community.topics.history import versions_of
from community.topics.models import Post, PostKind, Topic
from community.topics.topic_page import TopicPage, gather


@require_safe
def topic(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """The page of a topic; an address with an old title leads to the current one."""
    page_cache.keep(request, f"topic:{pk}")
    user = visitor(request)
    page = gather(pk, user, order=request.GET.get("order", ""), cursor=request.GET.get("page", ""))
    if slug != page.topic.slug:
        return _at_current_address(request, page.topic)
    if user.is_authenticated and not page.standing.has_read:
        mark_read(page.topic, by=user, at=timezone.now())
    context = {
        "page": page,
        "topic": page.topic,
        # For search engines, which never sign in.
        "structured_data": structured_data.question_page(page, request) if _is_for_robots(page, user) else None,
        "canonical": structured_data.canonical(page.topic, request),
        "is_noindex": structured_data.is_thin(page.topic),
        "topic_key": str(page.topic.pk),
        "idempotency_key": uuid.uuid4().hex if user.is_authenticated else "",
        "page_kind": "question",
    }
    return render(request, "topics/topic.html", context)


def _is_for_robots(page: TopicPage, user: User | AnonymousUser) -> bool:
    return page.is_first_page and not user.is_authenticated


def _at_current_address(request: HttpRequest, topic: Topic) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(topic.get_absolute_url() + (f"?{query}" if query else ""))


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of its topic that shows a post, scrolled to it."""
    found = get_object_or_404(Post.objects.visible_to(visitor(request)).select_related("topic", "parent"), pk=pk)
    anchor = found.parent if found.kind == PostKind.COMMENT and found.parent else found
    url = found.topic.get_absolute_url()
    if anchor.kind == PostKind.ANSWER and found.topic.answer_count > 20:
        return redirect(f"{url}?order=oldest&page={cursor_after([anchor.pk - 1])}#post-{pk}")
    return redirect(f"{url}#post-{pk}")


@require_safe
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said over time, change by change."""
    found = get_object_or_404(
        Post.objects.visible_to(visitor(request)).select_related("topic", "author", "topic__section"),
        pk=pk,
    )
    context = {"post": found, "topic": found.topic, "versions": versions_of(found)}
    return render(request, "topics/revisions.html", context)
