"""What can be found: one module a kind, which prepares its documents and shows its hits."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise

from community.accounts.models import User
from community.core.registry import Registry
from search.engines import Document


@dataclass(frozen=True, kw_only=True)
class Result:
    """A hit as it is shown: read from the database, so only what the reader may see."""

    kind: str
    object_id: str
    title: str
    url: str
    lang: str
    words: str
    answer: str = ""
    is_solved: bool = False
    solved_by: str = ""
    answer_id: int | None = None
    moment: datetime | None = None
    same_problem_count: int = 0
    place: str = ""
    place_url: str = ""
    answer_count: int = 0


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A result in one line, for lists of what resembles something."""

    kind: str
    title: str
    url: str
    lang: str
    is_solved: bool = False
    answer_count: int = 0


class Kind(Protocol):
    """A kind of document. What is not public is never prepared, and never shown."""

    name: str
    several: str | Promise

    def ids(self) -> Iterator[str]:
        """The ids of all that can be found."""

    def documents(self, ids: Collection[str]) -> list[Document]:
        """The documents of those among `ids` that can be found, in a fixed number of queries."""

    def results(self, ids: Collection[str], user: User | AnonymousUser) -> Mapping[str, Result]:
        """What to show of those among `ids` that `user` may see, in a fixed number of queries."""

    def headings(self, ids: Collection[str], user: User | AnonymousUser) -> Mapping[str, Heading]:
        """The same in one line each, in one query."""


kinds: Registry[Kind] = Registry("kind of search document")
