"""Suggesting a better text, and deciding on what others suggest."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.visitors import member
from community.core import ratelimits
from community.core.errors import Conflict
from community.core.pagination import paginate
from community.topics.actions.suggest_edit import decide_suggestion, suggest_edit
from community.topics.forms import SuggestForm, SuggestOpeningForm
from community.topics.history import Change, changes_between
from community.topics.models import EditSuggestion, PostKind
from community.topics.permissions import check_can_suggest
from community.topics.views.writing import as_typed, post_for

PAGE_SIZE = 10


@dataclass(frozen=True)
class ShownSuggestion:
    """A suggestion, and how its words differ from what the post says now."""

    suggestion: EditSuggestion
    title_changes: list[Change]
    changes: list[Change]

    @property
    def is_outdated(self) -> bool:
        """Whether the text has changed since the suggestion was made."""
        return self.suggestion.base_revision != self.suggestion.post.revision


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Suggest a better text for a post of another."""
    post, me = post_for(request, pk), member(request)
    check_can_suggest(me, post)
    is_opening = post.kind == PostKind.OPENING
    form = (SuggestOpeningForm if is_opening else SuggestForm)(request.POST or None, initial=as_typed(post))
    if request.method == "POST" and form.is_valid():
        ratelimits.spend(ratelimits.POST, str(me.pk))
        data: dict[str, Any] = form.cleaned_data
        try:
            suggest_edit(
                post,
                by=me,
                body=data["body"],
                base_revision=data["base_revision"],
                title=data.get("title"),
                note=data["note"],
            )
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Thank you. The person who wrote this, or a reviewer, decides on it."))
            return redirect(post)
    context = {"form": form, "post": post, "topic": post.topic, "suggests": True}
    return render(request, "topics/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's decision, the oldest first."""
    me = member(request)
    waiting = EditSuggestion.objects.for_reviewer(me).select_related("by", "post__topic__section", "post__author")
    page = paginate(waiting, ["id"], request.GET.get("page", ""), PAGE_SIZE)
    shown = [_shown(suggestion) for suggestion in page.items]
    return render(request, "topics/suggestions.html", {"shown": shown, "page": page})


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a suggestion over, or decline it."""
    me = member(request)
    found = EditSuggestion.objects.select_related("post__topic__section", "post__author", "by")
    suggestion = get_object_or_404(found, pk=pk)
    ratelimits.spend(ratelimits.POST, f"review:{me.pk}")
    approved = request.POST.get("decision") == "approve"
    try:
        decide_suggestion(suggestion, by=me, approved=approved)
    except Conflict:
        messages.error(request, _("The text has changed since. Decline the suggestion, or change the text by hand."))
    else:
        messages.success(request, _("Taken over, with thanks.") if approved else _("Declined."))
    return redirect("topics:suggestions")


def _shown(suggestion: EditSuggestion) -> ShownSuggestion:
    post = suggestion.post
    retitled = bool(suggestion.title) and suggestion.title != post.topic.title
    return ShownSuggestion(
        suggestion,
        changes_between(post.topic.title, suggestion.title) if retitled else [],
        changes_between(post.body, suggestion.body),
    )
