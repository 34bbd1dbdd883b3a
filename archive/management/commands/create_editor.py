"""`manage.py create_editor NAME`: an account of the editors' side, with a password that is shown once."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from archive.models import User

ADMINISTRATOR = "Administrator"
ROLES = ("Editor", "Reviewer", ADMINISTRATOR)


class Command(BaseCommand):
    help = (
        "Make an account for an editor, a reviewer or an administrator, and print a password, this once. Hand it over "
        "by a way that nobody else reads; it is changed under “Change password” after the first sign-in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="with which they sign in: anna")
        parser.add_argument("--role", default=ROLES[0], help=f"{', '.join(ROLES)} (default: {ROLES[0]})")
        parser.add_argument("--email", default="", help="their address, for colleagues to see")

    def handle(self, *args: Any, name: str, role: str, email: str, **options: Any) -> None:
        role = next((one for one in ROLES if one.casefold() == role.casefold()), role)
        if role not in ROLES:
            raise CommandError(f"There is no role “{role}”. Roles are {', '.join(ROLES)}.", returncode=2)
        user = User(username=name, email=email, is_staff=True, is_superuser=role == ADMINISTRATOR)
        password = secrets.token_urlsafe(15)
        user.set_password(password)
        check(user)
        group = Group.objects.filter(name=role).first()
        if group is None:
            raise CommandError("The roles are not there yet. Run `manage.py load_vocabularies` first.")
        with transaction.atomic():
            user.save()
            user.groups.add(group)
        self.stdout.write(f"{name} ({role}): password {password}")
        self.stdout.write(f"Shown this once. Sign in at {settings.SITE_URL}/admin/ and change it there.")


def check(user: User) -> None:
    """Refuse a name or address that cannot be one, and a name that is taken in whatever case."""
    try:
        user.clean_fields()
    except ValidationError as error:
        told = "; ".join(f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
        raise CommandError(told, returncode=2) from error
    if User.objects.filter(username__iexact=user.username).exists():
        raise CommandError(f"There is a user “{user.username}” already; nothing was changed.")
