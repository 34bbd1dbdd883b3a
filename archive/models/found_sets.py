"""Sets of rows that one process has found, for the others."""

from django.db import models


class FoundSet(models.Model):
    """What a condition selects of a table: a roaring bitmap of keys, right for all rows that have not changed since.

    ``key`` is a digest of the table and the query, ``stamp`` that of the table. An unlogged table of bounded size:
    nothing is lost with it (docs/adr/0027-found-sets.md).
    """

    key = models.CharField(max_length=64, primary_key=True)
    stamp = models.BigIntegerField()
    rows = models.BinaryField()
    found_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-found_at"]

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.stamp}"
