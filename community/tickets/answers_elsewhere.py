"""Public answers that an agent points to: found by their name, or by the address that was copied from the browser."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.pages.brand import brand_of
from community.pages.models import HelpArticlePage
from community.topics.models import Post, Topic

NAMED = re.compile(r"^(topic|post|article):([1-9][0-9]{0,17})$")
IN_ADDRESS = re.compile(r"^/(?:fr|en)/(t|p)/([1-9][0-9]{0,17})(?:/|$)")
KINDS = {"t": "topic", "p": "post"}


@dataclass(frozen=True)
class PublicAnswer:
    """A topic, one of its posts, or a help article, that everyone may read."""

    title: str
    topic: Topic | None = None
    post: Post | None = None
    article: HelpArticlePage | None = None

    @property
    def path(self) -> str:
        """Its address on this site, in the active language; an article's in its own."""
        if self.article is not None:
            return brand_of("").address_of(self.article.url_path)
        found = self.post or self.topic
        return found.get_absolute_url() if found else ""


def find_answer(said: str) -> PublicAnswer:
    """The public answer behind "topic:12", "post:34", "article:4" or an address of this site.

    Raises ValidationError when there is none that everyone may read.
    """
    said = said.strip()
    path = urlsplit(said).path if "/" in said else ""
    if named := NAMED.match(said):
        found = _by_name(named[1], int(named[2]))
    elif placed := IN_ADDRESS.match(path):
        found = _by_name(KINDS[placed[1]], int(placed[2]))
    else:
        found = _article(path)
    if found is None:
        raise ValidationError(
            _("No public answer has this address. Copy it from the address bar of its page."), code="target"
        )
    return found


def _by_name(kind: str, pk: int) -> PublicAnswer | None:
    if kind == "article":
        page = HelpArticlePage.objects.live().filter(pk=pk).first()
        return PublicAnswer(page.title, article=page) if page else None
    if kind == "post":
        posts = Post.objects.visible_to(AnonymousUser()).select_related("topic")
        post = posts.filter(pk=pk).first()
        return PublicAnswer(post.topic.title, topic=post.topic, post=post) if post else None
    topic = Topic.objects.visible_to(AnonymousUser()).filter(pk=pk).first()
    return PublicAnswer(topic.title, topic=topic) if topic else None


def _article(path: str) -> PublicAnswer | None:
    """The help article at `path`, which has its language in it."""
    language, _slash, rest = path.lstrip("/").partition("/")
    root = brand_of("").roots.get(language)
    if not root or not rest:
        return None
    page = HelpArticlePage.objects.live().filter(url_path=f"{root}{rest.rstrip('/')}/").first()
    return PublicAnswer(page.title, article=page) if page else None
