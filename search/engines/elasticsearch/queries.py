"""What is asked of Elasticsearch: pure functions from a reading to elasticsearch-dsl objects."""

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.aggs import Filters as Buckets
from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, MatchNone, Query

from search import scoring
from search.engines import Filters
from search.engines.elasticsearch.mapping import LANGUAGES, PROSE
from search.engines.elasticsearch.reading import BEGUN, Reading, Term
from search.slips import allowed_slips
from search.small_words import SMALL_WORDS
from search.stems import stems_of

MOST_COMPLETIONS, MOST_BEGUN = 12, 10_000
MOST_NEAR = 8
CANDIDATES = 70
# With meaning: candidates by words, and by vectors, of so many looked at.
MEANT_CANDIDATES, ALIKE, LOOKED_AT = 40, 40, 250
# So many are scored field by field; of what is shown, 98 % stays the same (tests/bench/search/SPEED.md). What is
# promising stays a hint beside what fits.
CONSIDERED, HINT = 1_000, 1e-3
# What is left of a score where another one takes its place: enough to stay before those that came after.
TRACE = 1e-6
PROSE_FIELDS = ("body", "answer")
FACETS = {"kinds": "kind", "sections": "section_id", "tags": "tags", "solved": "is_solved"}
MOST_SECTIONS_OR_TAGS = 50
TITLED = ["kind", "object_id", "title"]
RANKED_BY = [*TITLED, "lang", "is_solved", "helpful_count", "vote_count", "activity_at"]
# So many of a vector's digits are sent: each more takes its time to read, and changes no order.
DIGITS = 5
# A script's score may not be negative; a document without a vector is like nothing.
COSINE = "doc['vector'].size() == 0 ? 1 : dotProduct(params.asked, 'vector') + 1"


def vocabulary(words: Sequence[str]) -> Search[Any]:
    """How many documents hold each of `words` in any form, which words are close to those that none holds.

    The forms of each language are counted apart: the number for one term stands in the index, and no document is
    looked at.
    """
    search = Search().extra(size=0, track_total_hits=True)
    held = {
        counted(word, lang): Q("term", **{f"all_{lang}": stem})
        for word in words
        for lang, stem in zip(LANGUAGES, stems_of(word), strict=True)
    }
    search.aggs.bucket("held", Buckets(filters=held))
    for word in words:
        if allowed_slips(word) and word not in SMALL_WORDS:
            near = {"field": "words", "suggest_mode": "missing", "max_edits": allowed_slips(word), "size": MOST_NEAR}
            search = search.suggest(f"near {word}", word, term={**near, "sort": "frequency", "prefix_length": 1})
    return search


def begun(beginning: str) -> Search[Any]:
    """How many documents hold a word with that `beginning`, counted up to MOST_BEGUN: beyond, it is a common one.

    Asked beside the vocabulary, before it is known whether the word is whole: to count on may take 10 ms at a million.
    """
    return Search().query(Bool(filter=[_completed(beginning)])).extra(size=0, track_total_hits=MOST_BEGUN)


def counted(word: str, lang: str) -> str:
    """The name under which `vocabulary` counts the documents that hold `word` in a form of `lang`."""
    return f"{word} {lang}"


def fitting(reading: Reading, *, also_meant: bool = False) -> Search[Any]:
    """The documents that fit `reading`; the score is how well their body and answer do.

    Where what is `also_meant` is looked for, fewer, and their titles alone: `weighed` tells the rest of them.
    """
    if also_meant:
        return considered(_telling(TITLED), reading, MEANT_CANDIDATES)
    return considered(_telling(RANKED_BY), reading, CANDIDATES)


def weighed(reading: Reading, ids: Sequence[str]) -> Search[Any]:
    """The documents with these `ids`; how well body and answer fit `reading` is told by name, of whatever is found."""
    prose = [Bool(should=clauses, _name=of) for of in PROSE_FIELDS if (clauses := _clauses(reading.terms, of))]
    search = _telling(RANKED_BY).query(Bool(filter=[Q("ids", values=list(ids))], should=prose))
    return search.extra(size=MEANT_CANDIDATES + ALIKE)


def also_alike(weighed: Mapping[str, Any], asked: Sequence[float]) -> dict[str, Any]:
    """What the body `weighed` finds, and the documents that mean what was `asked`, a vector; the score is likeness + 1.

    A plain body: everybody waits for the encoder, and to make objects of a vector takes another two milliseconds.
    """
    vector = [round(value, DIGITS) for value in asked]
    likeness = {"query": {"match_all": {}}, "script": {"source": COSINE, "params": {"asked": vector}}}
    return {
        **weighed,
        "knn": {"field": "vector", "k": ALIKE, "num_candidates": LOOKED_AT, "query_vector": vector},
        "rescore": _rescored(MEANT_CANDIDATES + ALIKE, {"script_score": likeness}, before=0),
    }


def most_held(reading: Reading) -> Search[Any]:
    """The document that holds most of `reading`, wherever; its score is the rarity of the telling words it holds.

    Asked apart: to tell it of each document that fits takes longer than to find the best one.
    """
    held: list[Query] = [
        ConstantScore(filter=_any_form(term, *(f"all_{lang}" for lang in LANGUAGES)), boost=term.rarity)
        for term in reading.telling
        if term.forms
    ]
    held += [
        ConstantScore(filter=_completions(term), boost=term.rarity) for term in reading.telling if term.is_beginning
    ]
    search = Search().query(Bool(should=held) if held else MatchNone())
    return search.source(False).extra(size=1, track_total_hits=False)


def _telling(columns: Sequence[str]) -> Search[Any]:
    """A search that tells `columns` of what it finds, each a list of values, and does not count all that there is."""
    columns = list(columns)
    return Search().source(False).extra(stored_fields="_none_", docvalue_fields=columns, track_total_hits=False)


def considered(search: Search[Any], reading: Reading, size: int, least: int | str = 1) -> Search[Any]:
    """`search` for the `size` first that hold at least `least` of the telling words, by how well body and answer fit.

    To weigh each field of all that share a word with the question takes as long as there are many documents: only the
    CONSIDERED most promising are weighed, by the telling words, and of the best of these body and answer, by all words.
    What is promising is told by the words alone that a document and its title hold: each says always the same, so the
    index passes over documents that hold but the more frequent ones.
    """
    search, held = search.extra(size=size), _held(reading, least)
    if held is None:
        return search.query(MatchNone())
    telling = [term for term in reading.terms if term.forms and not term.is_small]
    hints: list[Query] = [
        _holding(f"{of}_{lang}", term) for term in telling for of in ("all", "title") for lang in LANGUAGES
    ]
    hints += [_completions(term, HINT) for term in reading.terms if term.is_beginning]
    # One word is required: any of the hints says so by itself.
    promising = Bool(should=hints) if least == 1 else Bool(filter=[held], should=hints)
    weighed = [clause for of in ("title", "body", "answer") for clause in _clauses(telling, of)]
    weighed += [_completions(term) for term in reading.terms if term.is_beginning]
    prose = [clause for of in PROSE_FIELDS for clause in _clauses(reading.terms, of)]
    steps = [
        _rescored(CONSIDERED, Bool(should=weighed).to_dict(), before=1),
        _rescored(size, (Bool(should=prose) if prose else MatchNone()).to_dict(), before=TRACE),
    ]
    return search.query(promising).extra(rescore=steps)


def _rescored(window: int, query: Mapping[str, Any], before: float) -> dict[str, Any]:
    """Score the first `window` documents by the body `query`, beside so much of the score they had `before`."""
    weighed = {"rescore_query": query, "query_weight": before, "rescore_query_weight": 1}
    return {"window_size": window, "query": weighed}


def _holding(field: str, term: Term) -> Query:
    """What a document is worth that holds `term` in `field`, in one of both languages."""
    return ConstantScore(filter=_any_form(term, field), boost=HINT * _worth(term) / len(LANGUAGES))


def _worth(term: Term) -> float:
    return term.rarity * term.weight


def _any_form(term: Term, *fields: str) -> Query:
    """The documents that hold `term` in any form, in any of `fields`; the name of each ends with its language."""
    wanted = [
        Q("term", **{field: stem})
        for field in fields
        for stem in dict.fromkeys(stems_of(form)[LANGUAGES.index(field[-2:])] for form in term.forms)
    ]
    return wanted[0] if len(wanted) == 1 else Bool(should=wanted)


def _held(reading: Reading, least: int | str) -> Query | None:
    """The documents that hold at least `least` of the telling words; None when there is no such word."""
    required: list[Query] = [
        ConstantScore(filter=_any_form(term, *(f"all_{lang}" for lang in LANGUAGES)))
        for term in reading.terms
        if term.forms and not term.is_small
    ]
    required += [_completions(term) for term in reading.terms if term.is_beginning]
    return Bool(should=required, minimum_should_match=least) if required else None


def search(reading: Reading, filters: Filters, *, least: int | str, size: int) -> Search[Any]:
    """The first of what holds at least `least` of the telling words within `filters`."""
    found = considered(_telling(RANKED_BY), reading, size, least)
    wanted = list(_conditions(filters).values())
    return found.post_filter(Bool(filter=wanted)) if wanted else found


def facets(reading: Reading, filters: Filters, *, least: int | str) -> Search[Any]:
    """How many of what `search` finds there are of what; each facet counts as if its own filter were left out.

    Asked apart: to count is to look at each of them, which the search itself need not.
    """
    held = _held(reading, least)
    counted = Search().query(Bool(filter=[held]) if held else MatchNone()).extra(size=0, track_total_hits=True)
    wanted = _conditions(filters)
    for name, field in FACETS.items():
        others = [condition for of, condition in wanted.items() if of != field]
        facet = counted.aggs.bucket(name, A("filter", filter=Bool(filter=others)))
        facet.bucket("values", A("terms", field=field, size=MOST_SECTIONS_OR_TAGS))
    return counted.post_filter(Bool(filter=list(wanted.values()))) if wanted else counted


def _conditions(filters: Filters) -> dict[str, Query]:
    wanted = {
        "kind": filters.kind or None,
        "section_id": filters.section_id,
        "tags": filters.tag or None,
        "lang": filters.lang or None,
        "is_solved": filters.solved,
    }
    return {name: Q("term", **{name: value}) for name, value in wanted.items() if value is not None}


def _clauses(terms: Sequence[Term], of: str) -> list[Query]:
    """What each word scores in the field `of`, in the language that suits it best."""
    return [
        DisMax(
            queries=[
                Q("term", **{f"{of}_{lang}": {"value": stem, "boost": _boost(term, of)}})
                for form in term.forms
                for lang, stem in zip(LANGUAGES, stems_of(form), strict=True)
            ]
        )
        for term in terms
        if term.forms
    ]


def _boost(term: Term, of: str) -> float:
    return round(term.rarity * term.weight * (scoring.TITLE if of == "title" else PROSE)[0], 3)


def _completions(term: Term, share: float = 1.0) -> Query:
    return _completed(term.word, share * BEGUN * term.rarity)


def _completed(beginning: str, boost: float = 1.0) -> Query:
    """The documents that hold one of a few words with that `beginning`: of two letters, nearly all hold one of many."""
    rewrite = f"top_terms_blended_freqs_{MOST_COMPLETIONS}"
    return Q("prefix", words={"value": beginning, "rewrite": rewrite, "boost": boost})


def of_kind(kind: str) -> Search[Any]:
    """Every document of `kind`, with its fingerprint."""
    return Search().filter("term", kind=kind).source(["object_id", "fingerprint"])


def without_vector() -> Search[Any]:
    """The documents that were indexed before there was an encoder."""
    return Search().exclude("exists", field="vector")
