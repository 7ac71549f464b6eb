"""Whatever is typed into the forms of the forum: each has its answer, nothing changes, and nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import escape

from community.accounts.models import User
from community.topics.actions.answer import post_answer
from community.topics.models import Post, Section, Topic
from community.topics.writing import clean_body

Browser = Callable[..., Client]

REFUSED = {
    "empty": ("", "This field is required", "obligatoire"),
    "blank": (" \n\t ", "There is no text yet", ""),
    "one megabyte": ("word " * 200_000, "32000 is the most", ""),
    "ten thousand links": ("https://a.example " * 1_700, "links in the text; 50 are the most", ""),
    "bidi controls alone": ("\u202e\u2066\u200b\ufeff", "There is no text yet", ""),
    "hidden characters alone": ("\u200d\u00ad\u3164\u2800\u200e", "There is no text yet", ""),
}

TAKEN = {
    "control characters": ("a\x01b\x08c\x1f", "<p>abc</p>"),
    "emoji alone": ("👩🏽‍🔧👍", "<p>👩🏽‍🔧👍</p>"),
    "reordering characters": ("abc\u202edef\u2069", "<p>abcdef</p>"),
    "right to left": ("السلام عليكم", "<p>السلام عليكم</p>"),
    "a script": ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    "nested quotes": ("> " * 5_000 + "x", "blockquote"),
    "nested lists": ("".join(" " * level * 2 + "- x\n" for level in range(100)), "<ul>"),
    "nested brackets": ("[" * 10_000 + "x", "[[["),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_cannot_be_published_is_refused_beside_the_field_and_kept(
    topic: Topic, answerer: User, as_user: Browser, name: str, language: str
) -> None:
    text, sentence, phrase = REFUSED[name]
    response = as_user(answerer).post(f"/{language}/t/{topic.pk}/answer/", {"body": text, "key": "k"})
    assert response.status_code == 422
    assert (sentence if language == "en" else phrase) in response.text
    assert 'aria-invalid="true"' in response.text
    assert escape(text.strip()[:1000]) in response.text
    assert Post.objects.filter(topic=topic).count() == 1


@pytest.mark.parametrize("name", TAKEN)
def test_what_looks_odd_is_published_harmlessly(topic: Topic, answerer: User, as_user: Browser, name: str) -> None:
    text, html = TAKEN[name]
    browser = as_user(answerer)
    assert browser.post(f"/en/t/{topic.pk}/answer/", {"body": text}).status_code == 302
    assert html in Post.objects.get(kind="answer").html
    page = browser.get(f"/en/t/{topic.pk}/{topic.slug}/")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("name", REFUSED)
def test_actions_refuse_it_too(topic: Topic, answerer: User, name: str) -> None:
    with pytest.raises(ValidationError):
        post_answer(topic, by=answerer, body=REFUSED[name][0])


def test_a_question_with_faults_comes_back_as_typed_with_a_sentence_for_each(
    asker: User, section: Section, as_user: Browser
) -> None:
    form = {"title": "?", "body": "Kept & shown.", "section": section.slug, "lang": "en", "tags": "a,b"}
    response = as_user(asker).post("/en/ask/details/", form)
    assert response.status_code == 422
    assert "in a few words" in response.text
    assert "Kept &amp; shown." in response.text
    response = as_user(asker).post("/en/ask/details/", {**form, "title": "A good title", "tags": "a,b,c,d,e,f"})
    assert response.status_code == 422
    assert "at most 5 tags" in response.text
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    "change", [{"section": "nowhere"}, {"section": ""}, {"lang": "xx"}, {"kind": "poll"}, {"title": "x" * 5_000}]
)
def test_a_forged_question_is_refused(asker: User, section: Section, as_user: Browser, change: dict[str, str]) -> None:
    form = {"title": "Why does it drip?", "body": "Kept & shown.", "section": section.slug, "lang": "en"}
    response = as_user(asker).post("/en/ask/details/", {**form, **change})
    assert response.status_code == 422
    assert "Kept &amp; shown." in response.text
    assert not Topic.objects.exists()


def test_a_question_is_asked_once_however_often_the_form_is_sent(
    asker: User, section: Section, as_user: Browser
) -> None:
    form = {"title": "Why does it drip?", "section": section.slug, "lang": "en", "key": "k"}
    browser = as_user(asker)
    sent = [browser.post("/en/ask/details/", form) for _click in range(2)]
    assert {response["Location"] for response in sent} == {Topic.objects.get().get_absolute_url()}


@pytest.mark.parametrize("text", ["\u200d", "\u3164\u3164", "\u00ad \u00ad", "\u2800\u2800", "\u0301\u0301"])
def test_a_text_that_shows_nothing_is_no_text(text: str) -> None:
    with pytest.raises(ValidationError, match="no text yet"):
        clean_body(text, few_links=False)
    assert clean_body("", few_links=False, required=False) == ""
