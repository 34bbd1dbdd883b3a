"""`manage.py reset_second_factor USER`: for who has lost the phone and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.access import second_factor
from archive.models import User


class Command(BaseCommand):
    help = "Remove the second factor of a user and end all sessions of theirs. Make sure first who is asking."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER", help="name of the account")

    def handle(self, *args: Any, user: str, **options: Any) -> None:
        found = User.objects.filter(username=user).first()
        if found is None:
            raise CommandError(f"There is no user “{user}”.")
        removed = second_factor.reset(found)
        what = "The second factor is removed" if removed else "There was no second factor"
        self.stdout.write(f"{user}: {what}; sessions ended. Where one is needed, the next sign-in sets up a new one.")
