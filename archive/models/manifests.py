"""Lists of hashes, and what a time-stamp authority said of them."""

from django.db import models

from archive.models.base import append_only


class Manifest(models.Model):
    """The hashes of what is new since the manifest before, and of the newest line of the log. Immutable.

    ``sha256`` is of the UTF-8 of ``content``; ``log_number`` and ``log_hash`` are of that line; ``upto`` is the key of
    the newest row of each kind that is listed here and is not in the log.
    """

    number = models.BigAutoField(primary_key=True)
    created_at = models.DateTimeField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    log_number = models.BigIntegerField()
    log_hash = models.CharField(max_length=64)
    upto = models.JSONField(default=dict)

    class Meta:
        ordering = ["-number"]
        triggers = append_only("Manifests")

    def __str__(self) -> str:
        return f"manifest {self.number}"


class TimeStamp(models.Model):
    """A time-stamp (RFC 3161) of a manifest: request and reply as they were sent. Immutable.

    ``at`` is the time that the authority vouches for, ``authority`` its address.
    """

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="stamps")
    authority = models.CharField(max_length=500)
    request = models.BinaryField()
    reply = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = append_only("Time-stamps")

    def __str__(self) -> str:
        return f"{self.manifest_id}, {self.at:%Y-%m-%d %H:%M}"
