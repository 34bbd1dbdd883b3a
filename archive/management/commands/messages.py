"""`make messages`: bring the catalogues of translations up to the code, and compile them."""

import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

#: Files that nobody reads in translation.
NOT_FOR_READERS = (
    ".venv",
    "benchmarks",
    "tests",
    "*/migrations/*",
    "*/management/*",
)
WIDTH = 110  # columns of a catalogue


class Command(BaseCommand):
    help = "Collect the strings that readers see into locale/*/LC_MESSAGES/django.po (needs gettext), and compile them."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", help="languages to begin a catalogue for, beside those there are")

    def handle(self, *args: Any, languages: list[str], **options: Any) -> None:
        if shutil.which("xgettext"):
            self.collect(languages)
        else:
            self.stdout.write("Nothing is collected: that needs gettext (xgettext). What is there is compiled.")
        for path in catalogues():
            missing = compile_catalogue(path)
            self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}: {missing} to translate")

    def collect(self, new: list[str]) -> None:
        call_command(
            "makemessages",
            locale=[*(path.parents[1].name for path in catalogues()), *new],
            ignore_patterns=list(NOT_FOR_READERS),
            extensions=["html", "py", "xml"],
            no_location=True,
            no_obsolete=True,
            verbosity=0,
        )


def catalogues() -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/django.po"))


def compile_catalogue(path: Path) -> int:
    """Write the `.mo` beside a `.po`, the same bytes everywhere; return how many strings lack a translation."""
    import polib  # noqa: PLC0415 (a tool of developers: the site runs without it)

    catalogue = polib.pofile(str(path), wrapwidth=WIDTH)
    catalogue.metadata.pop("POT-Creation-Date", None)  # differs with every run
    catalogue.save()
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
