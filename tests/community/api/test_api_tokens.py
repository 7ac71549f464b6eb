"""Tokens: made by a command, kept as a digest, worth nothing once expired or revoked."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.accounts.models import User
from community.api.models import ApiToken
from community.api.tokens import find_token, make_token, revoke_token
from tests.community.api.program import Program


def created(*arguments: str) -> str:
    printed = StringIO()
    call_command("create_token", *arguments, stdout=printed)
    return printed.getvalue().strip()


@pytest.mark.parametrize("user", ["asker", "asker@private.example", "ASKER@PRIVATE.EXAMPLE"])
def test_the_command_prints_a_token_that_works(asker: User, user: str) -> None:
    token = created(user)
    assert " " not in token
    assert Program(token=token)("GET", "sections").status_code == 200
    assert find_token(token).owner == asker


def test_the_command_makes_tokens_that_only_read_or_expire(asker: User) -> None:
    token = find_token(created("asker", "--scope", "read", "--days", "3", "--name", "Newsletter"))
    assert (token.can_write, token.name) == (False, "Newsletter")
    assert timedelta(days=2) < token.expires_at - timezone.now() <= timedelta(days=3)


@pytest.mark.parametrize("arguments", [["nobody"], ["asker", "--days", "0"], ["asker", "--scope", "admin"]])
def test_the_command_says_what_is_wrong(asker: User, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        created(*arguments)
    assert not ApiToken.objects.exists()


def test_a_closed_account_gets_no_token(asker: User) -> None:
    User.objects.update(is_active=False)
    with pytest.raises(CommandError):
        created("asker")


def test_only_a_digest_is_kept(asker: User) -> None:
    token = make_token(asker)
    row = ApiToken.objects.values().get()
    assert token not in str(row)
    assert token.startswith(row["prefix"])
    assert len(token) >= 40


def test_a_revoked_or_expired_token_is_worth_nothing(asker: User) -> None:
    first, second = make_token(asker), make_token(asker)
    assert revoke_token(find_token(first)) is True
    assert revoke_token(ApiToken.objects.exclude(revoked_at=None).get()) is False
    ApiToken.objects.filter(revoked_at=None).update(expires_at=timezone.now())
    assert (find_token(first), find_token(second)) == (None, None)


def test_use_is_noted_now_and_then(asker: User, django_assert_num_queries) -> None:
    token = make_token(asker)
    with django_assert_num_queries(2):
        find_token(token)
    with django_assert_num_queries(1):
        find_token(token)
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(minutes=11))
    with django_assert_num_queries(2):
        find_token(token)
