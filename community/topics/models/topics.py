"""Topics: what a member opens, and who may see it."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.core.slugs import readable_slug
from community.topics.models.sections import Section
from community.topics.models.tags import Tag

if TYPE_CHECKING:
    from community.topics.models.posts import Post


class TopicKind(models.TextChoices):
    """What a topic is for; only a question can be solved."""

    QUESTION = "question", _("question")
    DISCUSSION = "discussion", _("discussion")
    HOWTO = "howto", _("how-to")


LISTED = models.Q(deleted_at=None, merged_into=None)


def _list_indexes(name: str, order: str, condition: models.Q) -> list[models.Index]:
    """What a list of topics reads, for the whole site and for one section, without sorting."""
    return [
        models.Index(fields=[order, "-id"], name=f"topic_{name}", condition=condition),
        models.Index(fields=["section", order, "-id"], name=f"topic_{name}_section", condition=condition),
    ]


class TopicQuerySet(models.QuerySet["Topic"]):
    """Readings of the table of topics. Everything that shows topics goes through `visible_to`."""

    def visible_to(self, user: User | AnonymousUser) -> "TopicQuerySet":
        """Topics that `user` may read: not deleted, in a live section; moderators see deleted ones too."""
        if isinstance(user, User) and user.can_moderate:
            return self
        return self.filter(deleted_at=None, section__live=True)

    def listed(self) -> "TopicQuerySet":
        """Topics that lists show: neither deleted nor merged into another one."""
        return self.filter(LISTED, section__live=True)

    def unanswered(self) -> "TopicQuerySet":
        """Questions that nobody has answered."""
        return self.filter(kind=TopicKind.QUESTION, answer_count=0, is_solved=False)

    def solved(self) -> "TopicQuerySet":
        """Settled questions."""
        return self.filter(is_solved=True)

    def for_cards(self) -> "TopicQuerySet":
        """With what a list's card shows."""
        return self.select_related("author", "section")


class Topic(models.Model):
    """A question, a discussion or a how-to, with its posts."""

    kind = models.CharField(_("kind"), max_length=10, choices=TopicKind, default=TopicKind.QUESTION)
    section = models.ForeignKey(Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="topics")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="topics"
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.CharField(max_length=80, editable=False)
    lang = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    tags: models.ManyToManyField[Tag, models.Model] = models.ManyToManyField(
        Tag, verbose_name=_("tags"), blank=True, related_name="topics"
    )
    created_at = models.DateTimeField(default=timezone.now)
    activity_at = models.DateTimeField(default=timezone.now)
    last_author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_closed = models.BooleanField(_("closed to new answers"), default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_topics"
    )
    # Shadows of other rows, rebuilt by `recount`.
    answer_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    same_problem_count = models.PositiveIntegerField(default=0)
    follower_count = models.PositiveIntegerField(default=0)
    is_solved = models.BooleanField(default=False)
    solved_at = models.DateTimeField(null=True, blank=True)
    excerpt = models.CharField(max_length=240, blank=True, editable=False)
    answer_excerpt = models.CharField(max_length=240, blank=True, editable=False)
    first_answer_at = models.DateTimeField(null=True, blank=True)

    posts: "models.Manager[Post]"
    section_id: int
    author_id: int
    merged_into_id: int | None
    objects: ClassVar[models.Manager["Topic"]] = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            *_list_indexes("latest", "-activity_at", LISTED),
            *_list_indexes("open", "-created_at", LISTED & models.Q(kind="question", answer_count=0, is_solved=False)),
            *_list_indexes("solved", "-solved_at", LISTED & models.Q(is_solved=True)),
            *_list_indexes("shared", "-same_problem_count", LISTED & models.Q(same_problem_count__gt=0)),
            models.Index(fields=["author", "-created_at", "-id"], name="topic_by_author"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The topic's page, in the reader's language."""
        return reverse("topics:topic", args=[self.pk, self.slug])

    def retitle(self, title: str) -> None:
        """Take another title, and the readable part of the address with it; the caller saves both."""
        self.title, self.slug = title, readable_slug(title)

    @property
    def card_key(self) -> str:
        """Everything that a list shows of the topic, in one string; its section's title included."""
        counts = f"{self.answer_count}|{self.same_problem_count}|{self.is_solved}|{self.kind}|{self.activity_at}"
        return f"{counts}|{self.title}|{self.answer_excerpt}|{self.section.slug}|{self.section.title}"

    @property
    def is_question(self) -> bool:
        """Whether this topic asks something that can be solved."""
        return self.kind == TopicKind.QUESTION

    @property
    def is_deleted(self) -> bool:
        """Whether only moderators and its author's history still show it."""
        return self.deleted_at is not None
