"""The index of the database engine: documents, words, and which word says how much about which document.

Three plain tables, the same on SQLite and PostgreSQL, so that both find the same things in the same order.
"""

from typing import ClassVar

from django.db import models

from search.analysis import LONGEST_WORD


class SearchDocument(models.Model):
    """One thing that can be found, with all that ranking needs besides its words."""

    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=64)
    lang = models.CharField(max_length=5, blank=True)
    section_id = models.BigIntegerField(null=True)
    # Each between spaces, as `search.engines.database.facets` writes them.
    tags = models.TextField(blank=True, default="")
    is_solved = models.BooleanField(default=False)
    helpful_count = models.PositiveIntegerField(default=0)
    vote_count = models.PositiveIntegerField(default=0)
    activity_at = models.DateTimeField()
    # What was indexed, and when it was read: the same text is not indexed twice, and an older reading never wins.
    fingerprint = models.CharField(max_length=32)
    read_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SearchDocument"]]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Word(models.Model):
    """A folded word as it was written. The empty word stands in every document: its count is theirs."""

    text = models.CharField(max_length=LONGEST_WORD, unique=True)
    reversed = models.CharField(max_length=LONGEST_WORD, db_index=True)
    stem_fr = models.CharField(max_length=LONGEST_WORD, db_index=True)
    stem_en = models.CharField(max_length=LONGEST_WORD, db_index=True)
    document_count = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Word"]]

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """How much a word says about a document, its rarity aside (`search.scoring.impacts`)."""

    pk = models.CompositePrimaryKey("document_id", "word_id")
    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, db_index=False)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, db_index=False)
    impact = models.FloatField()

    document_id: int
    word_id: int
    objects: ClassVar[models.Manager["Posting"]]

    class Meta:
        # All that a query reads, the most telling documents of each word first.
        indexes = [models.Index(fields=["word", "-impact", "document"], name="search_posting_best")]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.document_id}"
