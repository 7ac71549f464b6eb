"""Atom feeds of every list."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.topics.lists import page_of_topics
from community.topics.models import Section, Tag, Topic
from community.topics.views.lists import tab_or_404


class TopicFeed(Feed[Topic, dict[str, Any]]):
    """A list of topics, newest first, as the public sees it."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the feed lists: a tab, of a section, a tag, a member, or everything."""
        found: dict[str, Any] = {
            "tab": tab_or_404(kwargs.get("tab", "latest")),
            "of": {},
            "name": _("Questions and answers"),
        }
        if "section" in kwargs:
            found["of"]["section"] = get_object_or_404(Section, slug=kwargs["section"], live=True)
        if "tag" in kwargs:
            found["of"]["tag"] = get_object_or_404(Tag, slug=kwargs["tag"])
        if "username" in kwargs:
            members = User.objects.filter(is_active=True, profile__show_activity=True)
            found["of"]["author"] = get_object_or_404(members, username=kwargs["username"])
        if found["of"]:
            found["name"] = str(next(iter(found["of"].values())))
        return found

    def title(self, found: dict[str, Any]) -> str:
        """The list's name."""
        return f"{found['name']} · {found['tab'].label}"

    def link(self, found: dict[str, Any]) -> str:
        """The page with the same list."""
        of = list(found["of"].values())
        return of[0].get_absolute_url() if of else f"/{get_language()}/questions/"

    def items(self, found: dict[str, Any]) -> list[Topic]:
        """Its first page."""
        topics = page_of_topics(found["tab"], AnonymousUser(), **found["of"]).items
        prefetch_related_objects(topics, "tags")
        return topics

    def item_title(self, item: Topic) -> str:
        """The question."""
        return item.title

    def item_description(self, item: Topic) -> str:
        """The accepted answer's first words, else the question's."""
        return item.answer_excerpt or item.excerpt

    def item_author_name(self, item: Topic) -> str:
        """The pseudonym."""
        return item.author.username

    def item_pubdate(self, item: Topic) -> Any:
        """When it was asked."""
        return item.created_at

    def item_updateddate(self, item: Topic) -> Any:
        """When something last happened."""
        return item.activity_at

    def item_categories(self, item: Topic) -> list[str]:
        """The tags."""
        return [tag.label for tag in item.tags.all()]
