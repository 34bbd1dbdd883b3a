"""What administrators decide about signing in."""

from django.db import models
from django.utils.translation import gettext


class AccessSettings(models.Model):
    """One row, or none as long as nobody has decided anything."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    requires_second_factor = models.BooleanField(
        "everybody needs a second factor",
        default=False,
        help_text="Who has none sets one up before going on, also who is signed in now. "
        "OTP_REQUIRED=yes in the environment demands it whatever is chosen here.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "sign-in"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="access_settings_one_row")]

    def __str__(self) -> str:
        return gettext("Sign-in")
