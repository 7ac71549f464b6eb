"""What a search is narrowed to in the database engine's tables, and how many documents there are of what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from search.engines import Facets, Filters, Hit
from search.models import SearchDocument

# What is left out of the filters to count each facet.
WITHOUT: dict[str, dict[str, Any]] = {
    "kind": {"kind": ""},
    "section_id": {"section_id": None},
    "tags": {"tag": ""},
    "is_solved": {"solved": None},
}


def within(filters: Filters) -> Q:
    """The postings of the documents that `filters` let through."""
    wanted = {
        "kind": filters.kind or None,
        "section_id": filters.section_id,
        "lang": filters.lang or None,
        "is_solved": filters.solved,
        "tags__contains": as_text([filters.tag]) if filters.tag else None,
    }
    return Q(**{f"document__{name}": value for name, value in wanted.items() if value is not None})


def as_text(tags: Iterable[str]) -> str:
    """Tags as their column holds them: each between spaces, which no tag holds. (SQLite cannot search JSON lists.)"""
    return "".join(f" {tag} " for tag in tags)


def counted(hits: Mapping[str, Iterable[Hit]], using: str) -> Facets:
    """The facets of hits listed under the names of WITHOUT. Costs one query."""
    keys = {(hit.kind, hit.object_id) for listed in hits.values() for hit in listed}
    rows = SearchDocument.objects.using(using).filter(object_id__in={object_id for _, object_id in keys})
    known = {(row.kind, row.object_id): row for row in rows.only("kind", "object_id", *WITHOUT)}
    listed = {
        name: [known[hit.kind, hit.object_id] for hit in of if (hit.kind, hit.object_id) in known]
        for name, of in hits.items()
    }
    return Facets(
        kinds=Counter(row.kind for row in listed["kind"]),
        sections=Counter(row.section_id for row in listed["section_id"] if row.section_id is not None),
        tags=Counter(tag for row in listed["tags"] for tag in row.tags.split()),
        solved=Counter(row.is_solved for row in listed["is_solved"]),
    )
