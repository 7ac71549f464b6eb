"""What the brand teaches the search: words that mean the same, phrases that say nothing, answers to show first."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from community.pages.models import HelpArticlePage
from community.topics.models import Topic
from search.analysis import words_of

MOST_TERMS = 20


def lines_of(text: str) -> list[str]:
    """The lines of `text` that hold a word, once each."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if words_of(line)))


class SynonymGroup(models.Model):
    """Words or phrases that mean the same here, such as chauffe-eau, cumulus, ballon d'eau chaude."""

    terms = models.TextField(
        _("words that mean the same"),
        max_length=1000,
        help_text=_("One a line. Whoever types one of them finds what is written with the others."),
    )

    panels: ClassVar[list[Any]] = [FieldPanel("terms")]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return " = ".join(lines_of(self.terms))[:80]

    def clean(self) -> None:
        """Refuse fewer than two terms, and more than twenty."""
        count = len(lines_of(self.terms))
        if not 2 <= count <= MOST_TERMS:
            raise ValidationError(
                {"terms": _("Write from 2 to %(most)d words or phrases, one a line.") % {"most": MOST_TERMS}}
            )


class StopPhrase(models.Model):
    """What people write around their question, such as "bonjour, j'ai un problème avec": left out of the search."""

    phrase = models.CharField(_("phrase"), max_length=120, unique=True)

    panels: ClassVar[list[Any]] = [FieldPanel("phrase")]

    class Meta:
        verbose_name = _("phrase to ignore")
        verbose_name_plural = _("phrases to ignore")
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        """Refuse a phrase without a word."""
        if not words_of(self.phrase):
            raise ValidationError({"phrase": _("Write at least one word.")})


class PromotedAnswer(models.Model):
    """What to show first when someone types certain words."""

    phrases = models.TextField(
        _("when these words are typed"),
        max_length=1000,
        help_text=_("One a line. It is enough that a line stands somewhere in what is typed, in any form."),
    )
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("question")
    )
    article = models.ForeignKey(
        HelpArticlePage, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("article")
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("phrases"),
        MultiFieldPanel([FieldPanel("topic"), FieldPanel("article")], heading=_("Show this first")),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        verbose_name = _("answer to show first")
        verbose_name_plural = _("answers to show first")

    def __str__(self) -> str:
        return f"{', '.join(lines_of(self.phrases))[:40]} → {self.topic or self.article}"

    @property
    def document(self) -> tuple[str, str]:
        """Kind and id of what is shown."""
        return ("topic", str(self.topic_id)) if self.topic_id else ("article", str(self.article_id))

    def clean(self) -> None:
        """Refuse no phrase, and anything but one answer."""
        if not lines_of(self.phrases):
            raise ValidationError({"phrases": _("Write at least one word.")})
        if bool(self.topic_id) == bool(self.article_id):
            raise ValidationError(_("Choose either a question or an article."))
        if self.starts_at and self.ends_at and self.starts_at >= self.ends_at:
            raise ValidationError({"ends_at": _("This must be after the beginning.")})

    topic_id: int | None
    article_id: int | None
