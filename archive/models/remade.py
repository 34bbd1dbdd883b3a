"""How far what follows from texts and editions has been made again, and by which software."""

from django.db import models


class Remade(models.Model):
    """One step of `manage.py remake`: what is up to ``last`` (a primary key) is as ``software`` makes it.

    ``software`` is the digest of the programs and fixtures that made it (`archive.remaking`). The row is written in the
    transaction of each batch, so that a run that was cut off goes on behind what is committed.
    """

    step = models.CharField(max_length=30, unique=True)
    software = models.CharField(max_length=64)
    last = models.PositiveBigIntegerField(default=0)
    is_done = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "remade"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(software__regex=r"^[0-9a-f]{64}$"), name="remade_software_is_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {'done' if self.is_done else f'up to {self.last}'}"
