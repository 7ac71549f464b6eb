"""Lists of topics: their tabs, orders and pages."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.accounts.models import User
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
    """One page of the list `tab`, narrowed as asked, else of everything; unread ones have `is_unread`."""
    topics: Any = Topic.objects.listed().for_cards().filter(tab.condition)
    if section is not None:
        topics = topics.filter(section=section)
    if tag is not None:
        topics = topics.filter(tags=tag)
    if author is not None:
        topics = topics.filter(author=author)
    if lang:
        topics = topics.filter(lang=lang)
    if isinstance(user, User):
        mark = ReadMark.objects.filter(topic=OuterRef("pk"), user=user).values("read_at")[:1]
        topics = topics.annotate(read_until=Coalesce(Subquery(mark), user.date_joined))
    page = paginate(topics, tab.order, cursor, size)
    for topic in page.items:
        topic.is_unread = isinstance(user, User) and topic.activity_at > topic.read_until
    return page
