"""What the brand teaches the search: synonyms, phrases to ignore, answers to show first; in force at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.actions.desk_groups import complete_groups, join_desk_group
from community.accounts.models import Role, User
from community.topics.models import Post, Section, Topic
from search.curation import Curation, Promotion, _phrase, curation
from search.engines import Filters
from search.engines.chosen import engine
from search.models import PromotedAnswer, StopPhrase, SynonymGroup
from search.suggesting import search, suggest
from tests.factories.topics import make_topic, make_user

AsUser = Callable[..., Client]


def synonyms(*groups: str) -> Curation:
    return Curation(synonyms=tuple(tuple((_phrase(term), term) for term in group.split(" = ")) for group in groups))


def ignoring(*phrases: str) -> Curation:
    return Curation(stop_phrases=tuple(map(_phrase, phrases)))


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("mon cumulus fuit", ["mon chauffe-eau fuit", "mon ballon d'eau chaude fuit"]),
        ("le chauffe eau fuit", ["le cumulus fuit", "le ballon d'eau chaude fuit"]),
        ("Ballons d’eau chaude bruyants", ["cumulus bruyants", "chauffe-eau bruyants"]),
        ("l'eau est froide", []),
        ("", []),
    ],
)
def test_a_term_is_also_read_as_its_synonyms(typed: str, also: list[str]) -> None:
    taught = synonyms("cumulus = chauffe-eau = ballon d'eau chaude")
    assert taught.rewordings(typed) == [typed, *also]


def test_phrases_that_say_nothing_are_left_out_but_never_all() -> None:
    taught = ignoring("bonjour", "j'ai un problème avec", "merci d'avance", "merci")
    assert taught.without_stop_phrases("Bonjour, j’ai un probleme avec mon robinet, merci d'avance") == "mon robinet,"
    assert taught.without_stop_phrases("Bonjour merci") == "Bonjour merci"
    assert taught.without_stop_phrases("robinet") == "robinet"


def test_an_answer_is_promoted_for_its_words_in_any_form_and_in_its_time_only() -> None:
    now, hour = timezone.now(), timedelta(hours=1)
    taught = Curation(
        promotions=(
            Promotion((_phrase("visseuse"), _phrase("perceuse sans fil")), ("topic", "1"), None, None),
            Promotion((_phrase("visseuse"),), ("topic", "2"), now + hour, None),
            Promotion((_phrase("visseuse"),), ("article", "3"), None, now - hour),
        )
    )
    assert taught.promoted("Mes VISSEUSES ne chargent plus") == [("topic", "1")]
    assert taught.promoted("perceuses sans fil") == [("topic", "1")]
    assert taught.promoted("perceuse") == []


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read(text: str) -> None:
    taught = Curation(
        synonyms("cumulus = chauffe-eau").synonyms,
        ignoring("bonjour", "a").stop_phrases,
        (Promotion((_phrase("x"),), ("topic", "1"), None, None),),
    )
    words = taught.without_stop_phrases(text)
    assert taught.rewordings(words)[0] == words
    taught.promoted(text)


@pytest.fixture
def heater(asker: User, section: Section, answer: Post) -> Topic:
    return make_topic(asker, section, title="Chauffe-eau qui fuit par le bas", body="Depuis hier.", lang="fr")


def titles(words: str) -> list[str]:
    return [each.result.title for each in suggest(engine(), words, AnonymousUser())]


def test_suggestions_and_search_know_what_was_taught(heater: Topic, topic: Topic) -> None:
    assert heater.title not in titles("mon cumulus a une panne")
    SynonymGroup.objects.create(terms="cumulus\nchauffe-eau")
    StopPhrase.objects.create(phrase="bonjour à tous")
    PromotedAnswer.objects.create(phrases="cumulus", topic=topic)
    curation_changed()
    assert titles("Bonjour à tous, mon cumulus a une panne") == [topic.title, heater.title]
    page = search(engine(), "cumulus", Filters(), AnonymousUser(), lang="fr", start=0, size=10)
    assert [each.result.title for each in page.results] == [topic.title, heater.title]
    assert page.results[0].hit.is_promoted
    solved = search(engine(), "cumulus", Filters(solved=True), AnonymousUser(), lang="fr", start=0, size=10)
    assert solved.results == []


def curation_changed() -> None:
    """What an edit at the desk does."""
    from django.core.cache import caches  # noqa: PLC0415

    caches["pages"].clear()


def test_what_is_deleted_or_hidden_is_not_promoted(topic: Topic) -> None:
    PromotedAnswer.objects.create(phrases="visseuse", topic=topic)
    Topic.objects.filter(pk=topic.pk).update(deleted_at=timezone.now())
    assert titles("ma visseuse est en panne") == []


def test_an_edit_at_the_desk_is_in_force_with_the_next_search(as_user: AsUser, heater: Topic) -> None:
    complete_groups()
    brand = make_user("brand", Role.BRAND)
    join_desk_group(brand)
    assert titles("mon cumulus a une panne") == []
    assert curation() == Curation()
    address = "/admin/snippets/search/synonymgroup/add/"
    assert as_user(brand).post(address, {"terms": "cumulus\nchauffe-eau"}).status_code == 302
    assert titles("mon cumulus a une panne") == [heater.title]


def test_what_cannot_work_is_refused_with_a_sentence(topic: Topic) -> None:
    for row, why in (
        (SynonymGroup(terms="cumulus"), "2 to 20"),
        (StopPhrase(phrase="!!"), "at least one word"),
        (PromotedAnswer(phrases="x"), "either a question or an article"),
        (PromotedAnswer(phrases=" ", topic=topic), "at least one word"),
    ):
        with pytest.raises(ValidationError, match=why):
            row.full_clean()


def test_others_do_not_teach_it(as_user: AsUser, moderator: User, stranger: User) -> None:
    complete_groups()
    join_desk_group(moderator)
    for person in (None, stranger, moderator):
        as_user(person).post("/admin/snippets/search/stopphrase/add/", {"phrase": "bonjour"})
    assert not StopPhrase.objects.exists()
