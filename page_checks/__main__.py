"""Judge readers' pages of the demonstration; exits with 1 if one is not valid or stays below what is demanded.

With `--write` the figures go to `docs/pages.md`. With `--valid-only` Lighthouse, which takes minutes, is not asked.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from page_checks import tools
from page_checks.serving import demonstration
from page_checks.walking import kind, walk
from tests.browser.conftest import chromium

REPORT = tools.ROOT / "docs" / "pages.md"
LEAST, HEAVIEST, MOST_REQUESTS = 95, 250, 15
JUDGED = ("/", "/incidents/", "/incidents/*/", "/articles/*/", "/map/", "/charts/")  # kinds
INTRODUCTION = f"""# Pages, judged from outside

Written by `make pages ARGS=--write`: the demonstration is served and pages of every kind are visited in both languages.
html-validate {tools.VERSIONS["html-validate"]} reads their HTML by its standard rules (which of them are off, and
why, stands in `page_checks/tools.py`). Lighthouse {tools.VERSIONS["lighthouse"]} opens six of them as a slow telephone
would; 95 of 100 is demanded in each category, at most 250 kB and 15 requests, and nothing from another host.
"""


def main(arguments: list[str]) -> int:
    """Judge the pages, print what is wrong, write the page of figures if asked."""
    parser = argparse.ArgumentParser(prog="python -m page_checks", description=__doc__)
    parser.add_argument("--valid-only", action="store_true", help="do not ask Lighthouse")
    parser.add_argument("--write", action="store_true", help="write docs/pages.md")
    asked = parser.parse_args(arguments)
    tools.install(["html-validate"] if asked.valid_only else tools.VERSIONS)
    with demonstration() as site:
        pages = dict(walk(site))
        kinds = {kind(path) for path in pages}
        wrong = check_html(pages)
        say(f"{len(pages)} pages of {len(kinds)} kinds; html-validate has {len(wrong)} things against them")
        table: list[str] = []
        if not asked.valid_only:
            table, low = ask_lighthouse(site, pages)
            wrong += low
    for line in wrong:
        say(line)
    if asked.write:
        counted = f"Visited: {len(pages)} pages of {len(kinds)} kinds. html-validate has nothing against them.\n"
        REPORT.write_text("\n".join([INTRODUCTION, counted, *table, ""]), encoding="utf-8")
    return 1 if wrong else 0


def check_html(pages: dict[str, str]) -> list[str]:
    """Return what html-validate has against the pages, with their addresses."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (path, page) in enumerate(pages.items()):
            names[f"{number}.html"] = path
            (Path(folder) / f"{number}.html").write_text(page, encoding="utf-8")
        found = tools.invalid(Path(folder))
    return [f"{names[line.partition(':')[0]]} line {line.partition(':')[2]}" for line in found]


def ask_lighthouse(site: str, pages: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the table of figures, and a line for each page that stays below what is demanded."""
    browser = chromium()
    if browser is None:
        raise SystemExit("No Chromium is on the path: install it, or name it in CHROMIUM.")
    lines = ["| page | performance | accessibility | practices | search engines | largest paint | kB | requests |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    low = []
    for shape in JUDGED:
        path = next(path for path in pages if kind(path) == shape)
        found = tools.judged(site + path, browser)
        scores = " | ".join(str(found[name]) for name in tools.CATEGORIES)
        lines.append(
            f"| `{shape}` | {scores} | {found['paint']:.1f} s | {found['kilobytes']:.0f} | {found['requests']} |"
        )
        say(lines[-1])
        low += [f"{path}: {reason}" for reason in too_low(found)]
    return lines, low


def too_low(found: dict[str, Any]) -> list[str]:
    """Return what a page does not reach."""
    reasons = [f"{name} is {found[name]}, not {LEAST}" for name in tools.CATEGORIES if found[name] < LEAST]
    if found["kilobytes"] > HEAVIEST:
        reasons.append(f"weighs {found['kilobytes']:.0f} kB")
    if found["requests"] > MOST_REQUESTS:
        reasons.append(f"makes {found['requests']} requests")
    return reasons + [f"asks {address}" for address in found["elsewhere"]]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
