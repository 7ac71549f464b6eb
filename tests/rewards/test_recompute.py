"""Every stored total equals its ledger, and a command proves it, names what does not, and sets it right."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from community.accounts.models import User
from community.topics.actions.resolve import accept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, PostVote
from rewards.models import Entry, Score

pytestmark = pytest.mark.django_db


def run(*options: str) -> str:
    out = StringIO()
    call_command("rewards_recompute", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def earned(answer: Post, asker: User, stranger: User) -> Post:
    vote_post(answer, by=asker, value=1)
    vote_post(answer, by=stranger, value=1)
    accept_answer(answer, by=asker)
    return answer


def test_what_was_earned_by_acts_is_right(earned: Post) -> None:
    assert "Every stored number equals the ledger." in run("--check")


def test_what_is_wrong_is_named_and_changed_only_when_asked(earned: Post, answerer: User) -> None:
    User.objects.filter(pk=answerer.pk).update(ledger_total=50, reputation=60)
    Score.objects.filter(member=answerer, span="all", scope="").update(points=7)
    with pytest.raises(CommandError, match="3 stored numbers of 1 members"):
        run("--check")
    said = run()
    assert f"member {answerer.pk}, total: stored 50, ledger 35" in said
    assert f"member {answerer.pk}, reputation: stored 60, ledger 36" in said
    assert "stored 7, ledger 35" in said
    assert "Every stored number" in run("--check")


def test_scores_without_entries_go(earned: Post, stranger: User) -> None:
    Score.objects.create(member=stranger, span="all", scope="", points=12)
    run()
    assert not Score.objects.filter(member=stranger).exists()


def test_a_community_older_than_its_ledger_is_paid_for_what_its_rows_say(
    earned: Post, answerer: User, asker: User
) -> None:
    Entry.objects.all().delete()
    Score.objects.all().delete()
    User.objects.update(ledger_total=0, reputation=1)
    PostVote.objects.filter(user=asker).delete()
    assert "written for votes and answers: 3" in run("--facts")
    answerer.refresh_from_db()
    assert answerer.reputation == 26
    assert "written for votes and answers: 0" in run("--facts")
    assert "Every stored number" in run("--check")
