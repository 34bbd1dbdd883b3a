"""`import_articles PATH…`: files and folders of articles into the archive. Thin: readers and intake do the work."""

import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive import intake
from archive.capture_bytes import AwayError
from archive.gazetteer.reported_spellings import refresh_reported
from archive.intake.web import PREFIXES, fetch_records
from archive.management.reading_options import (
    UNUSABLE,
    add_reading_options,
    check_paths,
    read_column_map,
    read_encoding,
    read_overrides,
)
from archive.models import TextVersion
from archive.readers import (
    Progress,
    Record,
    Refusal,
    list_files,
    read_path,
)
from archive.terms import CaptureMethod

INTERRUPTED = 130
MISSED = {"published": "date", "source": "source"}  # what the last line counts, and its word for it


class Command(BaseCommand):
    help = (
        "Import articles from files or folders of .txt, .md, .html, .csv, .jsonl, .warc, .arc and .wacz, or from "
        "addresses of the web (http://…, https://…). Prints a line for each. The same file again adds nothing, and a "
        "run that was cut off is completed by the same command. "
        "Exit status: 0 all done, 1 something was refused (the rest is in), 2 unusable arguments."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        add_reading_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and leave nothing behind")

    def handle(self, *args: Any, paths: list[str], dry_run: bool, **options: Any) -> None:
        addresses = [path for path in paths if path.lower().startswith(PREFIXES)]
        files = [Path(path) for path in paths if path not in addresses]
        overrides = read_overrides(options)
        encoding = read_encoding(options["encoding"])
        column_map = read_column_map(options["map"])
        check_paths(files, has_url="url" in overrides)
        take = intake.rehearse if dry_run else intake.receive_all
        last_text = 0 if dry_run else TextVersion.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        counts: Counter[str] = Counter()
        unknown: dict[str, Counter[str]] = {name: Counter() for name in MISSED}
        pages = (item for address in addresses for item in fetch_records(address, overrides=overrides))
        with _bar(files) as bar:
            progress = Progress(partial(_show, bar))
            read = partial(read_path, column_map=column_map, overrides=overrides, encoding=encoding, progress=progress)
            items = (item for path in files for item in read(path))
            try:
                taken = take(_watched(items, bar), by=None)
                fetched = take(pages, by=None, method=CaptureMethod.WEB)
                for receipt in chain(taken, fetched):
                    counts[receipt.outcome] += 1
                    for name, reason in receipt.unknown.items():
                        unknown[name][reason] += 1
                    self._say(bar, _line(receipt))
            except KeyboardInterrupt:
                self._say(bar, "Stopped. What is listed is in; the same command goes on from there.")
                raise SystemExit(INTERRUPTED) from None
            except AwayError as error:
                self._say(bar, "Stopped. What is listed is in; the same command goes on from there.")
                raise CommandError(f"Large captures cannot be kept: {error}.", returncode=UNUSABLE) from error
        if not dry_run and counts[intake.Outcome.ADDED] + counts[intake.Outcome.NEW_CAPTURE]:
            refresh_reported(after_text=last_text)
        summary = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in intake.Outcome if _is_said(outcome, counts))
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{summary}.{_missing(unknown)}")
        if counts[intake.Outcome.REFUSED]:
            raise SystemExit(1)

    def _say(self, bar: tqdm, line: str) -> None:
        if bar.disable:
            self.stdout.write(line)
        else:
            with bar.external_write_mode():
                self.stdout.write(line)


def _is_said(outcome: intake.Outcome, counts: Counter[str]) -> bool:
    return outcome is not intake.Outcome.PASSED_OVER or bool(counts[outcome])


def _missing(unknown: dict[str, Counter[str]]) -> str:
    """How many dates and sources are not known, and why: a sentence each, empty if none."""
    said = ""
    for name, reasons in unknown.items():
        counted = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        if counted:
            why = ", ".join(f"{count:,} {reason}" for reason, count in counted)
            said += f" Without a {MISSED[name]}: {reasons.total():,} ({why})."
    return said


def _bar(paths: list[Path]) -> tqdm:
    """A bar on standard error, if that is a terminal; it counts the bytes of the files."""
    is_shown = sys.stderr.isatty()
    files = (file for path in paths for file in list_files(path)) if is_shown else ()
    total = sum(os.lstat(file).st_size for file in files)
    return tqdm(total=total, unit="B", unit_scale=True, disable=not is_shown, leave=False)


def _show(bar: tqdm, progress: Progress) -> None:
    """Move the bar to where the reading is; name what is done before there are articles."""
    if bar.disable:
        return
    if bar.desc != progress.step:
        bar.set_description_str(progress.step)
    bar.update(progress.done - bar.n)


def _watched(items: Iterator[Record | Refusal], bar: tqdm) -> Iterator[Record | Refusal]:
    """The items, counted beside the bar."""
    count = 0
    for item in items:
        count += isinstance(item, Record)
        bar.set_postfix_str(f"{count:,} records", refresh=False)
        yield item


def _line(receipt: intake.Receipt) -> str:
    begin = f"{receipt.outcome:<14} {receipt.locator}"
    if receipt.article is None:
        return f"{begin}: {receipt.reason}"
    known = [f"now known: {', '.join(receipt.filled_in)}"] if receipt.filled_in else []
    text = receipt.text_version
    flagged = [f"no article? {text.flag}: {text.flag_reason}"] if text is not None and text.flag else []
    more = "".join(f" ({note})" for note in (*flagged, *known, *receipt.notes))
    return f"{begin}  {receipt.article.title}{more}"
