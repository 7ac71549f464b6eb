"""What happens regularly, and the command that proves every count."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from community.accounts.models import User
from community.topics.actions.answer import post_answer
from community.topics.actions.ask import ask_question
from community.topics.models import Post, Section, Topic

pytestmark = pytest.mark.django_db


def test_recount_names_what_differs_and_changes_nothing_until_asked(capsys: pytest.CaptureFixture[str]) -> None:
    section = Section.objects.create(slug="roofs", title_fr="Toits", title_en="Roofs")
    asker, answerer = (User.objects.create_user(name) for name in ("asker_one", "answerer_one"))
    topic = ask_question(by=asker, section=section, title="Why does it leak?", body="It leaks.", lang="en")
    post = post_answer(topic, by=answerer, body="Look at the gutter.")
    call_command("recount", verbosity=0)
    call_command("recount", "--check", verbosity=0)
    Topic.objects.filter(pk=topic.pk).update(answer_count=3)
    Post.objects.filter(pk=post.pk).update(up_count=99)
    capsys.readouterr()
    with pytest.raises(CommandError, match="2 rows"):
        call_command("recount", "--check", verbosity=0)
    said = capsys.readouterr().out
    assert f"wrong: topic {topic.pk}" in said
    assert f"wrong: post {post.pk}" in said
    assert Topic.objects.get(pk=topic.pk).answer_count == 3
    call_command("recount", verbosity=0)
    assert Topic.objects.get(pk=topic.pk).answer_count == 1
    call_command("recount", "--check", verbosity=0)
