"""What is asked of Elasticsearch: pure functions from a reading to elasticsearch-dsl objects."""

from collections.abc import Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.aggs import Filters as Buckets
from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, MatchNone, Query

from search import scoring
from search.engines import Filters
from search.engines.elasticsearch.mapping import LANGUAGES
from search.engines.elasticsearch.reading import BEGUN, Reading, Term
from search.slips import allowed_slips
from search.small_words import SMALL_WORDS
from search.stems import stems_of

MOST_COMPLETIONS = 12
MOST_NEAR = 8
CANDIDATES = 100
# With meaning: candidates by words, and by vectors, of so many looked at.
MEANT_CANDIDATES, ALIKE, LOOKED_AT = 60, 50, 120
# So many are scored in full; of what is shown, 99.9 % stays the same (tests/bench/search/SPEED.md). What
# is promising stays a hint beside what fits.
CONSIDERED, HINT = 2_000, 1e-3
FACETS = {"kinds": "kind", "sections": "section_id", "tags": "tags", "solved": "is_solved"}
MOST_SECTIONS_OR_TAGS = 50
RANKED_BY: list[Any] = ["kind", "object_id", "title", "lang", "is_solved", "helpful_count", "vote_count", "activity_at"]
# A script's score may not be negative; a document without a vector is like nothing.
COSINE = "doc['vector'].size() == 0 ? 1 : dotProduct(params.asked, 'vector') + 1"


def vocabulary(words: Sequence[str]) -> Search[Any]:
    """How many documents hold each of `words` in any form, which words are close to those that none holds.

    And how many hold a word that begins with the last one. The forms of each language are counted apart: the number for
    one term stands in the index, and no document is looked at.
    """
    search = Search().extra(size=0, track_total_hits=True)
    held = {
        counted(word, lang): Q("term", **{f"all_{lang}": stem})
        for word in words
        for lang, stem in zip(LANGUAGES, stems_of(word), strict=True)
    }
    search.aggs.bucket("held", Buckets(filters=held))
    search.aggs.bucket("begun", A("filter", filter=Q("prefix", words=words[-1])))
    for word in words:
        if allowed_slips(word) and word not in SMALL_WORDS:
            near = {"field": "words", "suggest_mode": "missing", "max_edits": allowed_slips(word), "size": MOST_NEAR}
            search = search.suggest(f"near {word}", word, term={**near, "sort": "frequency", "prefix_length": 1})
    return search


def counted(word: str, lang: str) -> str:
    """The name under which `vocabulary` counts the documents that hold `word` in a form of `lang`."""
    return f"{word} {lang}"


def fitting(reading: Reading, *, asked: Sequence[float] | None = None) -> Search[Any]:
    """The documents that fit `reading`, with how well their title, body and answer do, each by itself.

    With the vector of what was `asked`, also those that mean the same, first; the score of all is then their likeness
    plus one.
    """
    search = Search().source(RANKED_BY).params(include_named_queries_score=True)
    if asked is None:
        return considered(search, reading).extra(size=CANDIDATES, track_total_hits=False)
    search = search.query(words_query(reading))
    # Nothing that words alone score comes before what the vectors found: neither crowds out the other.
    search = search.knn("vector", ALIKE, LOOKED_AT, query_vector=list(asked), boost=1e6)
    alike = Q("script_score", query=Q("match_all"), script={"source": COSINE, "params": {"asked": list(asked)}})
    only_likeness = {"rescore_query": alike.to_dict(), "query_weight": 0, "rescore_query_weight": 1}
    size = MEANT_CANDIDATES + ALIKE
    return search.extra(size=size, rescore={"window_size": size, "query": only_likeness})


def considered(search: Search[Any], reading: Reading, least: int | str = 1) -> Search[Any]:
    """`search` for what `words_query` finds, in which only the CONSIDERED most promising documents are scored by it.

    To weigh each field of all that share a word with the question takes as long as there are many documents. What is
    promising is told by the words alone that a document and its title hold: each says always the same, so the index
    passes over documents that hold but the more frequent ones.
    """
    whole = words_query(reading, least)
    if not whole.filter:
        return search.query(whole)
    telling = [term for term in reading.terms if term.forms and not term.is_small]
    hints: list[Query] = [
        _holding(f"{of}_{lang}", term) for term in telling for of in ("all", "title") for lang in LANGUAGES
    ]
    hints += [_completions(term, HINT) for term in reading.terms if term.is_beginning]
    # One word is required: any of the hints says so by itself.
    promising = Bool(should=hints) if least == 1 else Bool(filter=list(whole.filter), should=hints)
    rescored = {
        "rescore_query": Bool(should=list(whole.should)).to_dict(),
        "query_weight": 1,
        "rescore_query_weight": 1,
    }
    return search.query(promising).extra(rescore={"window_size": CONSIDERED, "query": rescored})


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


def words_query(reading: Reading, least: int | str = 1) -> Bool:
    """A clause for each word, title, body and answer apart; at least `least` of the telling words are required."""
    fields = [
        Bool(should=clauses, _name=of) for of in ("title", "body", "answer") if (clauses := _clauses(reading, of))
    ]
    required = [
        ConstantScore(filter=_any_form(term, *(f"all_{lang}" for lang in LANGUAGES)))
        for term in reading.terms
        if term.forms and not term.is_small
    ]
    completed = [_completions(term) for term in reading.terms if term.is_beginning]
    if not (required or completed):
        return Bool(must=[MatchNone()])
    held = Bool(should=[*required, *completed], minimum_should_match=least)
    return Bool(filter=[held], should=[*fields, *completed])


def search(reading: Reading, filters: Filters, *, least: int | str, size: int) -> Search[Any]:
    """All that holds at least `least` of the telling words within `filters`, and how many there are of what.

    Each facet counts as if its own filter were left out.
    """
    found = considered(Search(), reading, least).source(RANKED_BY)
    found = found.extra(size=size, track_total_hits=True).params(include_named_queries_score=True)
    wanted = _conditions(filters)
    for name, field in FACETS.items():
        others = [condition for of, condition in wanted.items() if of != field]
        facet = found.aggs.bucket(name, A("filter", filter=Bool(filter=others)))
        facet.bucket("values", A("terms", field=field, size=MOST_SECTIONS_OR_TAGS))
    return found.post_filter(Bool(filter=list(wanted.values()))) if wanted else found


def _conditions(filters: Filters) -> dict[str, Query]:
    wanted = {
        "kind": filters.kind or None,
        "section_id": filters.section_id,
        "tags": filters.tag or None,
        "lang": filters.lang or None,
        "is_solved": filters.solved,
    }
    return {name: Q("term", **{name: value}) for name, value in wanted.items() if value is not None}


def _clauses(reading: Reading, of: str) -> list[Query]:
    """What each word scores in the field `of`, in the language that suits it best."""
    return [
        DisMax(
            queries=[
                Q("term", **{f"{of}_{lang}": {"value": stem, "boost": _boost(term, of)}})
                for form in term.forms
                for lang, stem in zip(LANGUAGES, stems_of(form), strict=True)
            ]
        )
        for term in reading.terms
        if term.forms
    ]


def _boost(term: Term, of: str) -> float:
    return round(term.rarity * term.weight * (scoring.TITLE if of == "title" else scoring.PROSE)[0], 3)


def _completions(term: Term, share: float = 1.0) -> Query:
    rewrite = f"top_terms_blended_freqs_{MOST_COMPLETIONS}"
    return Q("prefix", words={"value": term.word, "rewrite": rewrite, "boost": share * BEGUN * term.rarity})


def of_kind(kind: str) -> Search[Any]:
    """Every document of `kind`, with its fingerprint."""
    return Search().filter("term", kind=kind).source(["object_id", "fingerprint"])


def without_vector() -> Search[Any]:
    """The documents that were indexed before there was an encoder."""
    return Search().exclude("exists", field="vector")
