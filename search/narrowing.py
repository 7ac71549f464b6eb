"""What the address of a search says, and the addresses that narrow it further."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from community.topics.models import Section, Tag
from search.documents import kinds
from search.engines import Filters, Found

MOST_PAGES, MOST_TAGS = 10, 6
LANGUAGES = {"fr", "en"}


def filters_of(asked: QueryDict, section: Section | None) -> Filters:
    """What the search is narrowed to; what is unknown narrows nothing."""
    kind = asked.get("kind", "")
    return Filters(
        kind=kind if kind in kinds else "",
        section_id=section.pk if section else None,
        tag=asked.get("tag", "")[:50],
        lang=language_of(asked),
        solved=True if asked.get("solved") else None,
    )


def page_number(asked: QueryDict) -> int:
    """The page asked for, within what there is."""
    number = asked.get("page", "1")
    return min(max(int(number), 1), MOST_PAGES) if number.isdecimal() and len(number) < 4 else 1


def language_of(asked: QueryDict) -> str:
    """The language asked for; empty for all."""
    asked_for = asked.get("lang", "")
    return asked_for if asked_for in LANGUAGES else ""


def tabs_of(asked: QueryDict, found: Found, current: str) -> list[dict[str, Any]]:
    """All kinds together, then each one, with the number of hits."""
    tabs: list[tuple[str, Any, int]] = [("", _("All"), sum(found.counts.values()))]
    tabs += [(name, kind.several, found.counts.get(name, 0)) for name, kind in kinds]
    return [
        {
            "label": label,
            "count": f"{count}+" if found.is_cut and count else count,
            "url": changed(asked, kind=name),
            "is_current": name == current,
        }
        for name, label, count in tabs
    ]


def facets_of(asked: QueryDict, found: Found, sections: list[Section], tag: str) -> dict[str, Any]:
    """What the results can be narrowed to, each with its number; what would leave nothing is not offered."""
    counts, most = found.facets.sections, sorted(found.facets.tags.items(), key=lambda row: (-row[1], row[0]))
    labels = dict(Tag.objects.filter(slug__in=[slug for slug, _count in most[:MOST_TAGS]]).values_list("slug", "label"))
    return {
        "section_counts": [(row, counts[row.pk]) for row in sections if counts.get(row.pk)],
        "solved_count": found.facets.solved.get(True, 0),
        "tag_counts": [
            {
                "label": labels[slug],
                "count": count,
                "url": changed(asked, tag="" if slug == tag else slug),
                "is_current": slug == tag,
            }
            for slug, count in most[:MOST_TAGS]
            if slug in labels
        ],
    }


def meant(asked: QueryDict, found: Found) -> dict[str, str] | None:
    """The words with their slips put right, and where they lead."""
    return {"words": found.did_you_mean, "url": changed(asked, q=found.did_you_mean)} if found.did_you_mean else None


def links_of(asked: QueryDict, has_more: bool, number: int, language: str) -> dict[str, Any]:
    """Where each filter and the pager lead."""
    return {
        "solved_url": changed(asked, solved="" if asked.get("solved") else "1"),
        "language_url": changed(asked, lang="" if language_of(asked) else language),
        "any_section_url": changed(asked, section=""),
        "next_url": changed(asked, page=str(number + 1)) if has_more and number < MOST_PAGES else "",
        "previous_url": changed(asked, page=str(number - 1)) if number > 1 else "",
    }


def changed(asked: QueryDict, **changes: str) -> str:
    """The address of this search with `changes`; any change but that of the page starts at the first one again."""
    kept = {name: asked.get(name, "") for name in ("q", "kind", "section", "tag", "solved", "lang", "explain")}
    return "?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value})
