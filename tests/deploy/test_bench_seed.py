"""The benchmark's community: the figures that other tools rely on, and rows in step with their counts."""

import json
import random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from community.core.markdown import render_markdown
from community.topics.actions.recount import recount_post, recount_section, recount_topic
from community.topics.models import Post, Section, Topic
from deploy.bench.plan import needle_positions, posts_of_topics
from deploy.bench.seed import seed
from deploy.bench.sentences import GRAMMARS, NEEDLE, html_of

pytestmark = pytest.mark.slow


def test_posts_add_up_and_the_first_two_topics_have_their_sizes() -> None:
    sizes = posts_of_topics(20_000, 100_000, random.Random(7))
    assert sum(sizes) == 100_000
    assert len(sizes) == 20_000
    assert sizes[:2] == [1_000, 12]


def test_about_490_of_100000_posts_hold_the_words() -> None:
    assert len(needle_positions(100_000, random.Random(7))) == 490


def test_too_few_posts_are_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="posts for each"):
        posts_of_topics(100, 500, random.Random(7))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_html_is_what_the_sites_markdown_makes_of_it(lang: str) -> None:
    rng = random.Random(3)
    for _ in range(50):
        text = GRAMMARS[lang].text(rng, 410) + " " + NEEDLE[lang]
        assert html_of(text) == str(render_markdown(text))
        assert 330 < len(text) < 560


@pytest.mark.django_db
def test_the_seeded_community_has_its_figures_and_every_count_is_right() -> None:
    first, second = seed(members=60, topics=40, posts=1_300, seed=7)
    assert Topic.objects.count() == 40
    assert Post.objects.count() == 1_300
    assert Section.objects.count() == 20
    assert (first.post_count, second.post_count) == (1_000, 12)
    assert Post.objects.filter(body__contains="copper lantern").count() == round(1_300 * 0.0049)
    assert not any(recount_topic(topic) for topic in Topic.objects.all())
    assert not any(recount_post(post) for post in Post.objects.all())
    assert not any(recount_section(section) for section in Section.objects.all())


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_words() -> None:
    seed(members=60, topics=4, posts=1_020, seed=7)
    titles = list(Topic.objects.order_by("pk").values_list("title", "created_at", "answer_count"))
    bodies = list(Post.objects.order_by("pk").values_list("body", flat=True)[:20])
    Topic.objects.all().delete()
    for model in (Section, *[field.related_model for field in Topic._meta.many_to_many]):
        model.objects.all().delete()
    Topic.objects.model._meta.get_field("author").related_model.objects.all().delete()
    seed(members=60, topics=4, posts=1_020, seed=7)
    assert list(Topic.objects.order_by("pk").values_list("title", "created_at", "answer_count")) == titles
    assert list(Post.objects.order_by("pk").values_list("body", flat=True)[:20]) == bodies


@pytest.mark.django_db
def test_the_last_line_tells_where_the_pages_are(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench_seed", members=60, topics=4, posts=1_020, seed=7, verbosity=0)
    paths = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"home", "section", "topic_12", "topic_1000_first", "topic_1000_last", "search"} <= set(paths)
    assert paths["topic_1000_last"].endswith("?page=last")


@pytest.mark.django_db
def test_a_database_with_a_community_in_it_is_left_alone() -> None:
    seed(members=60, topics=4, posts=1_020, seed=7)
    with pytest.raises(CommandError, match="holds a community already"):
        call_command("bench_seed", verbosity=0)
