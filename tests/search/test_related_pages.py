"""Beside a topic stand those that resemble it, as long as they are there."""

from django.test import Client

from community.accounts.models import User
from community.topics.actions.delete import delete_post
from community.topics.models import Section
from tests.factories.topics import make_topic


def test_a_deleted_question_leaves_the_kept_pages_of_those_that_resemble_it(
    asker: User, stranger: User, section: Section, client: Client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tap = make_topic(asker, section, title="How do I stop the kitchen mixer tap from dripping?")
        other = make_topic(stranger, section, title="Kitchen mixer tap dripping since the new cartridge")
    url = f"/en/t/{tap.pk}/{tap.slug}/"
    assert other.title in client.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        delete_post(other.posts.get(kind="opening"), by=stranger)
    assert other.title not in client.get(url).content.decode()
