"""Makes again what follows from texts and editions, after an upgrade."""

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive import remaking
from incidents import curation
from incidents.models import Incident


def remake_incidents(pks: Sequence[int]) -> None:
    curation.refresh_rows(pks)
    for incident in curation.incidents_lacking(pks):
        curation.cite(incident)


STEPS = (*remaking.STEPS, remaking.Step("incidents", "rows of incidents", Incident.objects.all, remake_incidents))


class Command(BaseCommand):
    help = (
        "Makes again what this archive keeps of its texts and editions so that they are found: sketches of near "
        "copies, passages in later texts, names of places, rows of lists and search. In short transactions, while the "
        "site is read; may be killed at any moment, and goes on where it was. What this software made is left."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        names = [step.name for step in STEPS]
        parser.add_argument(
            "what", nargs="*", metavar="WHAT", help=f"Of {', '.join(names)}; without it all, in this order."
        )
        parser.add_argument(
            "--again", action="store_true", help="Begin anew, though this software has made it already."
        )

    def handle(self, *args: Any, what: list[str], again: bool, **options: Any) -> None:
        if unknown := set(what) - {step.name for step in STEPS}:
            raise CommandError(f"There is no {', '.join(sorted(unknown))} to make again.", returncode=2)
        try:
            remaking.remake([step for step in STEPS if not what or step.name in what], again=again, tell=self._tell)
        except remaking.BusyError:
            raise CommandError("Another run is at it: wait until it has ended.") from None

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
