"""Says which places a spelling may mean."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive import gazetteer
from archive.terms import Level


class Command(BaseCommand):
    help = "Print, one JSON line each, the places that spellings may mean, in any script: best first, at most five."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "names", nargs="+", metavar="NAME", help="a spelling; - reads one a line from standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        names: list[str] = options["names"]
        if "-" in names and len(names) > 1:
            raise CommandError("Give names or -, not both.", returncode=2)
        for name in _lines() if names == ["-"] else names:
            self.stdout.write(json.dumps(record(gazetteer.resolve(name)), ensure_ascii=False))


def _lines() -> Iterable[str]:
    """Standard input as UTF-8, whatever the locale; a byte that is none becomes a replacement character."""
    sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
    return (line.rstrip("\r\n") for line in sys.stdin)


def record(answer: gazetteer.Answer) -> dict[str, Any]:
    """The answer in the form that `interface.md` gives."""
    return {
        "query": answer.query,
        "candidates": [
            {
                "pcode": match.place.pcode,
                "name_en": match.place.name_en,
                "name_ar": match.place.name_ar,
                "level": Level(match.place.level).code,
                "score": match.score,
            }
            for match in answer.matches
        ],
        "certain": answer.is_certain,
    }
