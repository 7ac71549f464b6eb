"""Sections and tags by the name in an address."""

from django.http import Http404
from django.utils.translation import gettext as _

from community.topics.models import Section, Tag


def section_called(slug: str) -> Section:
    """The section open to the public called `slug`. One query. Raises Http404."""
    section = Section.objects.filter(slug=slug, live=True).first()
    if section is None:
        raise Http404(_("There is no such section."))
    return section


def tag_called(slug: str) -> Tag:
    """The tag called `slug`, of a synonym what it stands for. One query. Raises Http404."""
    tag = Tag.objects.filter(slug=slug).select_related("synonym_of").first()
    if tag is None:
        raise Http404(_("There is no such tag."))
    return tag.synonym_of or tag
