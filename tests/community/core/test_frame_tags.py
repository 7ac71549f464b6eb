"""The small tags of every page: icons, avatars, moments, and parts of the frame that are rendered once."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from community.core.templatetags.ui import initials


def render(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "solved" %}')
    assert 'aria-label="Solved"' in render('{% icon "solved" label="Solved" %}')


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Jo le bricoleur", "Jl"), ("amina", "am"), ("marie-claude", "mc"), ("_", "·"), ("東京", "東京")],
)
def test_initials_stand_for_any_name(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_an_avatar_escapes_the_name_and_the_address() -> None:
    assert "<b" not in render("{% avatar name %}", name="<b x")
    assert '"><script' not in render("{% avatar name url %}", name="a", url='"><script')


def test_a_moment_is_a_date_in_the_language_of_the_page() -> None:
    moment = datetime(2026, 2, 3, 12, tzinfo=UTC)
    with override("fr"):
        french = render("{% when moment %}", moment=moment)
    with override("en"):
        english = render("{% when moment %}", moment=moment)
    assert "février" in french
    assert "Feb" in english
    assert 'datetime="2026-02-03T' in english


def test_a_steady_part_is_rendered_once_per_language_and_key() -> None:
    template = Template("{% load frame %}{% steady key %}{{ other }}{% endsteady %}")
    assert template.render(Context({"key": 1, "other": "first"})) == "first"
    assert template.render(Context({"key": 1, "other": "second"})) == "first"
    assert template.render(Context({"key": 2, "other": "second"})) == "second"
    with override("fr"):
        assert template.render(Context({"key": 1, "other": "third"})) == "third"


def test_the_link_to_another_language_leaves_out_the_current_one() -> None:
    class Choice:
        def __init__(self, lang: str) -> None:
            self.lang, self.label, self.url, self.absolute_url = lang, lang.upper(), f"/{lang}/", f"https://x/{lang}/"

    with override("fr"):
        html = render('{% load frame %}{% other_languages "c" %}', alternates=[Choice("fr"), Choice("en")])
    assert 'href="/en/"' in html
    assert "/fr/" not in html
