"""Cursor pages, rate limits, addresses from titles, the language of a text, and tasks of the embedded shape."""

import pytest
import time_machine
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core import ratelimits
from community.core.errors import TooFast
from community.core.languages import language_of
from community.core.models import LoggedEvent
from community.core.pagination import cursor_after, paginate
from community.core.slugs import readable_slug

VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just([1]))
ORDERS = st.sampled_from([("id",), ("-id",), ("kind", "id"), ("-kind", "-id"), ("-created_at", "kind", "id")])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from("abc"), max_size=14), order=ORDERS, size=st.integers(1, 5))
@pytest.mark.django_db
def test_walking_either_way_meets_every_row_once(kinds: list[str], order: tuple[str, ...], size: int) -> None:
    LoggedEvent.objects.all().delete()
    LoggedEvent.objects.bulk_create(LoggedEvent(kind=kind, data={}) for kind in kinds)
    expected = list(LoggedEvent.objects.order_by(*order))
    pages, cursor = [], ""
    while True:
        pages.append(page := paginate(LoggedEvent.objects.all(), order, cursor, size))
        if not page.next:
            break
        cursor = page.next
    assert [row for page in pages for row in page.items] == expected
    assert pages[0].previous is None
    backward, cursor = [], "last"
    while cursor:
        page = paginate(LoggedEvent.objects.all(), order, cursor, size)
        backward = page.items + backward
        cursor = page.previous or ""
    assert backward == expected


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.lists(VALUES, max_size=3).map(cursor_after)))
@pytest.mark.django_db
def test_a_forged_cursor_gives_a_page_or_none_at_all(cursor: str) -> None:
    for order in (("-created_at", "-id"), ("kind", "id"), ("id",)):
        try:
            paginate(LoggedEvent.objects.all(), order, cursor, 3)
        except Http404:
            continue


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_moments_beyond_the_calendar_are_no_page(moment: str) -> None:
    with pytest.raises(Http404):
        paginate(LoggedEvent.objects.all(), ("-created_at", "-id"), cursor_after([moment, 1]), 3)


def test_a_limit_counts_each_person_alone_and_says_how_long_to_wait() -> None:
    limits = (ratelimits.Limit("test", 2, 60),)
    with time_machine.travel("2026-11-22 10:00:10+00:00", tick=False) as clock:
        for who in ("a", "a", "b"):
            ratelimits.spend(limits, who)
        clock.shift(20)
        with pytest.raises(TooFast) as refusal:
            ratelimits.spend(limits, "a")
        assert refusal.value.retry_after == 40
        ratelimits.spend(limits, "b")
        clock.shift(40)
        ratelimits.spend(limits, "a")


def test_a_burst_across_the_turn_of_a_minute_is_a_burst() -> None:
    limits = (ratelimits.Limit("test", 3, 60),)
    with time_machine.travel("2026-11-22 10:00:58+00:00", tick=False) as clock:
        for _ in range(3):
            ratelimits.spend(limits, "a")
            clock.shift(1)
        with pytest.raises(TooFast):
            ratelimits.spend(limits, "a")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Comment réparer l'évier ?", "comment-reparer-l-evier"),
        ("Œuf & cœur", "oeuf-coeur"),
        ("東京で", "-"),
        ("😀", "-"),
        ("a" * 100, "a" * 80),
        ("mot " * 40, "mot-" * 19 + "mot"),
    ],
)
def test_addresses_are_readable(title: str, slug: str) -> None:
    assert readable_slug(title) == slug


@given(st.text())
def test_any_title_gives_an_address(title: str) -> None:
    slug = readable_slug(title)
    assert 1 <= len(slug) <= 80
    assert slug.isascii()
    assert "/" not in slug


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Comment puis-je réparer mon robinet ?", "fr"),
        ("How can I fix my tap?", "en"),
        ("L'évier fuit", "fr"),
        ("Bosch GSR 12V", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_small_words(text: str, language: str) -> None:
    assert language_of(text, "en") == language
