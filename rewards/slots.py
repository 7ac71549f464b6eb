"""What rewards show on the pages of lower floors."""

from typing import Any

from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from community.core.slots import fills
from community.core.templatetags.ui import icon


@fills("account_menu")
def my_reputation(context: Context, **_arguments: Any) -> str:
    """The way to a member's own statement; written by hand, since every page of a member shows it."""
    words = _("My reputation")
    return format_html('<a class="menu__item" href="{}">{}{}</a>', reverse("rewards:reputation"), icon("thanks"), words)


@fills("footer.links")
def who_helps_most(context: Context, **_arguments: Any) -> str:
    """The way to the leaderboard."""
    return format_html('<a href="{}">{}</a>', reverse("rewards:leaderboard"), _("Who helps most"))
