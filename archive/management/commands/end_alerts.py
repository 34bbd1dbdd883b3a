"""End every alert to an e-mail address."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from archive import alerts


class Command(BaseCommand):
    help = (
        "Reads e-mail addresses, one a line, from standard input, ends all alerts to them and deletes them; says how "
        "many alerts. They are not given as arguments, which other users of the machine can see."
    )

    stealth_options = ("stdin",)

    def handle(self, *args: Any, **options: Any) -> None:
        lines = [line.strip() for line in options.get("stdin") or sys.stdin if line.strip()]
        for number, line in enumerate(lines, 1):
            try:
                validate_email(line)
            except ValidationError as error:
                raise CommandError(f"Line {number} is not an e-mail address; nothing was ended.") from error
        self.stdout.write(f"ended: {sum(alerts.end_all(line) for line in lines)}")
