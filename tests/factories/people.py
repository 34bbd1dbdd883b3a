"""People who sign in to the editors' side."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import Group

from archive.models import User
from incidents import vocabularies
from tests.factories.archive import UserFactory

ROLES = Path(settings.BASE_DIR) / "fixtures" / "vocabularies" / "roles.json"


class QuickHasher(PBKDF2PasswordHasher):
    """The hashes of Django, so that a site in production takes them, without the third of a second that each costs."""

    iterations = 1


def person(role: str) -> User:
    """Somebody with a role that comes with the project: ``Editor`` or ``Administrator``."""
    vocabularies.load_roles(vocabularies.read(ROLES))
    user: User = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user
