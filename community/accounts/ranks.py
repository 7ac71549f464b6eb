"""Ranks as pages show them beside names: a higher app says which there are, rows of people hold only a slug."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from community.accounts.models import User
from community.core.languages import in_reader_language
from community.core.registry import Registry


@dataclass(frozen=True)
class ShownRank:
    """A rank in both languages, with its icon of the sprite and its class of the design.

    `is_marked`: it is shown beside names, not only on its members' own pages.
    """

    slug: str
    name_fr: str
    name_en: str
    icon: str
    css: str
    is_marked: bool = True

    @property
    def label(self) -> str:
        """What the reader's language calls it."""
        return in_reader_language(self.name_fr, self.name_en)


@dataclass(frozen=True)
class Ranks:
    """The ranks there are, by slug. As text they are their `version`, which is another one when they look otherwise.

    `url_name` is the page that explains them.
    """

    version: str = ""
    url_name: str = ""
    by_slug: Mapping[str, ShownRank] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.version

    @property
    def url(self) -> str:
        """The address of the page that explains them."""
        return reverse(self.url_name)

    def of(self, user: User) -> ShownRank | None:
        """The rank of `user`; None for the team, which stands apart, and for whoever has none yet."""
        return None if user.is_team else self.by_slug.get(user.rank)

    def beside(self, user: User) -> ShownRank | None:
        """The rank to show beside the name of `user`: none where a role is shown already."""
        found = self.of(user) if user.role != "expert" else None
        return found if found and found.is_marked else None


# Whoever keeps ranks answers with all of them; asked once a page, so it keeps its answer.
rank_sources: Registry[Callable[[], Ranks]] = Registry("source of ranks")


def known_ranks() -> Ranks:
    """The ranks there are; none without an app that keeps them."""
    for _name, source in rank_sources:
        return source()
    return Ranks()
