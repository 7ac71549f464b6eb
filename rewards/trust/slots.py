"""What trust shows on the pages of lower floors."""

from typing import Any

from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.slots import fills
from community.core.templatetags.ui import icon
from community.topics.models import Topic


@fills("topic.reading")
def reading_clock(context: Context, topic: Topic, **_arguments: Any) -> str:
    """For members: what tells how long they read, and which posts. The team needs no trust."""
    user = context.get("user")
    if not isinstance(user, User) or user.is_team:
        return ""
    return format_html(
        '<script src="{}" type="module" data-reading="{}"></script>',
        static("trust/js/reading.js"),
        reverse("trust:reading", args=[topic.pk]),
    )


@fills("account_menu")
def my_trust(context: Context, **_arguments: Any) -> str:
    """The way to what a member may do."""
    return format_html(
        '<a class="menu__item" href="{}">{}{}</a>', reverse("trust:mine"), icon("shield"), _("What I may do")
    )
