"""What happens to the brand's pages."""

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(Event):
    """A help article went live, or a live one was published again, renamed or moved."""

    article_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """The article, the lists of articles, and the home page, which may show it."""
        return (f"article:{self.article_id}", "articles", "home")


@dataclass(frozen=True, kw_only=True)
class ArticleUnpublished(Event):
    """A help article is no longer shown: withdrawn, expired or deleted."""

    article_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """The article, the lists of articles, and the home page, which may have shown it."""
        return (f"article:{self.article_id}", "articles", "home")
