"""What is shown of hits: fetched again from the database as the reader may see it, with the words that answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString

from community.accounts.models import User
from community.core.typography import keep_marks_together
from search.documents import Heading, Result, kinds
from search.engines import Engine, Filters, Found, Hit
from search.highlighting import Highlighter

MOST_SUGGESTIONS = 5
SPARE = 3
LEAST_CHARACTERS, LEAST_WORDS = 10, 3
LONGEST_QUERY = 2_000
SENTENCES = 2


@dataclass(frozen=True)
class Suggestion:
    """A result, and what of it answers the query."""

    result: Result
    words: str
    hit: Hit


@dataclass(frozen=True)
class MarkedResult:
    """A result of the search page, with the words of the query marked."""

    result: Result
    title: SafeString
    words: SafeString
    sentence: str
    hit: Hit


@dataclass(frozen=True)
class SearchPage:
    """One page of a search: its results, the number of hits of each kind, and whether there are more."""

    results: list[MarkedResult]
    found: Found
    has_more: bool


def is_enough(text: str) -> bool:
    """Whether `text` is long enough to guess what is being asked: 10 characters or 3 words."""
    return len(text) >= LEAST_CHARACTERS or len(text.split()) >= LEAST_WORDS


def suggest(
    engine: Engine, text: str, user: User | AnonymousUser, *, lang: str = "", limit: int = MOST_SUGGESTIONS
) -> list[Suggestion]:
    """The existing answers to what is being typed, best first; none when the text is too short or nothing fits."""
    text = text[:LONGEST_QUERY].strip()
    if not is_enough(text):
        return []
    # A few more than shown, since the index may propose what this reader may not see.
    hits = engine.suggest(text, lang=lang, limit=limit + SPARE)
    shown, highlighter = fetch(hits, user)[:limit], Highlighter(text)
    return [
        Suggestion(result, highlighter.best_sentences(result.answer or result.words, SENTENCES), hit)
        for hit, result in shown
    ]


def search(
    engine: Engine, text: str, filters: Filters, user: User | AnonymousUser, *, lang: str, start: int, size: int
) -> SearchPage:
    """Results `start` to `start + size` of all that fits `text`."""
    text = text[:LONGEST_QUERY].strip()
    found = engine.search(text, filters, lang=lang, limit=start + size + 1)
    highlighter, results = Highlighter(text), []
    for hit, result in fetch(found.hits[start : start + size], user):
        sentence = highlighter.best_sentences(f"{result.words}\n{result.answer}", 1)
        marked = highlighter.marked
        title = marked(keep_marks_together(result.title))
        results.append(MarkedResult(result, title, marked(sentence), sentence, hit))
    return SearchPage(results, found, len(found.hits) > start + size)


def fetch(hits: Sequence[Hit], user: User | AnonymousUser) -> list[tuple[Hit, Result]]:
    """`hits` in their order with what `user` may see of them; a fixed number of queries for each kind among them."""
    shown = results_of(((hit.kind, hit.object_id) for hit in hits), user)
    return [(hit, shown[hit.kind, hit.object_id]) for hit in hits if (hit.kind, hit.object_id) in shown]


def results_of(keys: Iterable[tuple[str, str]], user: User | AnonymousUser) -> dict[tuple[str, str], Result]:
    """What `user` may see of documents named by kind and id."""
    return {
        (kind, object_id): result
        for kind, ids in _by_kind(keys).items()
        for object_id, result in kinds[kind].results(ids, user).items()
    }


def headings_of(keys: Iterable[tuple[str, str]], user: User | AnonymousUser) -> dict[tuple[str, str], Heading]:
    """The same in one line each."""
    return {
        (kind, object_id): heading
        for kind, ids in _by_kind(keys).items()
        for object_id, heading in kinds[kind].headings(ids, user).items()
    }


def _by_kind(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, object_id in keys:
        if kind in kinds:
            by_kind[kind].append(object_id)
    return by_kind
