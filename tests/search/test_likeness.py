"""Words that are alike, found by what they have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.likeness import Spellings, closeness, letters_alike

WORDS = st.text("aeéilrst12", min_size=1, max_size=9)


@given(st.lists(WORDS, max_size=8), WORDS)
def test_no_word_that_is_alike_is_passed_over(words: list[str], other: str) -> None:
    near = Spellings(enumerate(words)).near(other)
    assert near >= {place for place, word in enumerate(words) if letters_alike(word, other)}


def test_words_with_nothing_in_common_are_not_compared() -> None:
    assert Spellings(enumerate(["robinet", "fuite", "fuites"])).near("fuit") == {1, 2}


def test_each_word_counts_as_much_as_the_one_most_like_it() -> None:
    both = closeness([2.0, 1.0, 1.0], [3.0, 1.0], [[(0, 0.5), (1, 1.0)], []])
    assert both.covered == pytest.approx((2 * 0.5 + 1) / 4)
    assert both.covering == pytest.approx(3 / 4)
    assert closeness([], [1.0], [[]]) == closeness([1.0], [], []) == (0.0, 0.0)
