"""Blocks of a help article."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RegexBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from community.core.markdown import render_markdown
from community.pages.blocks.home import PLAIN_FEATURES

TEXT_FEATURES = ["h3", *PLAIN_FEATURES, "code"]
PLAYER = "data-video="
LINK_TEXT = re.compile(r"(<a [^>]*>)[^<]*(</a>)")


class OptionalImageBlock(ImageBlock):
    """A picture that may be missing; imported content writes null for it, where Wagtail's own forms write a record."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """As Wagtail does, with an empty record for null."""
        return list(super().bulk_to_python([{} if value is None else value for value in values]))


class StepBlock(StructBlock):
    """One thing to do."""

    text = RichTextBlock(features=PLAIN_FEATURES, label=_("what to do"))
    picture = OptionalImageBlock(required=False, label=_("picture"))


class CaptionedImageBlock(StructBlock):
    """A picture with the words that stand for it, and a caption."""

    picture = ImageBlock(label=_("picture"))
    caption = CharBlock(max_length=200, required=False, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("picture")
        template = "pages/blocks/image.html"


class VideoValue(StructValue):
    """A video, and the frame that shows it on a click."""

    @property
    def frame(self) -> SafeString:
        """The frame; nothing is asked of the video's site before the click."""
        return video_frame(self.get("title", ""), self.get("address", ""))


class VideoBlock(StructBlock):
    """A video of another site, shown on a click only."""

    title = CharBlock(max_length=120, label=_("title"))
    address = URLBlock(label=_("address"), help_text=_("The page of the video on YouTube or Vimeo."))

    class Meta:
        icon = "media"
        label = _("video")
        template = "pages/blocks/video.html"
        value_class = VideoValue

    def clean(self, value: Any) -> Any:
        """Refuse an address that could not be framed."""
        cleaned = super().clean(value)
        if PLAYER not in video_frame(cleaned["title"], cleaned["address"]):
            raise StructBlockValidationError(
                block_errors={"address": ValidationError(_("Give the page of a video on YouTube or Vimeo."))}
            )
        return cleaned


class QuoteBlock(StructBlock):
    """Someone's words."""

    text = TextBlock(label=_("words"))
    author = CharBlock(max_length=80, required=False, label=_("whose"))

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "pages/blocks/quote.html"


class TopicLinkBlock(StructBlock):
    """A topic of the forum that says more."""

    title = CharBlock(max_length=150, label=_("title"))
    address = RegexBlock(
        regex=r"^/(fr|en)/t/\d+/[^\s\"'<>\\]*$",
        label=_("address"),
        help_text=_("As the browser shows it, from the language on: /en/t/12/dripping-tap/"),
        error_messages={"invalid": _("Write the address of a topic, such as /en/t/12/dripping-tap/.")},
    )

    class Meta:
        icon = "comment"
        label = _("link to a topic")
        template = "pages/blocks/topic_link.html"


class ArticleBlock(StreamBlock):
    """All that a help article may hold."""

    heading = CharBlock(max_length=120, label=_("heading"), icon="title", template="pages/blocks/heading.html")
    paragraph = RichTextBlock(
        features=TEXT_FEATURES, label=_("text"), icon="pilcrow", template="pages/blocks/paragraph.html"
    )
    steps = ListBlock(StepBlock(), label=_("steps"), icon="list-ol", template="pages/blocks/steps.html")
    tip = RichTextBlock(features=PLAIN_FEATURES, label=_("tip"), icon="pick", template="pages/blocks/tip.html")
    warning = RichTextBlock(
        features=PLAIN_FEATURES, label=_("warning"), icon="warning", template="pages/blocks/warning.html"
    )
    image = CaptionedImageBlock()
    table = TypedTableBlock(
        [("text", CharBlock(required=False, label=_("text")))], label=_("table"), template="pages/blocks/table.html"
    )
    video = VideoBlock()
    quote = QuoteBlock()
    topic = TopicLinkBlock()


def video_frame(title: str, address: str) -> SafeString:
    """The frame that the forum's Markdown gives to a video's address, under `title`; a plain link for any other."""
    frame = render_markdown(address)
    return mark_safe(LINK_TEXT.sub(lambda found: f"{found[1]}{escape(title)}{found[2]}", frame, count=1))  # noqa: S308
