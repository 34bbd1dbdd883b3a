"""When the archive was backed up, and how the file can be told."""

from django.db import models

from archive.models.base import append_only

DIGEST = r"^[0-9a-f]{64}$"


class Backup(models.Model):
    """One run of `manage.py backup` that left a file, written when the file is whole. Immutable.

    ``began_at`` is the moment that the file shows, ``ended_at`` when it was whole; ``size`` (bytes) and ``sha256`` are
    those of the file as it lies there. ``custody_number`` and ``custody_hash`` are the end of the log of custody then;
    ``lacking`` is how many captures of the storage could not be read and are not in the file.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_encrypted = models.BooleanField()
    custody_number = models.PositiveBigIntegerField()
    custody_hash = models.CharField(max_length=64)
    lacking = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        triggers = append_only("Backups")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__gte=models.F("began_at")), name="backup_ends_after_it_began"
            ),
            models.CheckConstraint(condition=models.Q(sha256__regex=DIGEST), name="backup_digest_is_one"),
            models.CheckConstraint(condition=models.Q(custody_hash__regex=DIGEST), name="backup_custody_hash_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.ended_at:%Y-%m-%d %H:%M}: {self.size:,} bytes"
