"""Wagtail's signals, turned into events and into the dropping of kept pages."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from community.core.events import publish
from community.core.page_cache import touch
from community.pages.events import ArticlePublished, ArticleUnpublished
from community.pages.models import HelpArticlePage, HelpIndexPage, HomePage


@receiver(page_published)
def announce_publication(instance: Page, **_kwargs: Any) -> None:
    """Say that an article is live; drop the kept pages that show what was published."""
    with transaction.atomic():
        if isinstance(instance, HelpArticlePage):
            publish(ArticlePublished(article_id=instance.pk))
        touch(_tags_of(instance))


@receiver(page_unpublished)
def announce_withdrawal(instance: Page, **_kwargs: Any) -> None:
    """Say that an article is gone; deleting a page withdraws it first, so this covers both."""
    with transaction.atomic():
        if issubclass(instance.specific_class or Page, HelpArticlePage):
            publish(ArticleUnpublished(article_id=instance.pk))
        # Navigation leaves out what is not live.
        touch([*_tags_of(instance), "site"])


@receiver(page_slug_changed)
@receiver(post_page_move)
def announce_new_addresses(instance: Page, **_kwargs: Any) -> None:
    """Say of every article below `instance` that it has another address, and drop what links to it."""
    with transaction.atomic():
        for pk in HelpArticlePage.objects.descendant_of(instance, inclusive=True).live().values_list("pk", flat=True):
            publish(ArticlePublished(article_id=pk))
        touch(["site"])


def _tags_of(page: Page) -> list[str]:
    kind = page.specific_class or Page
    if issubclass(kind, HomePage):
        return ["home", "site"]
    return ["articles"] if issubclass(kind, HelpIndexPage) else []
