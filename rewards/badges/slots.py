"""What badges show on the pages of lower floors."""

from typing import Any

from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.slots import fills
from community.core.templatetags.ui import icon
from rewards.badges.pages import on_profile


@fills("member.badges")
def badges_of_member(context: Context, *, member: User, **_arguments: Any) -> str:
    """What a member earned, and for what."""
    found, more = on_profile(member)
    return render_to_string("badges/on_profile.html", {"badges": found, "more": more, "member": member})


@fills("account_menu")
def my_badges(context: Context, **_arguments: Any) -> str:
    """The way to one's own badges; written by hand, since every page of a member shows it."""
    words = _("My badges")
    return format_html('<a class="menu__item" href="{}">{}{}</a>', reverse("badges:mine"), icon("award"), words)


@fills("footer.links")
def all_badges(context: Context, **_arguments: Any) -> str:
    """The way to all badges."""
    return format_html('<a href="{}">{}</a>', reverse("badges:badges"), _("Badges"))
