"""What happens regularly, and the command that proves every count."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.accounts.models import User
from community.topics.actions.answer import post_answer
from community.topics.actions.ask import ask_question
from community.topics.models import Post, Section, Topic
from deploy.housekeeping import put_back_lost_tasks

pytestmark = pytest.mark.django_db


def test_a_task_whose_worker_died_runs_again_but_one_at_work_is_left_alone() -> None:
    now = timezone.now()
    rows = [
        DBTaskResult.objects.create(
            status=TaskResultStatus.RUNNING,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="nowhere",
            backend_name="default",
            run_after=now,
            started_at=now - timedelta(minutes=minutes),
            exception_class_path="",
            traceback="",
        )
        for minutes in (90, 1)
    ]
    assert put_back_lost_tasks(now - timedelta(minutes=30)) == 1
    statuses = [DBTaskResult.objects.get(pk=row.pk).status for row in rows]
    assert statuses == [TaskResultStatus.READY, TaskResultStatus.RUNNING]


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
