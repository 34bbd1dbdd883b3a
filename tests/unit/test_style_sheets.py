"""A page has several style sheets: what one calls a colour by, no other may call another colour by."""

import re
from collections import defaultdict
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
ROOT = re.compile(r":root[^{]*\{([^}]*)\}")
PROPERTY = re.compile(r"(--[\w-]+)\s*:")
OF_EDITORS = {"editors.css", "desk.css", "work.css"}  # pages of readers have none of these
ELSEWHERE = {"print.css", "filters.css"}  # paper, and the width of lists: meant to take the place of the usual


def test_no_sheet_gives_another_meaning_to_a_property_of_all() -> None:
    named = defaultdict(set)
    for sheet in CSS.rglob("*.css"):
        if sheet.name not in OF_EDITORS | ELSEWHERE:
            for block in ROOT.findall(sheet.read_text("utf-8")):
                for name in PROPERTY.findall(block):
                    named[name].add(sheet.name)

    assert {name: sorted(sheets) for name, sheets in named.items() if len(sheets) > 1} == {}
    assert named
