"""One-tap actions on topics and posts: vote, same problem, follow, accept. Each works as a plain form and by htmx."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.accounts.pending import keep_pending
from community.accounts.visitors import member, visitor
from community.core import ratelimits
from community.core.paths import client_address
from community.core.same_origin import guest_form
from community.topics.actions.follow import follow_topic, share_problem, unfollow_topic, unshare_problem
from community.topics.actions.resolve import accept_answer, reopen_topic, solve_otherwise, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.forms import SolveForm
from community.topics.permissions import capacity_to_settle
from community.topics.standing import standing_of
from community.topics.views.writing import post_for, topic_for


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for the changed piece only."""
    return bool(getattr(request, "htmx", False))


def is_wanted(request: HttpRequest) -> bool:
    """What a button that turns something on or off asks for: the form says it, so that a double click asks the same."""
    return request.POST.get("value", "1") != "0"


@login_required
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote on a post: `value` 1, -1, or 0 to take it back."""
    post = post_for(request, pk)
    ratelimits.spend(ratelimits.VOTE, str(member(request).pk))
    sent = request.POST.get("value", "")
    if sent not in {"1", "0", "-1"}:
        return HttpResponseBadRequest()
    value = int(sent)
    vote_post(post, by=member(request), value=value)
    if is_fragment(request):
        return render(
            request,
            "topics/vote.html",
            {
                "post": post,
                "my_vote": value,
                "can_vote": True,
                "can_vote_down": member(request).has_perm("community.vote_down", post),
            },
        )
    return redirect(post)


@guest_form
@require_POST
def guest_same_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """A guest has the same problem: counted, and followed, once they have signed up or in."""
    topic = topic_for(request, pk)
    if visitor(request).is_authenticated:
        return redirect(topic)
    ratelimits.spend(ratelimits.GUEST_WRITE, client_address(request), when_down=False)
    return redirect(keep_pending(request, "same_problem", {"topic": topic.pk, "title": topic.title}))


@login_required
@require_POST
def same_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has the same problem, or take it back."""
    topic = topic_for(request, pk)
    ratelimits.spend(ratelimits.VOTE, str(member(request).pk))
    if is_wanted(request):
        share_problem(topic, by=member(request))
    else:
        unshare_problem(topic, by=member(request))
    return _standing(request, pk)


@login_required
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a topic, or stop."""
    topic = topic_for(request, pk)
    if is_wanted(request):
        follow_topic(topic, by=member(request))
    else:
        unfollow_topic(topic, by=member(request))
    return _standing(request, pk)


def _standing(request: HttpRequest, pk: int) -> HttpResponse:
    topic = topic_for(request, pk)
    if not is_fragment(request):
        return redirect(topic)
    context = {"topic": topic, "standing": standing_of(member(request), topic, [])}
    return render(request, "topics/standing.html", context)


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answer solves the question."""
    post = post_for(request, pk)
    accept_answer(post, by=member(request))
    messages.success(request, _("Thank you. The next person with this problem will find this answer first."))
    return redirect(post)


@login_required
@require_POST
def unaccept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answer does not solve the question after all."""
    post = post_for(request, pk)
    unaccept_answer(post, by=member(request))
    return redirect(post)


@login_required
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a question without an answer, with a reason."""
    topic = topic_for(request, pk)
    capacity_to_settle(member(request), topic)
    form = SolveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        solve_otherwise(topic, by=member(request), **form.cleaned_data)
        return redirect(topic)
    return render(request, "topics/solve.html", {"form": form, "topic": topic}, status=422 if form.errors else 200)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a question is not settled after all."""
    topic = topic_for(request, pk)
    reopen_topic(topic, by=member(request))
    return redirect(topic)
