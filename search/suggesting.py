"""What is shown of hits: fetched again from the database as the reader may see it, with the words that answer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString

from community.accounts.models import User
from community.core.typography import keep_marks_together
from search.curation import curation
from search.documents import Heading, Result, kinds
from search.engines import Engine, Filters, Found, Hit
from search.highlighting import Highlighter

MOST_SUGGESTIONS = 5
SPARE = 3
LEAST_CHARACTERS, LEAST_WORDS = 10, 3
LONGEST_QUERY = 2_000
SENTENCES = 2
# A document that says it with a synonym fits almost as well as one that says it as typed.
SYNONYM_WEIGHT = 0.95


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
    # A few more than shown, read only if the index proposes what this reader may not see.
    hits = _with_curation(text, lambda words: engine.suggest(words, lang=lang, limit=limit + SPARE))
    shown, highlighter = fetch(hits[:limit], user), Highlighter(text)
    if len(shown) < min(limit, len(hits)):
        shown = [*shown, *fetch(hits[limit:], user)][:limit]
    return [
        Suggestion(result, highlighter.best_sentences(result.answer or result.words, SENTENCES), hit)
        for hit, result in shown
    ]


def _with_curation(text: str, ask: Callable[[str], list[Hit]]) -> list[Hit]:
    """The hits for `text` as the brand taught to understand it: promoted ones, then each by its best rewording."""
    taught = curation()
    words, best = taught.without_stop_phrases(text), dict[tuple[str, str], Hit]()
    for rewording in taught.rewordings(words):
        weight = 1.0 if rewording == words else SYNONYM_WEIGHT
        for hit in ask(rewording):
            key = (hit.kind, hit.object_id)
            if key not in best or best[key].score < weight * hit.score:
                best[key] = replace(hit, score=weight * hit.score)
    first = [_promoted(key, best.pop(key, None)) for key in taught.promoted(text)]
    return [*first, *sorted(best.values(), key=lambda hit: (-hit.score, hit.kind, hit.object_id))]


def _promoted(key: tuple[str, str], hit: Hit | None) -> Hit:
    found = hit or Hit(kind=key[0], object_id=key[1], score=0.0, text=0.0)
    return replace(found, is_promoted=True)


def search(
    engine: Engine, text: str, filters: Filters, user: User | AnonymousUser, *, lang: str, start: int, size: int
) -> SearchPage:
    """Results `start` to `start + size` of all that fits `text`."""
    text = text[:LONGEST_QUERY].strip()
    found = _search_with_curation(engine, text, filters, lang, start + size + 1)
    highlighter, results = Highlighter(text), []
    for hit, result in fetch(found.hits[start : start + size], user):
        sentence = highlighter.best_sentences(f"{result.words}\n{result.answer}", 1)
        marked = highlighter.marked
        title = marked(keep_marks_together(result.title))
        results.append(MarkedResult(result, title, marked(sentence), sentence, hit))
    return SearchPage(results, found, len(found.hits) > start + size)


def _search_with_curation(engine: Engine, text: str, filters: Filters, lang: str, limit: int) -> Found:
    """What is found for `text` as typed, its facets included, with the hits of its rewordings and promoted ones."""
    found: list[Found] = []

    def ask(words: str) -> list[Hit]:
        found.append(engine.search(words, filters, lang=lang, limit=limit))
        return found[-1].hits

    hits = _with_curation(text, ask)
    if filters.kind or filters.section_id or filters.lang or filters.solved is not None:
        # What was asked to be left out is not promoted either.
        hits = [hit for hit in hits if not (hit.is_promoted and hit.score == 0.0)]
    return replace(found[0], hits=hits[:limit])


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
