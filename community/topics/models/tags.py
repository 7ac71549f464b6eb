"""Tags, and the synonyms that lead to them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Tag(models.Model):
    """A word that groups topics; a synonym is a tag that stands for another one."""

    slug = models.SlugField(_("address"), max_length=50, unique=True, allow_unicode=True)
    label = models.CharField(_("label"), max_length=50)
    synonym_of = models.ForeignKey(
        "self",
        verbose_name=_("synonym of"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="synonyms",
    )
    topic_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["label"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        indexes = [models.Index(fields=["-topic_count", "id"], name="tag_by_use")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The list of topics with this tag."""
        return reverse("topics:tag", args=[self.slug])
