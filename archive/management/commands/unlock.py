"""`manage.py unlock NAME|ADDRESS`: let somebody try to sign in again at once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.access import limits
from archive.access.proxies import read_address
from archive.models import User


class Command(BaseCommand):
    help = "Forget wrong passwords and codes: of a user, wherever they were tried, or of an address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name_or_address", metavar="NAME|ADDRESS", help="anna, 192.0.2.7 or 2001:db8::7")

    def handle(self, *args: Any, name_or_address: str, **options: Any) -> None:
        is_known = User.objects.filter(username=name_or_address).exists() or read_address(name_or_address)
        clients = limits.unlock(name_or_address)
        if not is_known and not clients:
            raise CommandError(f"There is no user “{name_or_address}”, and it is no address.")
        self.stdout.write(f"{name_or_address}: may try again; forgot the failures of {clients} client(s).")
        if clients == 0:
            self.stdout.write("Nothing was counted there. Failures of an address are forgotten by that address.")
