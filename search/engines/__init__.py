"""Engines that find documents: one interface, one folder an engine."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
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
    tags: tuple[str, ...] = ()
    is_solved: bool = False
    helpful_count: int = 0
    vote_count: int = 0
    activity_at: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a search is narrowed to; an empty value narrows nothing."""

    kind: str = ""
    section_id: int | None = None
    tag: str = ""
    lang: str = ""
    solved: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Hit(Key):
    """A document found. `text` says how well it fits the words (1 is a perfect title), `score` orders the hits.

    `parts` holds what the score is made of, by name: what `text` sums up, and each factor of `search.scoring`.
    `is_promoted` when the brand wants it first for these words.
    """

    score: float
    text: float
    is_promoted: bool = False
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Facets:
    """How many hits there are of each kind, section, tag and state, were that one filter left out."""

    kinds: Mapping[str, int] = field(default_factory=dict)
    sections: Mapping[int, int] = field(default_factory=dict)
    tags: Mapping[str, int] = field(default_factory=dict)
    solved: Mapping[bool, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Found:
    """An answer to a search: its first hits, best first, and how many there are of what (at least, if cut).

    `did_you_mean` is the text with its slips put right, or empty.
    """

    hits: list[Hit]
    facets: Facets = field(default_factory=Facets)
    did_you_mean: str = ""
    is_cut: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """The number of hits of each kind."""
        return dict(self.facets.kinds)


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

    def delete(self, keys: Collection[Key], read_at: datetime) -> None:
        """Forget documents found gone at `read_at`, unless read again since; unknown ones are no error."""

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

    def check(self) -> None:
        """Return when it can be searched, as far as a quick look tells."""


def fingerprint(document: Document) -> str:
    """What `Engine.keys` gives for `document` when it is indexed as it is."""
    return digest(repr(document))


def digest(text: str) -> str:
    """32 characters that stand for `text`."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
