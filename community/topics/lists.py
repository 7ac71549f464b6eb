"""Lists of topics: their tabs, orders and pages."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.accounts.models import User
from community.core.kept_values import remember
from community.core.pagination import Page, paginate
from community.topics.models import ReadMark, Section, Tag, Topic

PAGE_SIZE = 25


@dataclass(frozen=True)
class Tab:
    """One way to look at a list."""

    slug: str
    label: str | Promise
    condition: Q
    order: tuple[str, str]
    empty: str | Promise


TABS = {
    tab.slug: tab
    for tab in (
        Tab("latest", _("Latest"), Q(), ("-activity_at", "-id"), _("No one has asked anything here yet.")),
        Tab(
            "unanswered",
            _("Unanswered"),
            Q(kind="question", answer_count=0, is_solved=False),
            ("-created_at", "-id"),
            _("Every question here has an answer."),
        ),
        Tab(
            "solved",
            pgettext_lazy("questions", "Solved"),
            Q(is_solved=True),
            ("-solved_at", "-id"),
            _("No question has been solved here yet."),
        ),
        Tab(
            "shared",
            _("Most shared problems"),
            Q(same_problem_count__gt=0),
            ("-same_problem_count", "-id"),
            _("No problem here is shared by several people yet."),
        ),
    )
}


# The home page's own: what people talk about, apart from what still waits for an answer.
DISCUSSED = Tab("discussed", "", Q(answer_count__gt=0), ("-activity_at", "-id"), "")


def page_of_topics(
    tab: Tab,
    user: User | AnonymousUser,
    *,
    section: Section | None = None,
    tag: Tag | None = None,
    author: User | None = None,
    lang: str = "",
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> Page[Topic]:
    """One page of the list `tab`, narrowed as asked, else of everything; unread ones have `is_unread`.

    The list is the same for everyone and is read again only when an event says that lists changed.
    """
    narrowed = {"section": section, "tags": tag, "author": author, "lang": lang}
    conditions = {name: value for name, value in narrowed.items() if value}

    def read() -> Page[Topic]:
        topics = Topic.objects.listed().for_cards().filter(tab.condition, **conditions)
        return paginate(topics, tab.order, cursor, size)

    keys = [value if isinstance(value, str) else value.pk for value in narrowed.values() if value is not None]
    names = ":".join(map(str, [tab.slug, *(name for name, value in narrowed.items() if value), *keys, cursor, size]))
    page = remember(f"list:{names}", ["lists", "site"], read)
    marks = _read_marks(user, page.items)
    for topic in page.items:
        # A member who never opened a topic has read it up to when they joined.
        topic.is_unread = marks is not None and topic.activity_at > marks[topic.pk]  # type: ignore[attr-defined]
    return page


def _read_marks(user: User | AnonymousUser, topics: list[Topic]) -> dict[int, datetime] | None:
    """Up to when `user` has read each of `topics`: one query; None for guests."""
    if not isinstance(user, User):
        return None
    found = ReadMark.objects.filter(user=user, topic__in=[topic.pk for topic in topics])
    return {topic.pk: user.date_joined for topic in topics} | dict(found.values_list("topic_id", "read_at"))
