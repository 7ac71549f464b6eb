"""Documents that an engine has yet to index as the database says."""

from django.db import models
from django.utils import timezone


class OutdatedDocument(models.Model):
    """One document that changed: marked in the transaction that changed it, unmarked once the engine has it.

    Many changes of one document are one row; an engine that is down finds all of them when it is back.
    """

    engine = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=64)
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engine", "kind", "object_id"], name="outdated_once")]
        indexes = [models.Index(fields=["engine", "marked_at"], name="outdated_in_order")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id} in {self.engine}"
