"""Work that need not be done while someone waits."""

from django_tasks import task

from community.topics.actions.recount import recount_section, recount_tags
from community.topics.models import Section, Topic


@task()
def recount_section_task(section_id: int) -> None:
    """Bring a section's card in step with its topics; a section that is gone is a normal end."""
    for section in Section.objects.filter(pk=section_id):
        recount_section(section)


@task()
def recount_tags_task(topic_id: int) -> None:
    """Bring the counts of a topic's tags in step."""
    for topic in Topic.objects.filter(pk=topic_id):
        recount_tags(list(topic.tags.values_list("pk", flat=True)))
