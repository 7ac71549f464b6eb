"""Searching, suggestions while a question is typed, and the three ways out of them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.models import User
from community.accounts.visitors import visitor
from community.core import ratelimits
from community.core.paths import client_address
from community.core.same_origin import guest_form
from community.topics.models import Section, Topic
from search import narrowing
from search.actions.ask_session import choose_same_problem, confirm_answer, open_answer
from search.ask_tokens import seal
from search.deflection import recording
from search.deflection.visits import COOKIE, REFUSED, pseudonym_of, says_no, set_visit
from search.engines.chosen import engine
from search.models import Place, Step
from search.suggesting import LONGEST_QUERY, SearchPage, results_of, suggest
from search.suggesting import search as search_for

PAGE_SIZE = 20
SUGGESTIONS_KEPT_SECONDS = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that fits `q`, narrowed by `kind`, `section`, `solved` and `lang`."""
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY].strip()
    sections = list(Section.objects.filter(live=True).only("slug", "title_fr", "title_en"))
    section = next((row for row in sections if row.slug == request.GET.get("section")), None)
    context: dict[str, Any] = {"words": words, "page_kind": "search", "sections": sections, "section": section}
    if words:
        ratelimits.spend(ratelimits.SUGGEST, _counted_as(request))
        filters, number = narrowing.filters_of(request.GET, section), narrowing.page_number(request.GET)
        page = search_for(
            engine(),
            words,
            filters,
            visitor(request),
            lang=_reader_language(),
            start=PAGE_SIZE * (number - 1),
            size=PAGE_SIZE,
        )
        documents = [(each.result.kind, each.result.object_id) for each in page.results]
        recording.record(
            request,
            Step.SEARCHED,
            place=Place.SEARCH,
            documents=[f"{kind}:{object_id}" for kind, object_id in documents],
            words=words,
            found=sum(page.found.counts.values()),
        )
        context |= {"page": page, "filters": filters, "token": seal(documents), "place": Place.SEARCH}
        context |= {"tabs": narrowing.tabs_of(request.GET, page.found, filters.kind)}
        context |= narrowing.links_of(request.GET, page.has_more, number, _reader_language())
        context |= narrowing.facets_of(request.GET, page.found, sections, filters.tag)
        context["did_you_mean"] = narrowing.meant(request.GET, page.found)
        context["explained"] = _explained(request, page)
    return render(request, "search/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The answers that exist to what is being typed in `q`, as a fragment; the same for every reader."""
    ratelimits.spend(ratelimits.SUGGEST, _counted_as(request))
    words = request.GET.get("q", "").replace("\x00", "")
    found = suggest(engine(), words, AnonymousUser(), lang=narrowing.language_of(request.GET) or _reader_language())
    token = seal((each.result.kind, each.result.object_id) for each in found) if found else ""
    place = recording.known_place(request.GET.get("place", ""))
    context = {"suggestions": found, "token": token, "words": " ".join(words.split())[:200], "place": place}
    response = render(request, "search/suggestions.html", context)
    response["Cache-Control"] = f"private, max-age={SUGGESTIONS_KEPT_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
def opened(request: HttpRequest, token: str, kind: str, object_id: str) -> HttpResponse:
    """Lead to an answer that was shown, and remember that it was opened."""
    result = results_of([(kind, object_id)], visitor(request)).get((kind, object_id)) if object_id.isdecimal() else None
    if result is None:
        raise Http404(_("This answer does not exist any more."))
    place = recording.known_place(request.GET.get("at", ""))
    open_answer(token, f"{kind}:{object_id}", visitor=pseudonym_of(request), place=place)
    return redirect(result.url)


@guest_form
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """This answers me: counted, and whoever wrote the answer is thanked."""
    kind = "article" if "article" in request.POST else "topic"
    number = request.POST.get(kind, "")
    key = (kind, number if number.isdecimal() and len(number) < 19 else "0")
    result = results_of([key], visitor(request)).get(key)
    if result is None:
        raise Http404(_("This answer does not exist any more."))
    ratelimits.spend(ratelimits.GUEST_WRITE, _counted_as(request), when_down=False)
    confirm_answer(request.POST.get("ask_session", ""), ":".join(key), by=visitor(request), **_traced(request))
    return render(request, "search/confirmed.html", {"result": result})


@guest_form
@require_POST
def same_problem(request: HttpRequest) -> HttpResponse:
    """Same problem: counted and followed; a guest signs up or in first."""
    topic = _topic(request)
    ratelimits.spend(ratelimits.GUEST_WRITE, _counted_as(request), when_down=False)
    choose_same_problem(request.POST.get("ask_session", ""), topic, by=visitor(request), **_traced(request))
    if visitor(request).is_authenticated:
        return redirect(topic)
    # 307: the browser sends the form on to the step that keeps it until they have signed up or in.
    return redirect(reverse("topics:guest_same_problem", args=[topic.pk]), preserve_request=True)


def _traced(request: HttpRequest) -> dict[str, str]:
    """Who chose, and where, for the record."""
    return {"visitor": pseudonym_of(request), "place": recording.known_place(request.POST.get("at", ""))}


@guest_form
@require_http_methods(["GET", "HEAD", "POST"])
def measurement(request: HttpRequest) -> HttpResponse:
    """What is counted of visits to find help, and the choice not to be counted in this browser."""
    if request.method == "POST":
        answer = redirect("search:measurement")
        if request.POST.get("count") == "no":
            set_visit(answer, REFUSED)
        else:
            answer.delete_cookie(COOKIE)
        return answer
    return render(request, "search/measurement.html", {"says_no": says_no(request)})


def _topic(request: HttpRequest) -> Topic:
    number = request.POST.get("topic", "")
    return get_object_or_404(
        Topic.objects.visible_to(visitor(request)),
        pk=number if number.isdecimal() and len(number) < 19 else 0,
    )


def _counted_as(request: HttpRequest) -> str:
    return str(visitor(request).pk or f"address:{client_address(request)}")


def _reader_language() -> str:
    return (get_language() or "")[:2]


def _explained(request: HttpRequest, page: SearchPage) -> bool:
    """Whether to show how each result came to its place: to the team, when it asks."""
    reader = visitor(request)
    return "explain" in request.GET and isinstance(reader, User) and reader.is_team and bool(page.results)
