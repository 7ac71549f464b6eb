"""Searching, suggestions while a question is typed, and the three ways out of them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.visitors import visitor
from community.core import ratelimits
from community.core.paths import client_address
from community.core.same_origin import guest_form
from community.topics.models import Section, Topic
from search.actions.ask_session import choose_same_problem, confirm_answer, open_answer
from search.ask_tokens import seal
from search.deflection import recording
from search.deflection.visits import COOKIE, REFUSED, pseudonym_of, says_no, set_visit
from search.documents import kinds
from search.engines import Filters, Found
from search.engines.chosen import engine
from search.models import Place, Step
from search.suggesting import LONGEST_QUERY, results_of, suggest
from search.suggesting import search as search_for

PAGE_SIZE, MOST_PAGES = 20, 10
SUGGESTIONS_KEPT_SECONDS = 60
LANGUAGES = {"fr", "en"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that fits `q`, narrowed by `kind`, `section`, `solved` and `lang`."""
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY].strip()
    sections = list(Section.objects.filter(live=True).only("slug", "title_fr", "title_en"))
    section = next((row for row in sections if row.slug == request.GET.get("section")), None)
    context: dict[str, Any] = {"words": words, "page_kind": "search", "sections": sections, "section": section}
    if words:
        ratelimits.spend(ratelimits.SUGGEST, _counted_as(request))
        filters, number = _filters(request.GET, section), _page_number(request.GET)
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
        context |= {"page": page, "filters": filters, "tabs": _tabs(request.GET, page.found, filters.kind)}
        context |= {"token": seal(documents), "place": Place.SEARCH}
        context |= _links(request.GET, page.has_more, number)
    return render(request, "search/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The answers that exist to what is being typed in `q`, as a fragment; the same for every reader."""
    ratelimits.spend(ratelimits.SUGGEST, _counted_as(request))
    words = request.GET.get("q", "").replace("\x00", "")
    found = suggest(engine(), words, AnonymousUser(), lang=_language(request.GET) or _reader_language())
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


def _language(asked: QueryDict) -> str:
    asked_for = asked.get("lang", "")
    return asked_for if asked_for in LANGUAGES else ""


def _filters(asked: QueryDict, section: Section | None) -> Filters:
    kind = asked.get("kind", "")
    return Filters(
        kind=kind if kind in kinds else "",
        section_id=section.pk if section else None,
        lang=_language(asked),
        solved=True if asked.get("solved") else None,
    )


def _page_number(asked: QueryDict) -> int:
    number = asked.get("page", "1")
    return min(max(int(number), 1), MOST_PAGES) if number.isdecimal() and len(number) < 4 else 1


def _tabs(asked: QueryDict, found: Found, current: str) -> list[dict[str, Any]]:
    """All kinds together, then each one, with the number of hits."""
    tabs: list[tuple[str, Any, int]] = [("", _("All"), sum(found.counts.values()))]
    tabs += [(name, kind.several, found.counts.get(name, 0)) for name, kind in kinds]
    return [
        {
            "label": label,
            "count": f"{count}+" if found.is_cut and count else count,
            "url": _changed(asked, kind=name),
            "is_current": name == current,
        }
        for name, label, count in tabs
    ]


def _links(asked: QueryDict, has_more: bool, number: int) -> dict[str, Any]:
    """Where each filter and the pager lead."""
    return {
        "solved_url": _changed(asked, solved="" if asked.get("solved") else "1"),
        "language_url": _changed(asked, lang="" if _language(asked) else _reader_language()),
        "any_section_url": _changed(asked, section=""),
        "next_url": _changed(asked, page=str(number + 1)) if has_more and number < MOST_PAGES else "",
        "previous_url": _changed(asked, page=str(number - 1)) if number > 1 else "",
    }


def _changed(asked: QueryDict, **changes: str) -> str:
    """The address of this search with `changes`; any change but that of the page starts at the first one again."""
    kept = {name: asked.get(name, "") for name in ("q", "kind", "section", "solved", "lang")}
    return "?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value})
