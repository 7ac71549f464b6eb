"""From a public question to support: the asker's click, an agent's offer, the asker's word on it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.accounts.visitors import member
from community.core import ratelimits
from community.tickets import promises
from community.tickets.actions.question_to_ticket import (
    decline_support,
    offer_support,
    question_to_ticket,
    ticket_in_work,
)
from community.tickets.forms import QuestionForm
from community.tickets.permissions import check_can_take_to_support
from community.topics import readings
from community.topics.models import Post, PostKind
from community.topics.views.writing import topic_for


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own question to support, with all that it says."""
    topic, me = topic_for(request, pk), member(request)
    check_can_take_to_support(me, topic)
    if known := ticket_in_work(topic, me):
        return redirect(known)
    form = QuestionForm(request.POST, request.FILES) if request.method == "POST" else QuestionForm()
    if request.method == "POST" and form.is_valid():
        ratelimits.spend(ratelimits.TICKET, str(me.pk))
        data = form.cleaned_data
        try:
            ticket = question_to_ticket(
                topic,
                by=me,
                words=data["body"],
                urgency=data["urgency"],
                files=form.judged,
                read=readings.names_in(data["read"]),
                key=data["key"],
            )
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(ticket)
    now = timezone.now()
    promise = promises.promise_for(topic.section, now)
    context = {
        "topic": topic,
        "opening": Post.objects.filter(topic=topic, kind=PostKind.OPENING).first(),
        "form": form,
        "key": form["key"].value() or uuid.uuid4().hex,
        "promise": promises.said(promise, now),
        "support": promise.support,
        "page_kind": "help",
    }
    return render(request, "tickets/from_question.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """An agent offers the asker to look at the question in private."""
    topic = topic_for(request, pk)
    if offer_support(topic, by=member(request)):
        messages.success(request, _("Offered. The person who asked decides on this page."))
    return redirect(topic)


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker does not need support."""
    topic = topic_for(request, pk)
    decline_support(topic, by=member(request))
    return redirect(topic)
