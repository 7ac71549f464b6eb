"""What was typed, read with what the index knows; and the order of what it found. No server is needed."""

from typing import Any

import pytest
from django.utils import timezone

from search.engines import Filters
from search.engines.elasticsearch import queries, ranking, reading
from search.engines.elasticsearch.ranking import Candidate
from search.engines.elasticsearch.reading import BEGUN, SLIP, Vocabulary, read
from search.likeness import SAME_STEM, letters_alike
from search.scoring import rarity

KNOWN = Vocabulary(
    total=1000,
    counts={"robinet": 20, "le": 700, "pour": 600},
    begun=30,
    near={"robinnet": {"robinet": 20, "cabinet": 5}, "fuitr": {"fuite": 40, "fuit": 10, "suite": 90}},
)


def candidate(title: str, text: float = 0.0, likeness: float = 0.0, **fields: Any) -> Candidate:
    row = {
        "kind": "topic",
        "object_id": title,
        "title": title,
        "lang": "fr",
        "is_solved": False,
        "helpful_count": 0,
        "vote_count": 0,
        "activity_at": timezone.now().isoformat(),
        **fields,
    }
    return Candidate(row, text, likeness)


def order(asked: reading.Reading, *candidates: Candidate, by_meaning: bool = False) -> list[str]:
    hits = ranking.ranked(asked, candidates, by_meaning=by_meaning, lang="", now=timezone.now()).hits
    return [hit.object_id for hit in hits]


def test_a_slip_is_as_telling_as_what_was_meant() -> None:
    [term] = read("robinnet", KNOWN).terms
    assert (term.forms, term.is_slip) == (("robinet",), True)
    assert term.rarity == rarity(20, 1000)
    [term] = read("fuitr", KNOWN).terms
    assert term.forms == ("fuite", "fuit")
    assert term.rarity == rarity(50, 1000)


def test_the_beginning_of_a_word_is_as_telling_as_the_words_it_begins() -> None:
    *_, term = read("le robi", KNOWN, unfinished=True).terms
    assert term.is_beginning
    assert term.rarity == rarity(30, 1000)
    *_, term = read("le robi", KNOWN).terms
    assert not term.is_beginning
    assert term.rarity == rarity(0, 1000)


def test_small_words_weigh_a_share_of_their_rarity() -> None:
    small, telling = read("pour robinet", KNOWN).terms
    assert small.rarity == reading.SMALL * rarity(600, 1000) < telling.rarity


def test_a_title_is_compared_with_what_was_meant_and_what_was_begun() -> None:
    [slip] = read("robinnet", KNOWN).terms
    assert ranking._letters_alike(slip, "robinet") == max(SLIP, letters_alike("robinnet", "robinet"))
    assert ranking._letters_alike(slip, "robinets") == max(SLIP * SAME_STEM, letters_alike("robinnet", "robinets"))
    [begun] = read("robi", KNOWN, unfinished=True).terms
    assert ranking._letters_alike(begun, "robinetterie") == BEGUN


def test_the_title_that_was_typed_fits_wholly() -> None:
    asked, same = read("le robinet", KNOWN), candidate("Le robinet", likeness=1.0)
    for by_meaning in (False, True):
        [hit] = ranking.ranked(asked, [same], by_meaning=by_meaning, lang="", now=timezone.now()).hits
        assert hit.text == pytest.approx(1.0)


def test_a_title_that_says_little_else_comes_first() -> None:
    asked = read("le robinet", KNOWN)
    long = "Le robinet du jardin gèle chaque hiver depuis les travaux"
    assert order(asked, candidate(long), candidate("Robinet bloqué")) == ["Robinet bloqué", long]


def test_what_is_asked_in_the_same_order_comes_before_the_same_words_apart() -> None:
    asked = read("le robinet bloqué", KNOWN)
    found = order(
        asked,
        candidate("Bloqué, le robinet", likeness=0.5),
        candidate("Le robinet bloqué", likeness=0.5),
        by_meaning=True,
    )
    assert found == ["Le robinet bloqué", "Bloqué, le robinet"]


def evidence(typed: str, *candidates: Candidate, held: float = 0.0) -> float:
    return ranking.ranked(read(typed, KNOWN), candidates, held=held, lang="", now=timezone.now()).evidence


def test_what_a_document_holds_of_the_question_speaks_for_an_answer() -> None:
    vanne, held = candidate("Vanne"), rarity(20, 1000)
    assert evidence("robinet") < evidence("robinet", vanne) + 1e-9 < evidence("robinet", vanne, held=held)
    assert (
        evidence("robinet baleine", vanne, held=held)
        < evidence("robinet", vanne, held=held)
        < evidence("robinet", candidate("Robinet"), held=held)
    )


def test_so_does_likeness_and_how_much_was_asked() -> None:
    assert evidence("robinet", candidate("Tap", likeness=0.4)) == pytest.approx(
        evidence("robinet", candidate("Tap")) + 0.4
    )
    assert evidence("baleine corail", candidate("Tap")) > evidence("baleine", candidate("Tap"))
    many = " ".join(f"mot{letter}" for letter in "abcdefghijklmnop")
    assert evidence(many) == ranking.WORD * ranking.MOST_COUNTED


def test_what_means_the_same_comes_before_what_shares_a_word() -> None:
    asked = read("robinet", KNOWN)
    found = order(asked, candidate("Robinet", likeness=0.1), candidate("Tap", likeness=0.9), by_meaning=True)
    assert found == ["Tap", "Robinet"]


def test_the_vocabulary_is_asked_about_small_words_but_not_what_they_are_close_to() -> None:
    asked = queries.vocabulary(["pour", "robinnet"]).to_dict()
    assert set(asked["aggs"]["held"]["filters"]["filters"]) == {"pour fr", "pour en", "robinnet fr", "robinnet en"}
    assert set(asked["suggest"]) == {"near robinnet"}


def test_with_a_vector_fewer_are_taken_by_words() -> None:
    asked = read("robinet", KNOWN)
    assert queries.fitting(asked).to_dict()["size"] == queries.CANDIDATES
    by_words = queries.fitting(asked, also_meant=True).to_dict()
    assert (by_words["size"], by_words["docvalue_fields"]) == (queries.MEANT_CANDIDATES, queries.TITLED)


def test_only_what_fits_and_what_is_alike_is_weighed() -> None:
    weighed = queries.weighed(read("robinet", KNOWN), ["topic:1", "topic:2"]).to_dict()
    asked = queries.also_alike(weighed, [0.0, 1 / 3])
    assert asked["query"]["bool"]["filter"] == [{"ids": {"values": ["topic:1", "topic:2"]}}]
    assert [clause["bool"]["_name"] for clause in asked["query"]["bool"]["should"]] == ["body", "answer"]
    assert asked["size"] == queries.MEANT_CANDIDATES + queries.ALIKE == asked["rescore"]["window_size"]
    assert asked["knn"]["query_vector"] == [0.0, 0.33333]


def test_a_title_is_compared_once_and_as_if_alone() -> None:
    asked = read("robinet goutte", KNOWN)
    titles = ranking.Titles(asked)
    first = [titles.close(title) for title in ("Robinet qui goutte", "Vanne", "Robinet")]
    assert first == [ranking.Titles(asked).close(title) for title in ("Robinet qui goutte", "Vanne", "Robinet")]
    assert titles.close("Vanne") is first[1]


def test_what_a_word_may_become_is_asked_of_one_that_says_enough_and_not_counted_to_the_end() -> None:
    assert [reading.may_go_on(word) for word in ("robi", "r", "pour")] == [True, False, False]
    asked = queries.begun("robi").to_dict()
    assert (asked["size"], asked["track_total_hits"]) == (0, queries.MOST_BEGUN)


def test_small_words_neither_find_nor_choose_but_count_in_the_end() -> None:
    asked = queries.fitting(read("pour robinet", KNOWN)).to_dict()
    weighed, prose = asked["rescore"]
    assert (weighed["window_size"], prose["window_size"]) == (queries.CONSIDERED, queries.CANDIDATES)
    assert "pour" not in str(asked["query"]) + str(weighed)
    assert "body_fr" in str(prose)
    assert "pour" in str(prose)
    assert "title_fr" not in str(prose)


def test_hits_and_facets_are_asked_apart() -> None:
    asked, filters = read("robinet", KNOWN), Filters(kind="topic")
    hits = queries.search(asked, filters, least=1, size=20).to_dict()
    counted = queries.facets(asked, filters, least=1).to_dict()
    assert "aggs" not in hits
    assert hits["track_total_hits"] is False
    assert hits["post_filter"] == counted["post_filter"]
    assert (counted["size"], set(counted["aggs"])) == (0, set(queries.FACETS))
