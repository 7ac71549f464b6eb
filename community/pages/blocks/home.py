"""Blocks of the home page: most of them are places that other apps fill."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructValue,
)
from wagtail.images.blocks import ImageBlock

from community.pages.brand import brand_for

PLAIN_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
LISTS = [
    ("discussed", _("being discussed now")),
    ("unanswered", _("without an answer yet")),
    ("shared", _("most shared problems")),
    ("waiting", _("waiting for someone like the reader (members only)")),
]


class AskBlock(StructBlock):
    """The ask bar; the first block of a home page is its hero."""

    title = CharBlock(max_length=80, label=_("sentence"))
    lead = CharBlock(max_length=200, required=False, label=_("below it"))
    placeholder = CharBlock(max_length=60, required=False, label=_("example in the field"))

    class Meta:
        icon = "help"
        label = _("ask bar")
        template = "pages/blocks/ask.html"


class TopicsBlock(StructBlock):
    """A list of topics, filled by the forum."""

    list = ChoiceBlock(choices=LISTS, default="discussed", label=_("which"))
    title = CharBlock(max_length=80, required=False, label=_("title"), help_text=_("Empty: the usual one."))
    limit = IntegerBlock(default=6, min_value=1, max_value=12, label=_("how many"))

    class Meta:
        icon = "list-ul"
        label = _("list of topics")
        template = "pages/blocks/topics.html"


class SectionsBlock(StructBlock):
    """The sections as cards, filled by the forum."""

    title = CharBlock(max_length=80, required=False, label=_("title"), help_text=_("Empty: the usual one."))

    class Meta:
        icon = "folder-open-inverse"
        label = _("sections")
        template = "pages/blocks/sections.html"


class HelpersBlock(StructBlock):
    """This month's helpers, filled by the forum."""

    title = CharBlock(max_length=80, required=False, label=_("title"), help_text=_("Empty: the usual one."))
    limit = IntegerBlock(default=6, min_value=1, max_value=12, label=_("how many"))

    class Meta:
        icon = "group"
        label = _("helpers of the month")
        template = "pages/blocks/helpers.html"


class ChosenArticles(StructValue):
    """Articles that the brand chose, some of which may be withdrawn by now."""

    @property
    def for_readers(self) -> list[Any]:
        """Those that are live."""
        return [article for article in self.get("articles", []) if article is not None and article.live]


class ArticlesBlock(StructBlock):
    """Help articles that the brand chose."""

    title = CharBlock(max_length=80, required=False, label=_("title"), help_text=_("Empty: the usual one."))
    articles = ListBlock(PageChooserBlock(page_type="pages.HelpArticlePage"), max_num=8, label=_("articles"))

    class Meta:
        icon = "doc-full"
        label = _("help articles")
        template = "pages/blocks/articles.html"
        value_class = ChosenArticles

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The block with the address of each article."""
        context = super().get_context(value, parent_context)
        brand = brand_for(context["request"])
        return {**context, "articles": [(each, brand.address_of(each.url_path)) for each in value.for_readers]}


class PictureBlock(StructBlock):
    """A picture with words beside it."""

    picture = ImageBlock(label=_("picture"))
    text = RichTextBlock(features=["h2", "h3", *PLAIN_FEATURES], label=_("text"))

    class Meta:
        icon = "image"
        label = _("picture and text")
        template = "pages/blocks/picture.html"


class HomeBlock(StreamBlock):
    """All that a home page may hold."""

    ask = AskBlock()
    topics = TopicsBlock()
    sections = SectionsBlock()
    articles = ArticlesBlock()
    helpers = HelpersBlock()
    text = RichTextBlock(
        features=["h2", "h3", *PLAIN_FEATURES], label=_("text"), icon="pilcrow", template="pages/blocks/text.html"
    )
    picture = PictureBlock()

    class Meta:
        block_counts = {"ask": {"max_num": 1}}
