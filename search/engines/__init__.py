"""Engines that find documents: one interface, one folder an engine."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.utils import timezone


@dataclass(frozen=True, kw_only=True)
class Key:
    """What names a document: its kind and the id of what it stands for."""

    kind: str
    object_id: str


@dataclass(frozen=True, kw_only=True)
class Document(Key):
    """What an engine indexes: public words, and what ranking needs besides them."""

    title: str
    body: str = ""
    answer: str = ""
    lang: str = ""
    section_id: int | None = None
    is_solved: bool = False
    helpful_count: int = 0
    vote_count: int = 0
    activity_at: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a search is narrowed to; an empty value narrows nothing."""

    kind: str = ""
    section_id: int | None = None
    lang: str = ""
    solved: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Hit(Key):
    """A document found. `text` says how well the words fit (1 is a perfect title), `score` orders the hits.

    `is_promoted` when the brand wants it first for these words.
    """

    score: float
    text: float
    is_promoted: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """An answer to a search: its first hits, best first, and how many there are of each kind (at least, if cut)."""

    hits: list[Hit]
    counts: dict[str, int]
    is_cut: bool = False


class EngineFault(Exception):
    """An engine could not do what it was asked. `lasting` when asking again soon is of no use."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        self.lasting = lasting
        super().__init__(reason)


class Engine(Protocol):
    """What search asks of an engine. Ids go in, ids come out: the database decides who may see what.

    Each method raises EngineFault when the engine is out of reach, too slow, or refuses.
    """

    @property
    def name(self) -> str:
        """What the engine is called in settings, figures and logs."""

    def index(self, documents: Collection[Document], read_at: datetime) -> None:
        """Add or replace `documents`, as they were read at `read_at`; an older reading never replaces a newer one."""

    def delete(self, keys: Collection[Key]) -> None:
        """Forget documents; unknown ones are no error."""

    def suggest(self, text: str, *, lang: str = "", limit: int = 5) -> list[Hit]:
        """What answers a question while it is typed; nothing rather than noise."""

    def search(self, text: str, filters: Filters, *, lang: str = "", limit: int = 200) -> Found:
        """All that fits, for the search page. `lang` is the reader's, first among equals."""

    def related(self, document: Document, *, limit: int = 5) -> list[Hit]:
        """What resembles a document, itself excepted."""

    def keys(self, kind: str) -> Iterable[tuple[str, str]]:
        """Id and fingerprint of every document of `kind`, in no order."""

    def faults(self) -> int:
        """How many of the engine's own records contradict each other."""

    def mend(self) -> None:
        """Put the engine's own records right."""


def fingerprint(document: Document) -> str:
    """What `Engine.keys` gives for `document` when it is indexed as it is."""
    return digest(repr(document))


def digest(text: str) -> str:
    """32 characters that stand for `text`."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
