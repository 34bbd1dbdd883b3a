"""Load incidents and claims from a file of facts and anchors."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import User
from incidents import curation_files


class Command(BaseCommand):
    help = (
        "Loads incidents and their claims from a curation file (docs/curation-files.md). Run twice, it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="USERNAME", help="the editor whose work it is")
        parser.add_argument("--reviewed-by", metavar="USERNAME", help="who publishes it: somebody else")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path} cannot be read: {error}", returncode=2) from error
        by, reviewer = editor(options["by"]), editor(options["reviewed_by"])
        try:
            report = curation_files.load(document, name=path.stem, by=by, reviewer=reviewer)
        except curation_files.FileRefusedError as refusal:
            lines = [f"{path.name} was refused; nothing was loaded.", *map(str, refusal.problems)]
            raise CommandError("\n".join(lines), returncode=1) from refusal
        for key, incident in report.added.items():
            self.stdout.write(f"added {incident.code} {key}")
        for key, incident in report.already_there.items():
            self.stdout.write(f"already there {incident.code} {key}")
        for warning in report.warnings:
            self.stdout.write(f"look at {warning}")
        self.stdout.write(
            f"{len(report.added)} incidents added, {len(report.already_there)} already there, "
            f"{len(report.corrected)} articles corrected"
        )


def editor(username: str | None) -> User | None:
    if username is None:
        return None
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"There is no user “{username}”.", returncode=2)
    return found
