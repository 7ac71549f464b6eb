"""French punctuation stays on the line of its word; nothing else changes."""

import polib
import pytest
from django.template import Context, Template
from django.utils.translation import override

from community.core.markdown import render_markdown
from community.core.typography import figure, keep_marks_together
from tools.compile_messages import catalogues

THIN, FULL = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Joint ou cartouche ?", f"Joint ou cartouche{THIN}?"),
        ("Il goutte : pourquoi ?", f"Il goutte{FULL}: pourquoi{THIN}?"),
        ("« Enfin ! »", f"«{FULL}Enfin{THIN}!{FULL}»"),
        ("Environ 20 % ; 12 €.", f"Environ 20{FULL}%{THIN}; 12{FULL}€."),
        ("Why does it drip? Because: see.", "Why does it drip? Because: see."),
        ("Merci :) et ?param=1", "Merci :) et ?param=1"),
        ("", ""),
    ],
)
def test_the_space_before_a_mark_does_not_break(typed: str, shown: str) -> None:
    assert keep_marks_together(typed) == shown
    assert keep_marks_together(shown) == shown


def test_our_own_french_has_it_too() -> None:
    french = [entry for path in catalogues() if "fr" in path.parts for entry in polib.pofile(str(path))]
    assert len(french) > 1000
    said = [text for entry in french for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in said if keep_marks_together(text) != text] == []


def test_posts_show_it_and_code_is_left_alone() -> None:
    html = render_markdown("Pourquoi ?\n\n`a ? b : c`")
    assert f"Pourquoi{THIN}?" in html
    assert "a ? b : c" in html


def test_titles_are_escaped_all_the_same() -> None:
    page = Template("{{ title|typeset }}").render(Context({"title": "<b>Quoi ?</b> !"}))
    assert page.startswith("&lt;b&gt;Quoi")
    assert page.endswith(f"{THIN}!")


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [(0, "0", "0"), (999, "999", "999"), (12345, "12,345", f"12{THIN}345"), (-1000, "-1,000", f"-1{THIN}000")],
)
def test_thousands_are_set_apart_in_the_readers_way(number: int, english: str, french: str) -> None:
    with override("en"):
        assert figure(number) == english
    with override("fr"):
        assert figure(number) == french
        assert Template("{{ n|figure }}").render(Context({"n": number})) == french
        assert Template("{{ n|floatformat:'0g' }}").render(Context({"n": number + 0.0})) == french
