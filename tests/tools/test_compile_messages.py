"""Catalogues are compiled without GNU gettext, and judged before they are released."""

import gettext
import os
from pathlib import Path

import pytest

from tools import compile_messages

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
)
CATALOGUE = (
    HEADER
    + '\nmsgid "Answer"\nmsgstr "Réponse"\n'
    + '\nmsgctxt "verb"\nmsgid "Answer"\nmsgstr "Répondre"\n'
    + '\n#, python-format\nmsgid "%(count)s vote"\nmsgid_plural "%(count)s votes"\n'
    + 'msgstr[0] "%(count)s voix"\nmsgstr[1] "%(count)s voix"\n'
)


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A French catalogue of an app of its own."""
    monkeypatch.setattr(compile_messages, "ROOT", tmp_path)
    path = tmp_path / "search" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_plurals_contexts_and_accents_survive(catalogue: Path) -> None:
    assert compile_messages.compile_one(catalogue) == []
    with catalogue.with_suffix(".mo").open("rb") as stream:
        french = gettext.GNUTranslations(stream)
    assert french.gettext("Answer") == "Réponse"
    assert french.pgettext("verb", "Answer") == "Répondre"
    assert french.ngettext("%(count)s vote", "%(count)s votes", 2) == "%(count)s voix"


def test_only_what_changed_is_compiled_again(catalogue: Path) -> None:
    compile_messages.compile_one(catalogue)
    compiled = catalogue.with_suffix(".mo")
    os.utime(compiled, (2_000_000_000, 2_000_000_000))
    compile_messages.compile_one(catalogue)
    assert compiled.stat().st_mtime == 2_000_000_000
    os.utime(catalogue, (2_000_000_001, 2_000_000_001))
    compile_messages.compile_one(catalogue)
    assert compiled.stat().st_mtime != 2_000_000_000


def test_a_fuzzy_guess_is_not_shown(catalogue: Path) -> None:
    catalogue.write_text(CATALOGUE + '\n#, fuzzy\nmsgid "Ask"\nmsgstr "Tâche"\n', encoding="utf-8")
    compile_messages.compile_one(catalogue)
    with catalogue.with_suffix(".mo").open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Ask") == "Ask"


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('#, fuzzy\nmsgid "Ask"\nmsgstr "Tâche"\n', "fuzzy"),
        ('msgid "Ask"\nmsgstr ""\n', "no translation"),
        ('#, python-format\nmsgid "By %(name)s"\nmsgstr "Par %(nom)s"\n', "lost or gained"),
    ],
)
def test_what_may_not_be_released_is_named(catalogue: Path, entry: str, fault: str) -> None:
    catalogue.write_text(f"{CATALOGUE}\n{entry}", encoding="utf-8")
    assert [fault in found for found in compile_messages.faults_of(catalogue)] == [True]


def test_a_finished_catalogue_has_no_fault(catalogue: Path) -> None:
    assert compile_messages.faults_of(catalogue) == []


def test_a_broken_catalogue_stops_with_its_name_and_the_reason(catalogue: Path) -> None:
    catalogue.write_text(CATALOGUE + "\ngarbage\n", encoding="utf-8")
    assert "django.po" in compile_messages.compile_one(catalogue)[0]


def test_one_text_is_said_in_one_way_in_all_apps(catalogue: Path) -> None:
    other = catalogue.parents[4] / "rewards" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    other.parent.mkdir(parents=True)
    other.write_text(CATALOGUE, encoding="utf-8")
    assert compile_messages.said_in_two_ways(compile_messages.catalogues()) == []
    other.write_text(CATALOGUE.replace("Réponse", "Solution"), encoding="utf-8")
    [fault] = compile_messages.said_in_two_ways(compile_messages.catalogues())
    assert "“Réponse” in search/" in fault
    assert "“Solution” in rewards/" in fault
