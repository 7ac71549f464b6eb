"""What happens regularly, and the command that proves every count."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.topics.models import Post, Topic
from deploy.bench.seed import seed
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
    first, _ = seed(members=40, topics=4, posts=1_020, seed=7)
    call_command("recount", "--check", verbosity=0)
    Topic.objects.filter(pk=first.pk).update(answer_count=3)
    post = Post.objects.filter(topic=first)[0]
    Post.objects.filter(pk=post.pk).update(up_count=99)
    capsys.readouterr()
    with pytest.raises(CommandError, match="2 rows"):
        call_command("recount", "--check", verbosity=0)
    assert f"wrong: topic {first.pk}" in capsys.readouterr().out
    assert Topic.objects.get(pk=first.pk).answer_count == 3
    call_command("recount", verbosity=0)
    assert Topic.objects.get(pk=first.pk).answer_count == 999
    call_command("recount", "--check", verbosity=0)
