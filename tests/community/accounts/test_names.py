"""Pseudonyms: what may be one, what looks like another, which are free."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.models import User
from community.accounts.names import check_username, skeleton
from community.accounts.suggestions import as_username, check_free, suggest_usernames

names = st.text(min_size=3, max_size=30)
plain = st.from_regex(r"[a-z0-9][a-z0-9._-]{1,28}[a-z0-9]", fullmatch=True)


@given(names)
def test_any_text_is_accepted_or_refused_with_a_sentence(text):
    refused = ""
    try:
        check_username(text)
    except ValidationError as refusal:
        refused = refusal.messages[0]
    assert refused.endswith(".") or (1 <= len(skeleton(text)) <= 60 and text == text.strip() and text.isprintable())


@given(plain)
def test_case_and_marks_never_make_another_person(name):
    assert skeleton(name) == skeleton(name.upper()) == skeleton(name.replace("-", "_").replace(".", ""))


@given(st.text(max_size=80))
def test_whatever_is_made_from_a_text_may_be_a_pseudonym(text):
    if made := as_username(text):
        check_username(made)


@pytest.mark.parametrize(
    ("one", "other"),
    [("aIice", "alice"), ("al1ce", "alice"), ("élodie", "elodie"), ("ваsеl", "basel"), ("b0b.", "bob")],
)
def test_what_looks_alike_is_alike(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize("name", ["정우성", "山田太郎", "Éléonore", "josé_maria", "Ангелина", "ميساء"])
def test_people_of_every_script_find_a_pseudonym(name):
    check_username(name)
    assert len(skeleton(name)) <= 60


@pytest.mark.parametrize(
    "name", ["admin", "ADMIN", "adm1n", "s.t.a.f.f", "рaul", "a\u200db", "ab", "x" * 31, "a b", "_ab"]
)
def test_reserved_hidden_and_malformed_ones_are_refused(name):
    with pytest.raises(ValidationError):
        check_username(name)


@pytest.mark.django_db
@given(st.sampled_from(["Amina", "amina", "amina@example.org", "", "!!!", "x" * 60]))
def test_what_is_suggested_is_free_and_wellformed(wanted):
    User.objects.get_or_create(username="amina", defaults={"username_key": skeleton("amina")})
    found = suggest_usernames(wanted)
    assert len(found) == 3
    for name in found:
        check_username(name)
        check_free(name)
