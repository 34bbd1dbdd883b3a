"""Print what reports may say of attacks: `manage.py suggest ARTICLE…`, `manage.py suggest --file PATH`."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.dates import DateError, parse
from archive.management.reading_options import (
    UNUSABLE,
    add_reading_options,
    check_paths,
    read_column_map,
    read_encoding,
    read_overrides,
)
from archive.models import Article
from archive.readers import Record, Refusal, read_path
from archive.readers.record import PassedOver
from archive.texts_in_time import current_text
from incidents.suggesting import Report, row
from incidents.suggestions import reader, report_of


class Command(BaseCommand):
    help = (
        "Print, one JSON line a report, what it may say of attacks: of articles of the archive (by the id or the "
        "address of their page), or of files of any format that import_articles reads, of which nothing is stored. "
        "What cannot be read is said on standard error. "
        "Exit status: 0 all done, 1 something was refused (the rest is printed), 2 unusable arguments."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="the id in the address of its page")
        parser.add_argument(
            "--file", type=Path, action="append", default=[], dest="files", metavar="PATH", help="a file or folder"
        )
        add_reading_options(parser)

    def handle(self, *args: Any, articles: list[str], files: list[Path], **options: Any) -> None:
        overrides = read_overrides(options)
        encoding = read_encoding(options["encoding"])
        column_map = read_column_map(options["map"])
        if not articles and not files:
            raise CommandError("Give articles, or --file PATH.", returncode=UNUSABLE)
        check_paths(files, has_url="url" in overrides)
        items = (
            item
            for path in files
            for item in read_path(path, column_map=column_map, overrides=overrides, encoding=encoding)
        )
        refused = sum(self._print(each) for each in chain(_of_articles(articles), _of_records(items)))
        if refused:
            raise SystemExit(1)

    def _print(self, item: Report | Refusal) -> bool:
        """Whether it was refused."""
        if isinstance(item, Refusal):
            self.stderr.write(f"refused        {item.locator}: {item.reason}")
            return True
        self.stdout.write(json.dumps(row(item, reader().read(item)), ensure_ascii=False))
        return False


def _of_articles(articles: list[str]) -> Iterator[Report | Refusal]:
    for name in articles:
        article = Article.objects.filter(public_id=name.strip("/").rpartition("/")[2]).first()
        text = current_text(article) if article else None
        if text is None:
            reason = "it has no text yet" if article else "no article of the archive has this id"
            yield Refusal(name, reason)
        else:
            yield report_of(text)


def _of_records(items: Iterator[Record | Refusal]) -> Iterator[Report | Refusal]:
    for item in items:
        if isinstance(item, Record):
            yield Report(text=item.text, title=item.title, published=_day(item.published), language=item.language)
        elif not isinstance(item, PassedOver):
            yield item


def _day(published: str) -> date | None:
    """The day that a record was published on; None where only a month or less is known."""
    try:
        when = parse(published)
    except DateError:
        return None
    return when.lower if when.lower == when.upper else None
