"""Asking: words, then the answers that exist, then the details; signing up comes last and keeps everything."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.accounts.pending import keep_pending
from community.accounts.visitors import visitor
from community.core import ratelimits
from community.core.languages import language_of
from community.core.paths import client_address
from community.topics import readings
from community.topics.actions.ask import ask_question
from community.topics.actions.draft import discard_draft
from community.topics.actions.follow import follow_topic
from community.topics.forms import AskForm
from community.topics.models import Draft, Section
from community.topics.writing import TITLE_MAX, clean_body, clean_title


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The first step, the words; with `q`, the second one: is it one of these?"""
    words = " ".join(request.GET.get("q", "").split())[:TITLE_MAX]
    context = {
        "words": words,
        "section": request.GET.get("section", ""),
        "ask_session": request.GET.get("ask_session", ""),
    }
    return render(request, "topics/ask_similar.html" if words else "topics/ask.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_details(request: HttpRequest) -> HttpResponse:
    """The last step: details, and publishing. A guest's question waits for them to sign up or in."""
    if request.method != "POST":
        return _details(request, AskForm(initial=_initial(request)))
    form = AskForm(request.POST)
    if not form.is_valid():
        return _details(request, form, status=422)
    user = visitor(request)
    if not user.is_authenticated:
        ratelimits.spend(ratelimits.GUEST_WRITE, client_address(request), when_down=False)
        return _kept(request, form)
    ratelimits.spend(ratelimits.ASK, str(user.pk))
    data = form.cleaned_data
    try:
        topic = ask_question(
            by=user,
            section=data["section"],
            title=data["title"],
            body=data["body"],
            kind=data["kind"],
            lang=data["lang"],
            tags=form.labels(),
            key=data["key"],
            ask_session=data["ask_session"],
            read=readings.names_in(data["read"]),
        )
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return _details(request, form, status=422)
    discard_draft("ask", by=user)
    if request.POST.get("follow"):
        follow_topic(topic, by=user)
    return redirect(topic)


def _kept(request: HttpRequest, form: AskForm) -> HttpResponse:
    """Keep a guest's question until they have signed up or in; what would be refused then is refused now."""
    data = form.cleaned_data
    try:
        clean_title(data["title"])
        clean_body(data["body"], few_links=True, required=data["kind"] != "question")
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return _details(request, form, status=422)
    plain = {
        **data,
        "section": data["section"].slug,
        "labels": form.labels(),
        "follow": bool(request.POST.get("follow")),
    }
    return redirect(keep_pending(request, "question", plain))


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What the form starts with: the words already typed, and for members the draft kept for them."""
    words = " ".join(request.GET.get("q", "").split())[:TITLE_MAX]
    user = visitor(request)
    draft = Draft.objects.filter(user=user, key="ask").first() if user.is_authenticated and not words else None
    kept = draft.data if draft else {}
    default = (get_language() or "en")[:2]
    return {
        **kept,
        "title": words or kept.get("title", ""),
        "section": request.GET.get("section") or kept.get("section", ""),
        "lang": language_of(words, default),
        "key": uuid.uuid4().hex,
        "ask_session": request.GET.get("ask_session", ""),
        "draft_version": draft.version if draft else 0,
    }


def _details(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    sections = list(Section.objects.filter(live=True))
    context = {"form": form, "sections": sections, "draft_version": form.initial.get("draft_version", 0)}
    return render(request, "topics/ask_details.html", context, status=status)
