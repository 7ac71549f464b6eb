"""Topics: a question with the answers that settled it or else the best one, and a few others that helped."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.core.markdown import plain_text
from community.topics.helpfulness import wilson_lower_bound
from community.topics.models import Post, PostKind, Topic
from search.documents import Heading, Result, kinds
from search.engines import Document

MOST_CHARACTERS = 6_000
# A topic of a thousand posts weighs no more than one of five: its opening, its best answer, and three others.
MOST_ANSWERS = 4
WITH_WORDS = (PostKind.OPENING, PostKind.ANSWER)
READ = ("title", "lang", "section_id", "is_solved", "activity_at")
SHOWN = (
    *("title", "slug", "lang", "is_solved", "solved_at", "activity_at", "same_problem_count", "answer_count"),
    *("section__slug", "section__title_fr", "section__title_en"),
)


class TopicKind:
    """Questions, discussions and how-tos that lists show."""

    name = "topic"
    several: str | Promise = _("Questions and discussions")

    def ids(self) -> Iterator[str]:
        """Every listed topic, oldest first."""
        return (str(pk) for pk in Topic.objects.listed().order_by("pk").values_list("pk", flat=True).iterator())

    def documents(self, ids: Collection[str]) -> list[Document]:
        """Listed topics with their words. Costs three queries."""
        topics = Topic.objects.listed().filter(pk__in=ids).only(*READ)
        posts, tags = _posts(topics, most=MOST_ANSWERS), _tags(topics)
        return [_document(topic, posts[topic.pk], tags[topic.pk]) for topic in topics]

    def results(self, ids: Collection[str], user: User | AnonymousUser) -> Mapping[str, Result]:
        """Topics that `user` may read, with the answer to show. Costs two queries."""
        topics = _visible(ids, user).select_related("section").only(*SHOWN)
        posts = _posts(topics, most=1)
        return {str(topic.pk): _result(topic, posts[topic.pk]) for topic in topics}

    def headings(self, ids: Collection[str], user: User | AnonymousUser) -> Mapping[str, Heading]:
        """Topics that `user` may read, by title. Costs one query."""
        rows = _visible(ids, user).values_list("pk", "slug", "title", "lang", "is_solved", "answer_count")
        return {
            str(pk): Heading(
                kind="topic",
                title=title,
                url=reverse("topics:topic", args=[pk, slug]),
                lang=lang,
                is_solved=is_solved,
                answer_count=answer_count,
            )
            for pk, slug, title, lang, is_solved, answer_count in rows
        }


kinds.add("topic", TopicKind())


def _visible(ids: Collection[str], user: User | AnonymousUser) -> QuerySet[Topic]:
    return Topic.objects.visible_to(user).filter(pk__in=ids, deleted_at=None, merged_into=None)


class _Text(NamedTuple):
    """What is read of a post: a row is cheaper than a model, and there are many."""

    pk: int
    topic_id: int
    kind: str
    html: str
    is_accepted: bool
    up_count: int
    down_count: int
    author: str

    @property
    def votes(self) -> int:
        """All votes."""
        return self.up_count + self.down_count

    @property
    def helped(self) -> bool:
        """Whether more people found it helpful than not."""
        return self.up_count > self.down_count


def _posts(topics: QuerySet[Topic], *, most: int) -> dict[int, list[_Text]]:
    """For each topic its opening, then the first `most` answers: what was accepted, then by the Wilson bound of votes.

    The first answer counts even if nobody voted; the others were accepted or helped. Costs one query, and one for
    `topics` if they are not read yet.
    """
    place = Window(RowNumber(), partition_by=["topic_id", "kind"], order_by=["-is_accepted", "-helpfulness", "pk"])
    posts = Post.objects.filter(kind__in=WITH_WORDS, topic__in=[topic.pk for topic in topics], deleted_at=None)
    ordered = posts.annotate(place=place).filter(place__lte=most).order_by("-is_accepted", "-helpfulness", "pk")
    read: dict[int, list[_Text]] = defaultdict(list)
    for post in map(_Text._make, ordered.values_list(*_Text._fields[:-1], "author__username")):
        if post.kind == PostKind.OPENING:
            read[post.topic_id].insert(0, post)
        elif post.is_accepted or post.helped or not _split(read[post.topic_id])[1]:
            read[post.topic_id].append(post)
    return read


def _tags(topics: QuerySet[Topic]) -> dict[int, list[tuple[str, str]]]:
    """Slug and label of the tags of each topic, by label. Costs one query."""
    links = Topic.tags.through._default_manager.filter(topic__in=[topic.pk for topic in topics])
    read: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for topic_id, slug, label in links.order_by("tag__label").values_list("topic_id", "tag__slug", "tag__label"):
        read[topic_id].append((slug, label))
    return read


def _document(topic: Topic, posts: list[_Text], tags: list[tuple[str, str]]) -> Document:
    opening, answers = _split(posts)
    praised = max(answers, key=lambda post: wilson_lower_bound(post.up_count, post.votes), default=None)
    return Document(
        kind="topic",
        object_id=str(topic.pk),
        title=topic.title,
        body=f"{_text(opening)} {' '.join(label for _slug, label in tags)}"[:MOST_CHARACTERS],
        answer="\n".join(_text([post]) for post in answers)[:MOST_CHARACTERS],
        lang=topic.lang,
        section_id=topic.section_id,
        tags=tuple(sorted(slug for slug, _label in tags)),
        is_solved=topic.is_solved,
        helpful_count=praised.up_count if praised else 0,
        vote_count=praised.votes if praised else 0,
        activity_at=topic.activity_at,
    )


def _result(topic: Topic, posts: list[_Text]) -> Result:
    opening, answers = _split(posts)
    best = answers[0] if answers else None
    return Result(
        kind="topic",
        object_id=str(topic.pk),
        title=topic.title,
        url=topic.get_absolute_url(),
        lang=topic.lang,
        words=_text(opening)[:MOST_CHARACTERS],
        answer=_text(answers[:1])[:MOST_CHARACTERS],
        is_solved=topic.is_solved,
        solved_by=best.author if best and best.is_accepted else "",
        answer_id=best.pk if best else None,
        moment=topic.solved_at or topic.activity_at,
        same_problem_count=topic.same_problem_count,
        answer_count=topic.answer_count,
        place=topic.section.title,
        place_url=topic.section.get_absolute_url(),
    )


def _split(posts: list[_Text]) -> tuple[list[_Text], list[_Text]]:
    """The opening and the answers."""
    return [post for post in posts if post.kind == PostKind.OPENING], [
        post for post in posts if post.kind == PostKind.ANSWER
    ]


def _text(posts: list[_Text]) -> str:
    return "\n".join(plain_text(post.html) for post in posts)
