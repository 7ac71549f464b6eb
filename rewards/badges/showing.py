"""Awards in words: what they are called where they were earned, and for what."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from community.topics.models import Section, Tag, Topic
from rewards.badges.models import Award


@dataclass(frozen=True)
class ShownAward:
    """An award, the name of the field in which it was earned, and the topic that anybody may open."""

    award: Award
    field: str = ""
    topic: Topic | None = None

    @property
    def title(self) -> str:
        """The badge's name, with the field."""
        return f"{self.award.badge.name} – {self.field}" if self.field else self.award.badge.name

    @property
    def is_for_post(self) -> bool:
        """Whether it was one post that earned it."""
        return self.topic is not None and self.award.post_id is not None

    @property
    def reason(self) -> str:
        """Why the member has it: what the team said, or the figures when they say more than the description."""
        if self.award.reason:
            return self.award.reason
        count, days = self.award.figures.get("threshold", 1), self.award.figures.get("days")
        if days:
            within = ngettext("%(count)d in %(days)d days", "%(count)d in %(days)d days", count)
            return within % {"count": count, "days": days}
        return ""


def with_titles(awards: Iterable[Award]) -> list[ShownAward]:
    """`awards` (their badges are loaded) with the names of their fields. Two queries at most."""
    rows = list(awards)
    names = field_names(award.scope for award in rows)
    return [ShownAward(award, names.get(award.scope, "")) for award in rows]


def with_reasons(awards: Iterable[Award]) -> list[ShownAward]:
    """The same, with the topics that anybody may open. Three queries at most."""
    rows = list(awards)
    names = field_names(award.scope for award in rows)
    wanted = {award.topic_id for award in rows if award.topic_id}
    topics = {topic.pk: topic for topic in Topic.objects.listed().filter(pk__in=wanted)} if wanted else {}
    return [ShownAward(award, names.get(award.scope, ""), topics.get(award.topic_id or 0)) for award in rows]


def field_names(scopes: Iterable[str]) -> dict[str, str]:
    """What "section:4" and "tag:12" are called; one that is gone has no name."""
    wanted = [scope.partition(":") for scope in set(scopes) if scope]
    found: dict[str, str] = {}
    if ids := [int(pk) for kind, _colon, pk in wanted if kind == "section"]:
        found |= {f"section:{section.pk}": section.title for section in Section.objects.filter(pk__in=ids)}
    if ids := [int(pk) for kind, _colon, pk in wanted if kind == "tag"]:
        found |= {f"tag:{tag.pk}": tag.label for tag in Tag.objects.filter(pk__in=ids)}
    return found
