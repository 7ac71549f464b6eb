"""What an import has brought in, and how far it has come."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.topics.models.sections import Section


class ImportSource(models.Model):
    """Another community whose content is brought in, and the place in its dump where the import stands.

    `phase`, `line` and `byte` tell the last row of the last batch that was stored; they change in the batch's own
    transaction. `fingerprint` tells whether the files are still those that the place belongs to.
    """

    name = models.SlugField(_("name"), max_length=60, unique=True)
    section = models.ForeignKey(Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True)
    phase = models.CharField(max_length=20, blank=True)
    line = models.PositiveBigIntegerField(default=0)
    byte = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    section_id: int

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name


class RecordKind(models.IntegerChoices):
    """What a row of another community became here."""

    MEMBER = 1, _("member")
    NAMED_AUTHOR = 2, _("author known by name only")
    POST = 3, _("question or answer")
    COMMENT = 4, _("comment")
    ACCEPTED_ANSWER = 5, _("accepted answer of a question")
    DUPLICATE = 6, _("question marked as a duplicate")


class ImportedRecord(models.Model):
    """One row of another community, by the number it has there (`origin_id`), and the row it became here.

    An author known by name only is numbered by a hash of the name. The record of an accepted answer leads from the
    answer's number there to the topic here: it is there before the answer itself arrives.
    """

    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="records", db_index=False)
    kind = models.PositiveSmallIntegerField(choices=RecordKind)
    origin_id = models.BigIntegerField()
    target_id = models.PositiveBigIntegerField()

    class Meta:
        # The number comes first: with it last, and no statistics yet, PostgreSQL would read all rows of a kind.
        constraints = [models.UniqueConstraint(fields=["origin_id", "kind", "source"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.origin_id}"
