"""`import_incidents FILE --map MAP.toml`: rows as reports and draft incidents. Thin: `incidents.data_sets` works."""

from argparse import ArgumentParser
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.capture_bytes import AwayError
from archive.intake import Outcome
from archive.management.reading_options import UNUSABLE, check_paths, read_encoding
from archive.models import User
from archive.readers import MappingError
from archive.readers.record import Refusal
from incidents.data_sets.importing import (
    Importer,
    Taken,
    all_places,
    known_identifiers,
    vocabularies,
    what_the_map_lacks,
)
from incidents.data_sets.maps import read_data_map
from incidents.data_sets.reading import Reading, Row, UnreadableFileError, undated

INTERRUPTED = 130
SHOWN = 5  # rows of a rehearsal
STOPPED = "Stopped. What is listed is in; the same command goes on from there."


class Command(BaseCommand):
    help = (
        "Import the rows of a data set: a report and a draft incident each, with claims on the row's own words "
        "(docs/data-sets.md). Prints a line for each row. The same file again adds nothing, and a run that was cut off "
        "is completed by the same command. "
        "Exit status: 0 all done, 1 something was refused (the rest is in), 2 unusable arguments."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--map", type=Path, required=True, metavar="MAP.toml", help="which columns say what")
        parser.add_argument("--encoding", metavar="NAME", help="of a file that does not begin with a byte order mark")
        parser.add_argument("--by", metavar="USERNAME", help="the editor whose work it is")
        parser.add_argument(
            "--dry-run", action="store_true", help="show the first rows as they would be read, and stop"
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        check_paths([file], has_url=False)
        reading = self.reading(file, options)
        by = editor(options["by"])
        self.look_through(reading, is_rehearsal=dry_run)
        if dry_run:
            return
        counts: Counter[Outcome] = Counter()
        pairs = 0
        try:
            for taken in Importer(reading.data_map, by=by).take_in(reading.rows()):
                counts[taken.outcome] += 1
                pairs += len(taken.pairs)
                self.stdout.write(line(taken))
        except KeyboardInterrupt:
            self.stdout.write(STOPPED)
            raise SystemExit(INTERRUPTED) from None
        except AwayError as error:
            self.stdout.write(STOPPED)
            raise CommandError(f"Large captures cannot be kept: {error}.", returncode=UNUSABLE) from error
        told = [Outcome.ADDED, Outcome.NEW_CAPTURE, Outcome.ALREADY_THERE, Outcome.REFUSED]
        asked = f" {pairs:,} pairs may be the same attack: they are in the list at the desk." if pairs else ""
        self.stdout.write(f"{counts.total():,} rows: {', '.join(f'{counts[one]:,} {one}' for one in told)}.{asked}")
        if counts[Outcome.REFUSED]:
            raise SystemExit(1)

    def reading(self, file: Path, options: dict[str, Any]) -> Reading:
        try:
            data_map = read_data_map(options["map"])
        except MappingError as error:
            raise CommandError(f"--map: {error}.", returncode=UNUSABLE) from error
        places = all_places()
        if lacking := what_the_map_lacks(data_map, places):
            raise CommandError(f"--map: {' '.join(lacking)}", returncode=UNUSABLE)
        encoding = read_encoding(options["encoding"])
        return Reading(path=file, data_map=data_map, places=places, known=vocabularies(), encoding=encoding)

    def look_through(self, reading: Reading, *, is_rehearsal: bool) -> None:
        """Read all rows once before anything is written: a map that fits no date, or not the columns, stops here."""
        known = known_identifiers(reading.data_map.scheme) if is_rehearsal else set()
        counts: Counter[str] = Counter()
        try:
            rows = reading.rows()
            for row in islice(rows, SHOWN) if is_rehearsal else ():
                self.stdout.write("\n".join(as_read(row)))
                counts[kind(row, known)] += 1
            for row in rows:
                if is_rehearsal and isinstance(row, Refusal):
                    self.stdout.write(f"{Outcome.REFUSED:<14} {row.locator}: {row.reason}")
                counts[kind(row, known)] += 1
        except UnreadableFileError as error:
            raise CommandError(f"{reading.path.name}: {error}.", returncode=UNUSABLE) from error
        if why := undated(reading):
            raise CommandError(f"{why}. Mend `formats` of [date] in the map.", returncode=UNUSABLE)
        if is_rehearsal:
            told = (Outcome.ADDED, Outcome.ALREADY_THERE, Outcome.REFUSED)
            self.stdout.write(f"Would be: {', '.join(f'{counts[one]:,} {one}' for one in told)}. Nothing was written.")
            if counts[Outcome.REFUSED]:
                raise SystemExit(1)


def kind(row: Row | Refusal, known: set[str]) -> Outcome:
    if isinstance(row, Refusal):
        return Outcome.REFUSED
    return Outcome.ALREADY_THERE if row.identifier in known else Outcome.ADDED


def as_read(row: Row | Refusal) -> list[str]:
    """A row as it would be taken in, for people."""
    if isinstance(row, Refusal):
        return [f"{row.locator}: refused: {row.reason}"]
    lines = [f"{row.locator}: {row.identifier}  {row.working_title}"]
    for claim in row.claims:
        value = ", ".join(f"{name} {said}" for name, said in claim.values.items()) or "yes"
        start, end = claim.words
        lines.append(f"    {claim.aspect:<14} {value}  <- “{'; '.join(row.text[start:end].splitlines())}”")
        lines += [f"{'':<19}{claim.reasoning}"] if claim.reasoning else []
    return lines if row.claims else [*lines, "    says nothing that the map knows"]


def line(taken: Taken) -> str:
    begin = f"{taken.outcome:<14} {taken.locator}"
    if taken.incident is None:
        return f"{begin}: {taken.reason}"
    told = list(taken.notes)
    if taken.outcome == Outcome.ADDED:
        told.insert(0, f"{taken.claims} claims")
        told += [f"the same attack as {', '.join(codes(taken))}?"] if taken.pairs else []
    elif taken.outcome == Outcome.NEW_CAPTURE:
        told.insert(0, "the row was changed: its report has a new text, and its claims are for an editor to look at")
    return f"{begin}  {taken.identifier} {taken.incident.code}" + "".join(f" ({note})" for note in told)


def codes(taken: Taken) -> list[str]:
    others = (pair.earlier if pair.later == taken.incident else pair.later for pair in taken.pairs)
    return [other.code for other in others]


def editor(username: str | None) -> User | None:
    if username is None:
        return None
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"There is no user “{username}”.", returncode=UNUSABLE)
    return found
