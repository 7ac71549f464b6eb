"""Wagtail pages and the brand's settings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.blocks import RichTextBlock
from wagtail.models import Page


class HomePage(Page):
    """The first page of the community, made of blocks."""

    body = StreamField([("text", RichTextBlock())], blank=True, verbose_name=_("blocks"))


class HelpIndexPage(Page):
    """The list of help articles."""

    introduction = RichTextField(_("introduction"), blank=True)


class HelpArticlePage(Page):
    """An article that answers a question before it is asked."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = StreamField([("text", RichTextBlock())], blank=True, verbose_name=_("text"))
