"""The people who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An editor or an administrator. A model of our own, so that it can grow without a migration of its keys."""

    class Meta(AbstractUser.Meta):
        db_table = "archive_user"
