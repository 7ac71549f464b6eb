"""What the forum shows on the pages of lower floors: the home page's lists, a member's contributions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.kept_values import remember
from community.core.pagination import paginate
from community.core.slots import fills
from community.core.templatetags.ui import icon
from community.topics.lists import DISCUSSED, TABS, page_of_topics
from community.topics.models import Post, PostKind, Section, Topic

HOME_LISTS = {
    "latest": "latest",
    "unanswered": "unanswered",
    "shared": "shared",
    "solved": "solved",
}
HELPERS_WINDOW = timedelta(days=30)


def _reader(context: Context) -> User | AnonymousUser:
    return context.get("user") or AnonymousUser()


def _rendered(template: str, context: Context, **extra: Any) -> str:
    return render_to_string(template, {**cast("dict[str, Any]", context.flatten()), **extra})


def _remembered(name: str, build: Callable[[], str]) -> str:
    """A piece of the home page that is the same for everyone who reads its language, until a list changes."""
    return mark_safe(remember(f"{name}:{get_language()}", ["lists"], build))  # noqa: S308 - rendered by a template


@fills("account_menu")
def suggested_edits(context: Context, **_arguments: Any) -> str:
    """For reviewers: the way to what others suggest."""
    user = context.get("user")
    if not isinstance(user, User) or not user.has_perm("community.review"):
        return ""
    words = _("Suggested edits")
    return format_html('<a class="menu__item" href="{}">{}{}</a>', reverse("topics:suggestions"), icon("edit"), words)


@fills("home.topics")
def home_topics(context: Context, list: str = "discussed", limit: int = 6, **_arguments: Any) -> str:
    """A list of topics: being discussed, unanswered, most shared, or waiting for the reader."""
    if list == "waiting":
        waiting = waiting_for(_reader(context), limit)
        return _rendered("topics/home_topics.html", context, topics=waiting) if waiting else ""
    return _remembered(f"home-{list}-{limit}", lambda: _public_list(context, list, limit))


def _public_list(context: Context, name: str, limit: int) -> str:
    """A list as the public sees it, in the reader's language when there is anything in it."""
    tab, guest = DISCUSSED if name == "discussed" else TABS[HOME_LISTS.get(name, "latest")], AnonymousUser()
    language = (get_language() or "")[:2]
    topics = page_of_topics(tab, guest, lang=language, size=limit).items or page_of_topics(tab, guest, size=limit).items
    return _rendered("topics/home_topics.html", context, topics=topics) if topics else ""


def waiting_for(reader: User | AnonymousUser, limit: int) -> list[Topic]:
    """Unanswered questions of sections where `reader` has answered before, kept until lists change; none for guests."""
    if not isinstance(reader, User):
        return []
    known = Topic.objects.filter(posts__author=reader, posts__kind=PostKind.ANSWER).values("section")
    listed = Topic.objects.listed().unanswered().select_related("section")
    waiting = listed.filter(section__in=known).exclude(author=reader).order_by("-created_at", "-id")
    return remember(f"waiting:{reader.pk}:{limit}", ["lists"], lambda: list(waiting[:limit]))


@fills("home.sections")
def home_sections(context: Context, **_arguments: Any) -> str:
    """Every section as a card."""
    return _remembered("home-sections", lambda: _section_cards(context))


def _section_cards(context: Context) -> str:
    sections = list(Section.objects.filter(live=True).select_related("cover").prefetch_related("cover__renditions"))
    return _rendered("topics/section_cards.html", context, sections=sections) if sections else ""


@fills("home.helpers")
def home_helpers(context: Context, limit: int = 4, **_arguments: Any) -> str:
    """The people whose answers solved most questions in the last 30 days."""
    return _remembered(f"home-helpers-{limit}", lambda: _helpers(context, limit))


def _helpers(context: Context, limit: int) -> str:
    since = timezone.now() - HELPERS_WINDOW
    in_force = Q(
        posts__resolutions__created_at__gte=since,
        posts__resolutions__revoked_at=None,
        posts__deleted_at=None,
        posts__topic__deleted_at=None,
    )
    solved = Count("posts__topic", filter=in_force, distinct=True)
    helpers = User.objects.filter(in_force, is_active=True).annotate(solved=solved).order_by("-solved", "pk")[:limit]
    return _rendered("topics/home_helpers.html", context, helpers=helpers) if helpers else ""


@fills("member.activity")
def member_activity(context: Context, member: User, **_arguments: Any) -> str:
    """What a member is good at, and what they asked and answered, as far as they show it."""
    answers = Post.objects.filter(author=member, kind=PostKind.ANSWER, deleted_at=None, topic__deleted_at=None)
    good_at = (
        Topic.objects.listed()
        .filter(posts__author=member, posts__is_accepted=True, posts__deleted_at=None)
        .values("section")
        .annotate(count=Count("pk", distinct=True))
        .order_by("-count")[:4]
    )
    counts = {row["section"]: row["count"] for row in good_at}
    sections = {section.pk: section for section in Section.objects.filter(pk__in=counts)}
    recent = answers.visible_to(AnonymousUser()).select_related("topic__section")
    return _rendered(
        "topics/member_activity.html",
        context,
        member=member,
        figures=answers.aggregate(answers=Count("pk"), helped=Count("topic", distinct=True)),
        accepted=sum(counts.values()),
        good_at=[{"section": sections[pk], "count": count} for pk, count in counts.items()],
        most=max(counts.values(), default=1),
        answers=paginate(recent, ("-created_at", "-id"), "", 10).items,
        questions=page_of_topics(TABS["latest"], _reader(context), author=member, size=10).items,
        tabs_label=_("Contributions"),
    )
