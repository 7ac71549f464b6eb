"""Lists of topics: of the whole site, a section, a tag."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.accounts.visitors import visitor
from community.core import page_cache
from community.core.kept_values import remember
from community.topics.lists import TABS, Tab, page_of_topics
from community.topics.models import Section, Tag


def tab_or_404(slug: str) -> Tab:
    """The tab called `slug`. Raises Http404 when there is none."""
    if slug not in TABS:
        raise Http404
    return TABS[slug]


@require_safe
def all_topics(request: HttpRequest, tab: str = "latest") -> HttpResponse:
    """Topics of every section."""
    page_cache.keep(request, "lists")
    return _listing(request, tab_or_404(tab), "topics:list", [], {"sections": Section.objects.filter(live=True)})


@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    """Every section, with what it is for."""
    page_cache.keep(request, "lists")
    return render(
        request, "topics/sections.html", {"sections": Section.objects.filter(live=True).select_related("cover")}
    )


@require_safe
def section(request: HttpRequest, slug: str, tab: str = "latest") -> HttpResponse:
    """A section: what it is for, its articles, its experts, its topics."""
    page_cache.keep(request, "lists", "articles")
    context = remember(f"section:{slug}", ["lists", "articles", "site"], lambda: _section_context(slug))
    return _listing(request, tab_or_404(tab), "topics:section", [slug], context, section=context["section"])


def _section_context(slug: str) -> dict[str, Any]:
    """A section with what stands beside its lists, the same for everyone. Raises Http404 when there is none."""
    found = get_object_or_404(Section.objects.filter(live=True).select_related("cover"), slug=slug)
    tags = Tag.objects.filter(topics__section=found, topic_count__gt=0).distinct()
    return {
        "section": found,
        "experts": list(found.experts.all()),
        "articles": list(found.articles.live().public().select_related("locale")),
        "tags": list(tags.order_by("-topic_count", "id")[:15]),
    }


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """The tags in use, the most used first."""
    page_cache.keep(request, "lists")
    found = Tag.objects.filter(synonym_of=None, topic_count__gt=0).order_by("-topic_count", "id")[:200]
    return render(request, "topics/tags.html", {"tags": found})


@require_safe
def tag(request: HttpRequest, slug: str, tab: str = "latest") -> HttpResponse:
    """Topics with a tag; a synonym leads to the tag that it stands for."""
    page_cache.keep(request, "lists")
    found = get_object_or_404(Tag.objects.select_related("synonym_of").prefetch_related("synonyms"), slug=slug)
    if found.synonym_of:
        return redirect(found.synonym_of, permanent=True)
    return _listing(request, tab_or_404(tab), "topics:tag", [slug], {"tag": found}, tag=found)


def _listing(
    request: HttpRequest, tab: Tab, url_name: str, arguments: list[str], context: dict[str, Any], **of: Any
) -> HttpResponse:
    lang = request.GET.get("lang", "")
    lang = lang if lang in dict(settings.LANGUAGES) else ""
    page = page_of_topics(tab, visitor(request), cursor=request.GET.get("page", ""), lang=lang, **of)
    tabs = [
        {
            "label": other.label,
            "url": reverse(url_name, args=[*arguments, other.slug] if other.slug != "latest" else arguments),
            "is_current": other is tab,
        }
        for other in TABS.values()
    ]
    feed_url = reverse(f"{url_name}_feed", args=[*arguments, tab.slug])
    return render(
        request,
        "topics/list.html",
        {"tab": tab, "tabs": tabs, "page": page, "lang": lang, "feed_url": feed_url, **context},
    )
