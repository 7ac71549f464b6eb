"""Writes invented questions straight into the tables: a million in minutes."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice

from django.core.management.color import no_style
from django.db import connection, models

from community.accounts.models import User
from community.core.slugs import readable_slug
from community.topics.models import Post, PostKind, Section, Tag, Topic
from deploy.bench.catalogue import make_members, make_sections, make_tags
from tests.bench.search.writing import Question

UNTIL = datetime(2026, 11, 1, tzinfo=UTC)
MEMBERS, BATCH = 500, 5_000
THROUGH = Topic.tags.through
# One title in so many is remembered, to be asked for.
KEPT = 50


class Seeder:
    """Adds questions to those that are there; `titles` holds some of them."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.titles = dice, list[str]()
        self.members: list[User] = make_members(MEMBERS, dice, UNTIL)
        self.sections: list[Section] = make_sections()
        self.tags: list[Tag] = make_tags()

    def add(self, questions: Iterator[Question]) -> None:
        """Write all of `questions`."""
        self.topic_ids, self.post_ids, self.tag_ids = map(free_ids, [Topic, Post, THROUGH])
        while batch := list(islice(questions, BATCH)):
            topics, posts, tagged = list[models.Model](), list[models.Model](), list[models.Model]()
            for question in batch:
                topic, texts = self.rows(question)
                topics.append(topic)
                posts += texts
                chosen = self.dice.sample(self.tags, self.dice.choice((0, 0, 1, 2)))
                tagged += [THROUGH(id=next(self.tag_ids), topic_id=topic.pk, tag_id=tag.pk) for tag in chosen]
            for model, rows in ((Topic, topics), (Post, posts), (THROUGH, tagged)):
                copy(model, rows)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Topic, Post, THROUGH]):
                cursor.execute(statement)
            cursor.execute("ANALYZE")

    def rows(self, question: Question) -> tuple[Topic, list[Post]]:
        """The rows of one question; the first answer of two in three is accepted."""
        dice, moment = self.dice, UNTIL - timedelta(days=self.dice.uniform(0, 1500))
        is_solved = bool(question.answers) and dice.random() < 0.65
        topic = Topic(
            pk=next(self.topic_ids), section=dice.choice(self.sections), author=dice.choice(self.members),
            title=question.title, slug=readable_slug(question.title), lang=question.lang, created_at=moment,
            activity_at=moment, answer_count=len(question.answers), post_count=1 + len(question.answers),
            is_solved=is_solved, solved_at=moment if is_solved else None, excerpt=question.body[:200],
        )  # fmt: skip
        if topic.pk % KEPT == 0:
            self.titles.append(topic.title)
        texts = [(PostKind.OPENING, question.body), *((PostKind.ANSWER, text) for text in question.answers)]
        posts = [
            Post(
                pk=next(self.post_ids), topic_id=topic.pk, kind=kind, author=dice.choice(self.members), body=text,
                html=f"<p>{text}</p>", created_at=moment, is_accepted=is_solved and place == 1,
                up_count=dice.randrange(6) if place else 0,
            )
            for place, (kind, text) in enumerate(texts)
        ]  # fmt: skip
        return topic, posts


def free_ids(model: type[models.Model]) -> Iterator[int]:
    """Ids that no row has, in rising order."""
    last = model._default_manager.aggregate(last=models.Max("pk"))["last"]
    return count((last or 0) + 1)


def copy(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert `rows` by PostgreSQL's COPY."""
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as target:
        for row in rows:
            target.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
