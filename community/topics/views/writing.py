"""Answering, commenting, editing, deleting, previewing."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.pending import keep_pending
from community.accounts.visitors import member, visitor
from community.core import ratelimits
from community.core.errors import Conflict
from community.core.paths import client_address
from community.core.same_origin import guest_form
from community.topics import writing
from community.topics.actions.answer import post_answer, post_comment
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.draft import discard_draft
from community.topics.actions.edit import edit_post
from community.topics.forms import AnswerForm, CommentForm, EditForm, EditOpeningForm
from community.topics.history import changes_between
from community.topics.models import Post, PostKind, Topic
from community.topics.permissions import check_can_edit, check_takes_answers


def topic_for(request: HttpRequest, pk: int) -> Topic:
    """The topic numbered `pk` if the visitor may see it. Raises Http404 otherwise."""
    return get_object_or_404(Topic.objects.visible_to(visitor(request)).select_related("section"), pk=pk)


def post_for(request: HttpRequest, pk: int, *, own_deleted: bool = False) -> Post:
    """The post numbered `pk` if the visitor may see it. Raises Http404 otherwise.

    `own_deleted` lets authors find what they deleted themselves.
    """
    user = visitor(request)
    posts = Post.objects.select_related("topic__section", "author", "parent")
    visible = posts.visible_to(user)
    if own_deleted and user.is_authenticated:
        visible = visible | posts.filter(author=user, topic__section__live=True)
    return get_object_or_404(visible, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a topic, as a member; GET shows the form alone."""
    topic = topic_for(request, pk)
    form = AnswerForm(request.POST or None, initial={"key": uuid.uuid4().hex, "body": request.GET.get("body", "")})
    if request.method == "POST" and form.is_valid():
        ratelimits.spend(ratelimits.POST, str(member(request).pk))
        try:
            post = post_answer(topic, by=member(request), body=form.cleaned_data["body"], key=form.cleaned_data["key"])
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            discard_draft(f"answer:{topic.pk}", by=member(request))
            return redirect(post)
    return _writing(request, form, topic, _("Your answer"))


@guest_form
@require_POST
def guest_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a guest answered until they have signed up or in."""
    topic = topic_for(request, pk)
    check_takes_answers(topic)
    if visitor(request).is_authenticated:
        form = AnswerForm(initial={"body": request.POST.get("body", ""), "key": uuid.uuid4().hex})
        return _writing(request, form, topic, _("Your answer"))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _writing(request, form, topic, _("Your answer"))
    ratelimits.spend(ratelimits.GUEST_WRITE, client_address(request), when_down=False)
    try:
        writing.clean_body(form.cleaned_data["body"], few_links=True)
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return _writing(request, form, topic, _("Your answer"))
    return redirect(keep_pending(request, "answer", {"topic": topic.pk, "title": topic.title, **form.cleaned_data}))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on an opening or an answer."""
    parent = post_for(request, pk)
    form = CommentForm(request.POST or None, initial={"key": uuid.uuid4().hex})
    if request.method == "POST" and form.is_valid():
        ratelimits.spend(ratelimits.POST, str(member(request).pk))
        try:
            post = post_comment(
                parent, by=member(request), body=form.cleaned_data["body"], key=form.cleaned_data["key"]
            )
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(post)
    return _writing(request, form, parent.topic, _("Your comment"), parent=parent)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a post. Whoever saves second is shown both texts, and loses nothing."""
    post = post_for(request, pk)
    check_can_edit(member(request), post)
    is_opening = post.kind == PostKind.OPENING
    form = (EditOpeningForm if is_opening else EditForm)(request.POST or None, initial=as_typed(post))
    conflict: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        opening = {"title": data["title"], "tags": data["tags"].split(",")} if is_opening else {}
        try:
            edit_post(post, by=member(request), body=data["body"], base_revision=data["base_revision"], **opening)
        except ValidationError as refusal:
            form.add_refusal(refusal)
        except Conflict as refusal:
            post.refresh_from_db()
            conflict = {"conflict": refusal.message, "changes": changes_between(post.body, data["body"])}
            form.data = {**request.POST.dict(), "base_revision": str(post.revision)}
        else:
            return redirect(post)
    status = 409 if conflict else 422 if form.errors else 200
    return render(
        request, "topics/edit.html", {"form": form, "post": post, "topic": post.topic, **conflict}, status=status
    )


def as_typed(post: Post) -> dict[str, Any]:
    """What the form to change `post` holds at first."""
    tags = ", ".join(tag.label for tag in post.topic.tags.all()) if post.kind == PostKind.OPENING else ""
    return {
        "body": post.body,
        "title": post.topic.title,
        "tags": tags,
        "base_revision": post.revision,
        "key": uuid.uuid4().hex,
    }


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post away; its author can bring it back."""
    post = post_for(request, pk, own_deleted=True)
    as_spam = request.POST.get("spam") == "1"
    delete_post(post, by=member(request), as_spam=as_spam)
    said = _("Removed as spam: its author loses reputation.") if as_spam else _("Deleted.")
    messages.success(request, f"{said} {_('You can bring it back from its history.')}")
    return redirect(post.topic.section if post.kind == PostKind.OPENING else post.topic)


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a deleted post back."""
    post = post_for(request, pk, own_deleted=True)
    restore_post(post, by=member(request))
    return redirect(post)


@login_required
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """What a member deleted and can bring back."""
    posts = Post.objects.filter(author=member(request), deleted_by=member(request)).exclude(deleted_at=None)
    return render(request, "topics/deleted.html", {"posts": posts.select_related("topic").order_by("-deleted_at")[:50]})


@guest_form
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What a text will look like. Nothing is kept."""
    user = visitor(request)
    who = str(user.pk) if user.is_authenticated else client_address(request)
    ratelimits.spend(ratelimits.SUGGEST, f"preview:{who}")
    body = request.POST.get("body", "")[: writing.BODY_MAX]
    html = writing.preview(body)
    return render(request, "topics/preview.html", {"html": html})


def _writing(request: HttpRequest, form: Any, topic: Topic, heading: str, parent: Post | None = None) -> HttpResponse:
    context = {"form": form, "topic": topic, "heading": heading, "parent": parent}
    return render(request, "topics/write.html", context, status=422 if form.errors else 200)
