"""The people who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An editor or an administrator. A model of our own, so that it can grow without a migration of its keys."""

    class Meta(AbstractUser.Meta):
        db_table = "archive_user"

    @property
    def shown_name(self) -> str:
        """What colleagues call them: their name, or the name with which they sign in."""
        return self.get_full_name() or self.username
