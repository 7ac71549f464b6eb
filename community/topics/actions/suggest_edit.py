"""Suggesting a better text for what another wrote, and deciding on it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.edit import Words, change_text, cleaned_words
from community.topics.actions.locking import lock_post
from community.topics.events import EditSuggested, SuggestionDecided
from community.topics.models import EditSuggestion, Post, SuggestionState
from community.topics.permissions import check_can_review, check_can_suggest

NOTE_MAX = 200


def suggest_edit(
    post: Post, *, by: User, body: str, base_revision: int, title: str | None = None, note: str = ""
) -> EditSuggestion:
    """Keep a better text for `post` until its author or a reviewer decides; a later one of `by` replaces it.

    Raises PermissionDenied, or ValidationError for the words, or when they change nothing.
    """
    check_can_suggest(by, post)
    words = cleaned_words(post, by=by, body=body, title=title)
    if words.body == post.body and words.title in {None, post.topic.title}:
        raise ValidationError(_("This is what the text says already. Change what should be better."), code="same")
    with transaction.atomic():
        post = lock_post(post)
        check_can_suggest(by, post)
        suggestion, _is_new = EditSuggestion.objects.update_or_create(
            post=post,
            by=by,
            state=SuggestionState.WAITING,
            defaults={
                "base_revision": base_revision,
                "title": words.title or "",
                "body": words.body,
                "note": " ".join(note.split())[:NOTE_MAX],
                "created_at": timezone.now(),
            },
        )
        publish(
            EditSuggested(
                topic_id=post.topic_id,
                section_id=post.topic.section_id,
                by_id=by.pk,
                post_id=post.pk,
                author_id=post.author_id,
                suggestion_id=suggestion.pk,
            )
        )
    return suggestion


def decide_suggestion(suggestion: EditSuggestion, *, by: User, approved: bool) -> bool:
    """Take a suggestion over as the post's text, or decline it. Returns False when that was decided before.

    Raises PermissionDenied, or Conflict when the text has changed since: then it is to be declined, or done by hand.
    """
    check_can_review(by, suggestion)
    with transaction.atomic():
        post = lock_post(suggestion.post)
        suggestion = EditSuggestion.objects.select_for_update(of=("self",)).select_related("by").get(pk=suggestion.pk)
        suggestion.post = post
        check_can_review(by, suggestion)
        if suggestion.state != SuggestionState.WAITING:
            return False
        if approved:
            words = Words(suggestion.body, suggestion.title or None)
            change_text(post, words, by=suggestion.by, base_revision=suggestion.base_revision)
        suggestion.state = SuggestionState.APPROVED if approved else SuggestionState.DECLINED
        suggestion.decided_by, suggestion.decided_at = by, timezone.now()
        suggestion.save(update_fields=["state", "decided_by", "decided_at"])
        publish(
            SuggestionDecided(
                topic_id=post.topic_id,
                section_id=post.topic.section_id,
                by_id=by.pk,
                post_id=post.pk,
                author_id=post.author_id,
                suggestion_id=suggestion.pk,
                suggester_id=suggestion.by_id,
                approved=approved,
            )
        )
    return True
