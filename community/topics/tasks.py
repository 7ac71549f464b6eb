"""Work that need not be done while someone waits."""

from collections.abc import Sequence

from django_tasks import task

from community.core import page_cache
from community.topics.actions.recount import recount_section, recount_tags
from community.topics.models import Section, Topic


@task()
def recount_section_task(section_id: int) -> None:
    """Bring a section's card in step with its topics; a section that is gone is a normal end."""
    for section in Section.objects.filter(pk=section_id):
        if recount_section(section):
            page_cache.touch(("lists",))


@task()
def recount_tags_task(topic_id: int, untagged_ids: Sequence[int] = ()) -> None:
    """Bring the counts of a topic's tags in step, and of those just taken off it."""
    for topic in Topic.objects.filter(pk=topic_id):
        if recount_tags([*topic.tags.values_list("pk", flat=True), *untagged_ids]):
            page_cache.touch(("lists",))
