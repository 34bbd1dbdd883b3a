"""`verify [--all]`: look again at what is kept, and name what differs."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from archive.verifying import Run

MINUTES = 10.0


class Command(BaseCommand):
    help = (
        "Hash captures, texts and editions again, compare every passage with its text, and follow the log of custody "
        "line by line. Prints what differs and how, keeps the result for /healthz and the administrators, and exits "
        "with 1 if anything differs. Without --all it looks for ten minutes at what was looked at longest ago."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="look at everything, however long it takes")
        parser.add_argument("--minutes", type=float, default=MINUTES, help="how long to look without --all (10)")

    def handle(self, *args: Any, minutes: float, **options: Any) -> None:
        if minutes <= 0:
            raise CommandError("--minutes must be more than 0.", returncode=2)
        run = Run(seconds=None if options["all"] else minutes * 60)
        is_shown = sys.stderr.isatty()
        with tqdm(total=run.total() if is_shown else None, disable=not is_shown, leave=False) as bar:
            for differing in run.look():
                bar.update()
                for name, problem in differing:
                    with bar.external_write_mode():
                        self.stdout.write(f"{name}: {problem}")
        kept = run.keep()
        looked_at = ", ".join(f"{count:,} {kind}" for kind, count in kept.counts.items()) or "nothing"
        rest = "" if kept.is_whole else " The next run goes on from there."
        self.stdout.write(f"Looked at {looked_at}.{rest}")
        if kept.finding_count:
            raise CommandError(f"{kept.finding_count:,} findings: docs/custody.md says what to do.")
        self.stdout.write("Nothing differs.")
