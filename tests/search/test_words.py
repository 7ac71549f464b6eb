"""Words as they are indexed: folded, elided, stemmed, codes kept whole, slips forgiven."""

import pytest

from search.analysis import fold, words_of
from search.slips import allowed_slips, slips_between
from search.stems import stems_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’évier fuit", ["evier", "fuit"]),
        ("Qu'est-ce qu’il faut", ["est", "ce", "il", "faut"]),
        ("my dog's bed isn't dry", ["my", "dog", "bed", "isnt", "dry"]),
        ("GSR 12V-15", ["gsr", "12v15", "12v", "15"]),
        ("Cœur, NAÏVE, Ǆ", ["coeur", "naive", "dz"]),
        ("", []),
        ("\x00\u202e😀 --- '", []),
    ],
)
def test_text_becomes_folded_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_word_of_any_length_is_cut_to_what_the_index_holds() -> None:
    assert words_of("a" * 10_000) == ["a" * 40]


@pytest.mark.parametrize(
    ("one", "other"),
    [("robinet", "robinets"), ("remboursement", "remboursements"), ("locaux", "local"), ("fuite", "fuites")],
)
def test_french_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stems_of(one)[0] == stems_of(other)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bean", "beans"),
        ("dripping", "drips"),
        ("delivery", "deliveries"),
        ("roasted", "roasting"),
        ("stop", "stopped"),
    ],
)
def test_english_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stems_of(one)[1] == stems_of(other)[1]


def test_codes_and_short_words_keep_all_their_letters() -> None:
    assert stems_of("12v15s") == ("12v15s", "12v15s")
    assert stems_of("gas") == ("gas", "gas")


@pytest.mark.parametrize(
    ("typed", "meant", "slips"),
    [
        ("robinet", "robinet", 0),
        ("robiet", "robinet", 1),
        ("robbinet", "robinet", 1),
        ("robonet", "robinet", 1),
        ("rboinet", "robinet", 1),
        ("remboursmeent", "remboursement", 1),
        ("rmeboursmeent", "remboursement", 2),
        ("tap", "boiler", 3),
    ],
)
def test_slips_are_counted(typed: str, meant: str, slips: int) -> None:
    assert slips_between(typed, meant, 2) == slips


def test_short_words_and_codes_are_taken_as_typed() -> None:
    assert [allowed_slips(word) for word in ("tap", "f1124", "drill", "remboursement")] == [0, 0, 1, 2]


def test_folding_leaves_no_accent_in_either_language() -> None:
    assert fold("ÉÈÊËÀÂÇÎÏÔÙÛÜŸ Œ’") == "eeeeaaciiouuuy oe'"
