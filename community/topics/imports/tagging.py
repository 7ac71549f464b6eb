"""Tags of another community."""

from collections.abc import Iterable

from django.utils.text import slugify

from community.core.slugs import readable_slug
from community.topics.imports.bulk import insert
from community.topics.imports.context import Context, clean_line
from community.topics.models import Tag

MOST_REMEMBERED = 20_000
_SPOKEN = str.maketrans({"+": "-plus", "#": "-sharp", ".": "-"})


def tag_ids(context: Context, names: Iterable[str]) -> dict[str, int]:
    """The key of the tag that each name stands for here, a synonym replaced; made when new, left out when wordless."""
    if len(context.tag_ids) > MOST_REMEMBERED:
        context.tag_ids.clear()
    missing = {name: slug for name in set(names) if name not in context.tag_ids and (slug := tag_slug(name))}
    if missing:
        tags = Tag.objects.filter(slug__in=set(missing.values()))
        found = {tag.slug: tag.synonym_of_id or tag.pk for tag in tags}
        new = {slug: name for name, slug in sorted(missing.items(), reverse=True) if slug not in found}
        keys = insert(Tag, [{"slug": slug, "label": clean_line(name, 50)} for slug, name in new.items()])
        found |= dict(zip(new, keys, strict=True))
        context.report.new["tags"] += len(keys)
        context.tag_ids |= {name: found[slug] for name, slug in missing.items()}
    return context.tag_ids


def tag_slug(name: str) -> str:
    """The address of the tag called `name`; names that differ in signs only ("c", "c#", "c++") stay apart."""
    spoken = name.translate(_SPOKEN)
    slug = readable_slug(spoken, 50)
    return slug if slug != "-" else slugify(spoken, allow_unicode=True)[:50]
