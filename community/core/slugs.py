"""Readable addresses."""

import unicodedata

from django.utils.text import slugify


def readable_slug(title: str, length: int = 80) -> str:
    """The words of `title` as ASCII for an address, cut at a word, at most `length` characters; "-" when none is left.

    French elisions become words of their own ("l'évier" gives "l-evier").
    """
    plain = unicodedata.normalize(
        "NFKD", title.lower().replace("'", " ").replace("’", " ").replace("œ", "oe").replace("æ", "ae")
    )
    slug = slugify(plain)
    if len(slug) > length:
        slug = slug[: length + 1].rsplit("-", 1)[0][:length]
    return slug.strip("-") or "-"
