"""What the programme shows on the pages of lower floors."""

from typing import Any, cast

from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.kept_values import remember
from community.core.slots import fills
from community.core.templatetags.ui import icon
from community.topics.models import Topic
from rewards.ambassadors.models import CrisisNotice
from rewards.ambassadors.waiting import answering_now

MOST_NOTICES = 3


@fills("account_menu")
def my_desk(context: Context, **_arguments: Any) -> str:
    """An ambassador's way to their desk."""
    reader = context.get("user")
    if not isinstance(reader, User) or not reader.is_ambassador:
        return ""
    words, url = _("My ambassador’s desk"), reverse("ambassadors:desk")
    return format_html('<a class="menu__item" href="{}">{}{}</a>', url, icon("ambassador"), words)


@fills("footer.links")
def the_programme(context: Context, **_arguments: Any) -> str:
    """The way to the programme."""
    return format_html('<a href="{}">{}</a>', reverse("ambassadors:programme"), _("Ambassadors"))


@fills("topic.support")
def who_is_answering(context: Context, topic: Topic, **_arguments: Any) -> str:
    """To ambassadors, on a question that waits: who is answering it, or the way to say so. One query for them."""
    reader = context.get("user")
    is_waiting = topic.is_question and not (topic.is_solved or topic.is_closed or topic.is_deleted)
    if not is_waiting or not isinstance(reader, User) or not reader.is_ambassador or topic.author_id == reader.pk:
        return ""
    answering, is_mine = answering_now(topic, reader)
    whole = cast("dict[str, Any]", context.flatten()) | {"topic": topic, "answering": answering, "is_mine": is_mine}
    return render_to_string("ambassadors/answering.html", whole)


@fills("home.promise")
def public_notices(context: Context, **_arguments: Any) -> str:
    """A line on the home page for each notice that is public; one cache read."""
    found = remember(f"notices.public:{get_language()}", ["notices"], _public)
    return format_html_join("", '<a href="{}">{}{}</a>', ((url, icon("warning"), title) for url, title in found))


def _public() -> list[tuple[str, str]]:
    notices = CrisisNotice.objects.public().order_by("-published_at", "-id")[:MOST_NOTICES]
    return [(notice.get_absolute_url(), notice.title) for notice in notices]
