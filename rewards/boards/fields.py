"""The parts of the community that have leaderboards of their own: sections and tags."""

from dataclasses import dataclass

from community.core.kept_values import remember
from community.topics.called import section_called, tag_called
from community.topics.models import Section, Tag

# Any tag has its leaderboard; so many are offered.
TAGS_OFFERED = 12


@dataclass(frozen=True)
class Fields:
    """Where to look further: all sections, and the tags that are used most."""

    sections: list[Section]
    tags: list[Tag]


def field_called(*, section: str, tag: str) -> Section | Tag | None:
    """The section, else the tag (of a synonym, what it stands for) at these addresses; None when both are empty.

    One query at most. Raises Http404.
    """
    if section:
        return section_called(section)
    return tag_called(tag) if tag else None


def scope_of(field: Section | Tag | None) -> str:
    """The scope of what was earned in `field`, as `counting` writes it."""
    if field is None:
        return ""
    return f"{'section' if isinstance(field, Section) else 'tag'}:{field.pk}"


def fields() -> Fields:
    """What is offered; kept until the brand changes a section, so that a new order of tags may be ten minutes late."""
    return remember("boards.fields", ["site"], _read_fields)


def _read_fields() -> Fields:
    used = Tag.objects.filter(topic_count__gt=0, synonym_of=None).order_by("-topic_count", "id")
    return Fields(list(Section.objects.filter(live=True).order_by("position", "id")), list(used[:TAGS_OFFERED]))
