"""Help articles: what the brand wrote."""

from collections.abc import Collection, Iterator, Mapping

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.pages.brand import brand_of
from community.pages.models import HelpArticlePage
from search.documents import Heading, Result, kinds
from search.engines import Document

MOST_CHARACTERS = 6_000


class ArticleKind:
    """Help articles that everyone may read."""

    name = "article"
    several: str | Promise = _("Help articles")

    def ids(self) -> Iterator[str]:
        """Every public article."""
        return (str(pk) for pk in _public().order_by("pk").values_list("pk", flat=True).iterator())

    def documents(self, ids: Collection[str]) -> list[Document]:
        """Public articles with their words."""
        return [_document(article) for article in _public().filter(pk__in=ids)]

    def results(self, ids: Collection[str], user: User | AnonymousUser) -> Mapping[str, Result]:
        """Articles are for everyone."""
        if not ids:
            return {}
        brand = brand_of("")
        return {str(page.pk): _result(page, brand.address_of(page.url_path)) for page in _public().filter(pk__in=ids)}

    def headings(self, ids: Collection[str], user: User | AnonymousUser) -> Mapping[str, Heading]:
        """Articles by title. Costs one query."""
        if not ids:
            return {}
        brand = brand_of("")
        rows = _public().filter(pk__in=ids).values_list("pk", "url_path", "title", "locale__language_code")
        return {
            str(pk): Heading(kind="article", title=title, url=brand.address_of(path), lang=lang)
            for pk, path, title, lang in rows
        }


kinds.add("article", ArticleKind())


def _public() -> QuerySet[HelpArticlePage]:
    return HelpArticlePage.objects.live().public().select_related("locale")


def _words(article: HelpArticlePage) -> str:
    found = article.body.stream_block.get_searchable_content(article.body)
    return "\n".join(strip_tags(text) for text in found)[:MOST_CHARACTERS]


def _document(article: HelpArticlePage) -> Document:
    return Document(
        kind="article",
        object_id=str(article.pk),
        title=article.title,
        body=article.summary,
        answer=_words(article),
        lang=article.language,
        is_solved=True,
        activity_at=article.last_published_at or timezone.now(),
    )


def _result(article: HelpArticlePage, url: str) -> Result:
    return Result(
        kind="article",
        object_id=str(article.pk),
        title=article.title,
        url=url or article.url or "",
        lang=article.language,
        words=_words(article),
        answer=article.summary or _words(article),
        moment=article.last_published_at,
    )
