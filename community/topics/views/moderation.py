"""Putting topics in order: move, close, join with another one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.accounts.visitors import member
from community.topics.actions.merge import merge_topic, reply_to_merge, unmerge_topic
from community.topics.actions.move import close_topic, move_topic
from community.topics.forms import MergeForm, MoveForm
from community.topics.permissions import check_can_merge, check_can_move
from community.topics.views.standing import is_wanted
from community.topics.views.writing import topic_for


@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a topic to another section."""
    topic = topic_for(request, pk)
    check_can_move(member(request), topic)
    form = MoveForm(request.POST or None, initial={"section": topic.section})
    if request.method == "POST" and form.is_valid():
        move_topic(topic, by=member(request), section=form.cleaned_data["section"])
        return redirect(topic)
    return render(request, "topics/move.html", {"form": form, "topic": topic}, status=422 if form.errors else 200)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a topic to new answers, or open it again."""
    topic = topic_for(request, pk)
    close_topic(topic, by=member(request), closed=is_wanted(request))
    return redirect(topic)


@login_required
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a question with the one that asks the same."""
    topic = topic_for(request, pk)
    check_can_merge(member(request), topic)
    form = MergeForm(request.POST or None, initial={"into": request.GET.get("into", "")})
    if request.method == "POST" and form.is_valid():
        try:
            merge_topic(topic, into=form.cleaned_data["into"], by=member(request))
        except ValidationError as refusal:
            form.add_error("into", refusal)
        else:
            messages.success(request, _("Joined. The person who asked is asked whether that solves it."))
            return redirect(topic)
    return render(request, "topics/merge.html", {"form": form, "topic": topic}, status=422 if form.errors else 200)


@login_required
@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a joined question stand by itself again."""
    topic = topic_for(request, pk)
    unmerge_topic(topic, by=member(request))
    return redirect(topic)


@login_required
@require_POST
def merge_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker's word on a merge."""
    topic = topic_for(request, pk)
    solved = request.POST.get("solved") == "yes"
    reply_to_merge(topic, by=member(request), solved=solved)
    messages.success(request, _("Good to hear.") if solved else _("Your question stands by itself again."))
    return redirect(topic)
