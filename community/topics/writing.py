"""Checks and rendering of what people write, before it is stored."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.models import User
from community.accounts.names import skeleton
from community.core.markdown import MAX_LENGTH, render_markdown
from community.core.mentions import mentioned_names
from community.core.slugs import readable_slug
from community.topics.models import Tag

TITLE_MIN, TITLE_MAX = 8, 200
BODY_MIN, BODY_MAX, COMMENT_MAX = 2, MAX_LENGTH, 1_000
MAX_LINKS, MAX_LINKS_WHEN_NEW = 50, 3
MAX_TAGS = 5
# Control characters other than tab and line feed, and those that reorder or hide text.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
# Letters and symbols that are drawn as nothing.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
LINK = re.compile(r"https?://", re.IGNORECASE)


def clean_title(title: str) -> str:
    """The title on one line, without invisible characters. Raises ValidationError when it is too short or too long."""
    cleaned = " ".join(UNWANTED.sub(" ", unicodedata.normalize("NFC", title)).split())
    if len(cleaned) < TITLE_MIN or not re.search(r"\w\w", cleaned):
        raise ValidationError(
            _("Put your question in a few words, at least %(count)d characters.") % {"count": TITLE_MIN},
            code="title_short",
        )
    if len(cleaned) > TITLE_MAX:
        raise ValidationError(
            _("The title is %(length)d characters long; %(max)d is the most. Move the details into the text.")
            % {"length": len(cleaned), "max": TITLE_MAX},
            code="title_long",
        )
    return cleaned


def clean_body(body: str, *, few_links: bool, longest: int = BODY_MAX, required: bool = True) -> str:
    """The text without invisible characters; `few_links` for authors who may not write many yet.

    Raises ValidationError when it is empty, too long, or too full of links.
    """
    cleaned = UNWANTED.sub("", unicodedata.normalize("NFC", body.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if required and (len(cleaned) < BODY_MIN or not any(map(_is_visible, cleaned))):
        raise ValidationError(_("There is no text yet. Write a few words."), code="body_empty")
    if len(cleaned) > longest:
        raise ValidationError(
            _("The text is %(length)d characters long; %(max)d is the most. Shorten it, or split it in two.")
            % {"length": len(cleaned), "max": longest},
            code="body_long",
        )
    links, most = len(LINK.findall(cleaned)), MAX_LINKS_WHEN_NEW if few_links else MAX_LINKS
    if links > most:
        raise ValidationError(
            ngettext(
                "There are %(links)d links in the text; one is the most for now.",
                "There are %(links)d links in the text; %(max)d are the most for now.",
                most,
            )
            % {"links": links, "max": most},
            code="too_many_links",
        )
    return cleaned


def _is_visible(character: str) -> bool:
    """Whether `character` shows by itself: no space, mark, control or format character."""
    return unicodedata.category(character)[0] not in "ZCM" and character not in BLANK


def clean_tags(labels: list[str]) -> list[Tag]:
    """The tags named by `labels`, synonyms replaced, made when new. Raises ValidationError when there are too many."""
    wanted = {
        readable_slug(label, 50): " ".join(UNWANTED.sub("", label).split())[:50] for label in labels if label.strip()
    }
    wanted.pop("-", None)
    if len(wanted) > MAX_TAGS:
        raise ValidationError(_("Choose at most %(max)d tags.") % {"max": MAX_TAGS}, code="too_many_tags")
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted).select_related("synonym_of")}
    for slug, label in wanted.items():
        if slug not in known:
            known[slug] = Tag.objects.get_or_create(slug=slug, defaults={"label": label.lower()})[0]
    chosen = {tag.pk: tag for tag in (known[slug].synonym_of or known[slug] for slug in wanted)}
    return list(chosen.values())


def mentioned_members(body: str) -> list[User]:
    """The active members that `body` mentions."""
    names = mentioned_names(body)
    if not names:
        return []
    return list(User.objects.filter(username_key__in=[skeleton(name) for name in names], is_active=True))


def render_post(body: str, author: User, mentioned: list[User]) -> SafeString:
    """The HTML of a post by `author`; links of members without the privilege tell search engines not to follow them."""
    mentions = {user.username.casefold(): mention_url(user) for user in mentioned}
    return render_markdown(body, mentions=mentions, trusted=author.has_perm("community.links"))


def mention_url(user: User) -> str:
    """Where a stored @mention leads: an address without a language, which the site turns into the reader's."""
    return f"/m/{user.username}"


def preview(body: str) -> SafeString:
    """The HTML that `body` would give, without looking anyone up but those it mentions."""
    mentioned = mentioned_members(body)
    return render_markdown(
        UNWANTED.sub("", body), mentions={user.username.casefold(): mention_url(user) for user in mentioned}
    )
