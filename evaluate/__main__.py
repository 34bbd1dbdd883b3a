"""Measure, print the report and write it to `docs/evaluation.md`; exits with 1 if something demanded does not hold.

Of measurements that are named only their sections of the page are written anew.

Each measurement is a module with `TITLE`, `FOLDER` (its input) and `run()`, which gives the lines of its report and
whether all that is demanded holds. A module that others add is named in `MEASUREMENTS`.
"""

import argparse
import importlib
import os
import re
import sys
from pathlib import Path

import django

MEASUREMENTS = ("pages", "passages", "web_archives", "names", "suggestions", "same_attack", "data_sets")
REPORT = Path(__file__).resolve().parents[1] / "docs" / "evaluation.md"
INTRODUCTION = """# What is measured on real input

`make evaluate` measures how right the archive reads, and writes this page. It needs the folder `../shared`.
"""


def _written() -> dict[str, str]:
    """The sections of the page as it is, by title."""
    _introduction, *sections = re.split(r"^(?=## )", REPORT.read_text("utf-8"), flags=re.MULTILINE)
    return {section.partition("\n")[0].removeprefix("## "): section.rstrip("\n") + "\n" for section in sections}


def main(arguments: list[str]) -> int:
    """Run the measurements that are named, all if none is, and write what they found to the page."""
    parser = argparse.ArgumentParser(prog="python -m evaluate", description=__doc__)
    parser.add_argument("measurements", nargs="*", metavar="MEASUREMENT", help=", ".join(MEASUREMENTS))
    named = parser.parse_args(arguments).measurements
    if unknown := [name for name in named if name not in MEASUREMENTS]:
        parser.error(f"{unknown[0]} is none of {', '.join(MEASUREMENTS)}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    django.setup()
    sections, all_good = _written() if named else {}, True
    for name in named or MEASUREMENTS:
        module = importlib.import_module(f"evaluate.{name}")
        if not module.FOLDER.is_dir():
            parser.error(f"{module.FOLDER} is not there")
        lines, is_good = module.run()
        all_good &= is_good
        section = "\n".join([f"## {module.TITLE}", "", *lines, ""])
        sys.stdout.write(f"{section}\n")
        sections[module.TITLE] = section
    REPORT.write_text("\n".join([INTRODUCTION, *sections.values()]), encoding="utf-8")
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
