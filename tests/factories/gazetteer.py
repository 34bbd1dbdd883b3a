"""A handful of real places (facts of UN OCHA's code table, CC BY 3.0 IGO) in the form of a gazetteer file."""

import json
from pathlib import Path
from typing import Any

from archive.gazetteer.gazetteer_file import LEVELS, PlaceRow, read
from archive.names.spelling_index import Spelling, SpellingIndex, Unit

# P-code, level, parent, English and Arabic official name, other spellings.
_PLACES = [
    ("SY", "country", None, "Syrian Arab Republic", "الجمهورية العربية السورية", "Syria سوريا"),
    ("SY02", "governorate", "SY", "Aleppo", "حلب", ""),
    ("SY03", "governorate", "SY", "Rural Damascus", "ريف دمشق", ""),
    ("SY07", "governorate", "SY", "Idleb", "إدلب", "Idlib"),
    ("SY11", "governorate", "SY", "Ar-Raqqa", "الرقة", ""),
    ("SY13", "governorate", "SY", "As-Sweida", "السويداء", ""),
    ("SY0302", "district", "SY03", "Duma", "دوما", "Douma"),
    ("SY030200", "subdistrict", "SY0302", "Duma", "دوما", ""),
    ("C2338", "community", "SY030200", "Duma", "دوما", "Douma"),
    ("SY0700", "district", "SY07", "Idleb", "مركز إدلب", "Idlib"),
    ("SY070000", "subdistrict", "SY0700", "Idleb", "مركز إدلب", "Idlib"),
    ("C3871", "community", "SY070000", "Idleb", "إدلب", "Idlib محافظة_إدلب"),
    ("C3916", "community", "SY070000", "Saraqab", "سراقب", "Saraqeb"),
    ("SY0702", "district", "SY07", "Al Ma'ra", "المعرة", ""),
    ("SY070203", "subdistrict", "SY0702", "Kafr Nobol", "كفر نبل", "Kafr_Nabl"),
    ("C4068", "community", "SY070203", "Kafr Nobol", "كفر نبل", "Kafranbel Kafr_Nabl"),
    ("C4058", "community", "SY070203", "Has", "حاس", "Hass"),
    ("C4066", "community", "SY070203", "Kafr Oweid", "كفر عويد", ""),
    ("SY0201", "district", "SY02", "Aleppo", "مركز حلب", ""),
    ("SY020100", "subdistrict", "SY0201", "Aleppo", "مركز حلب", ""),
    ("C1007", "community", "SY020100", "Aleppo", "حلب", "Halab"),
    ("SY1101", "district", "SY11", "Ar-Raqqa", "مركز الرقة", ""),
    ("SY110100", "subdistrict", "SY1101", "Ar-Raqqa", "مركز الرقة", ""),
    ("C5710", "community", "SY110100", "Ar-Raqqa", "الرقة", "Raqqa"),
    ("C5728", "community", "SY110100", "Ghota", "الغوطة", ""),
    ("C4192", "community", "SY070000", "Salhiyeh", "الصالحية", ""),
    ("C4541", "community", "SY110100", "Salhiyeh", "الصالحية", ""),
    ("N0123", "neighbourhood", "C1007", "Ash-Sheikh Maqsoud", "الشيخ مقصود", ""),
]


def places() -> list[dict[str, Any]]:
    """The places as lines of a gazetteer file, each a new object."""
    return [
        {
            "pcode": pcode,
            "level": level,
            "parent": parent,
            "name_en": english,
            "name_ar": arabic,
            "lat": 35.5,
            "lon": 36.5,
            "names": [
                [english, "en", "cod", "official"],
                [arabic, "ar", "cod", "official"],
                *([other.replace("_", " "), "und", "wof", "exact"] for other in others.split()),
            ],
        }
        for pcode, level, parent, english, arabic, others in _PLACES
    ]


def write(path: Path, lines: list[dict[str, Any]] | None = None) -> Path:
    """A gazetteer file of these lines, or of all the places."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines or places()), "utf-8")
    return path


def index_of(rows: list[PlaceRow]) -> SpellingIndex:
    """An index of rows in which each place stands after its parent; ids count from 1."""
    units: dict[str, Unit] = {}
    for number, row in enumerate(rows, start=1):
        above = units.get(row.parent or "")
        units[row.pcode] = Unit(number, row.pcode, row.level, (*above.ancestors, above.id) if above else ())
    spellings = [Spelling(units[name.pcode].id, name.folded, name.quality) for row in rows for name in row.names]
    return SpellingIndex(units.values(), spellings)


def index(directory: Path) -> SpellingIndex:
    """The index of all the places."""
    rows = read(write(directory / "places.jsonl"))
    return index_of(sorted(rows, key=lambda row: LEVELS.index(LEVELS[row.level])))
