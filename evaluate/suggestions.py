"""What is read out of news reports, beside what annotators of the FA-KES data set and editors of the seeds wrote down.

The data set's date is most often the day of publication, and its column `label` is not read. `python -m
evaluate.suggestions` prints the figures and the misses by their cause.
"""

import csv
import importlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import django

from archive.dates import possible_days
from archive.mentions import MentionFinder
from archive.names.spelling_index import Spelling, SpellingIndex, Unit
from archive.text import normalise
from incidents.assessment import Count, When, Where
from incidents.suggesting import Attack, KnownFacility, Named, Reader, Report, Struck, Vocabularies
from incidents.terms import Aspect, Stance

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT.parent / "shared"
TITLE = "Suggestions read out of reports"
FA_KES = FOLDER / "data" / "articles" / "fa-kes-dev.csv"
SEEDS = FOLDER / "seeds"
VOCABULARIES = ROOT / "fixtures" / "vocabularies"
CURATED = ROOT / "fixtures" / "curation" / "seeds.json"
GOVERNORATES = {
    "aleppo": "SY02", "damascus": "SY01 SY03", "homs": "SY04", "hama": "SY05", "lattakia": "SY06", "idlib": "SY07",
    "hasakeh": "SY08", "deir ezzor": "SY09", "tartous": "SY10", "raqqa": "SY11", "daraa": "SY12", "quneitra": "SY14",
}  # fmt: skip
CLASSES = {
    "chemical-agent": "chemical and toxic gases",
    **dict.fromkeys(("explosive-device", "car-bomb", "suicide-bomb", "landmine"), "explosion"),
    "small-arms": "shooting",
}
PARTS = ("count_part", "count_vague")
DEMANDED = {"governorate": 0.90, "date": 0.75, "weapon": 0.80, "killed": 0.55, "killed within 20 %": 0.70}


MISSES = (
    ("the label is the day of publication, the report says an earlier day", "1919191744 1923102913"),
    (
        "the label lies days or months from the date that the report prints",
        "1923102823 1923848214 1923848217 1923848231",
    ),
    (
        "the label names one of several attacks of the report, another one stands first",
        "1926479313 1926478916 1923848179",
    ),
    ("labels take soldiers and fighters off a total, the report only gives the total first", "1923102965 1923848194"),
    ("two totals by two speakers, the label has the second", "1923848175 1923848177 1923102911"),
    ("“dozens” or “hundreds” first, the number later at another place", "1919191744 1923102938"),
    ("fighters who died are labelled as civilians", "1915433675"),
    ("a chemical attack by aircraft: the aircraft is named first", "1923102847"),
    ("“clashes” name no weapon, the label is shooting", "1923102946 1923102955 1923848131"),
    ("no place of an attack but in the headline", "1926479061"),
)  # cause → rows of the data set, by unit_id


class Row(NamedTuple):
    """A report of the data set with what was read out of it: for each measure, None where it has nothing to say."""

    unit: str
    right: dict[str, bool | None]


def gazetteer() -> MentionFinder:
    """The finder of the gazetteer that the project ships, without a database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    django.setup()  # the file's reader lies beside modules that need it
    read = importlib.import_module("archive.gazetteer.gazetteer_file").read
    units: dict[str, Unit] = {}
    rows = sorted(read(ROOT / "fixtures" / "gazetteer" / "syria.jsonl.gz"), key=lambda row: row.level)
    for number, row in enumerate(rows, start=1):
        above = units.get(row.parent or "")
        units[row.pcode] = Unit(number, row.pcode, row.level, (*above.ancestors, above.id) if above else ())
    spellings = [Spelling(units[name.pcode].id, name.folded, name.quality) for row in rows for name in row.names]
    return MentionFinder(SpellingIndex(units.values(), spellings))


def terms(kind: str) -> list[Named]:
    rows = json.loads((VOCABULARIES / f"{kind}.json").read_text("utf-8"))
    names = ("name_en", "name_ar", "plural_en", "plural_ar")
    return [
        Named(
            row["slug"],
            (*(row[name] for name in names if row.get(name)), *row.get("aliases", ())),
            row.get("actor", ""),
        )
        for row in rows
    ]


def reader() -> Reader:
    facilities = json.loads(CURATED.read_text("utf-8"))["facilities"]
    return Reader(
        Vocabularies(
            actors=terms("actors"),
            weapons=terms("weapons"),
            facility_types=terms("facility_types"),
            speakers=terms("speakers"),
            facilities=[
                KnownFacility(key, tuple(filter(None, (row["name_en"], row.get("name_ar")))), row["type"], row["pcode"])
                for key, row in facilities.items()
            ],
            places=gazetteer(),
        )
    )


def killed(attack: Attack | None) -> int:
    """Civilians, or people not said to be fighters: the first total that is no part and no “dozens”; 0 if none."""
    counted = [
        (each.rule, each.value)
        for each in (attack.of(Aspect.KILLED) if attack else ())
        if isinstance(each.value, Count)
    ]
    wholes = [value for rule, value in counted if rule not in PARTS and value.group in ("civilians", "people")]
    others = [value for _, value in counted if value.group in ("children", "women", "health_workers")]
    value = next(iter(wholes or others), Count(0, 0))
    return value.low if value.low is not None else value.high or 0


def is_near(attack: Attack | None, day: date) -> bool:
    """Whether the first date of the attack is, or begins or ends, within a day of a day."""
    dates = [each.value.date for each in attack.of(Aspect.OCCURRED) if isinstance(each.value, When)] if attack else []
    ends = [end for when in dates[:1] for end in possible_days(when) if end]
    return any(abs((end - day).days) <= 1 for end in ends)


def governorate_of(pcode: str, finder: MentionFinder) -> str:
    units = finder.index.units
    unit = next(unit for unit in units.values() if unit.pcode == pcode)
    above = [units[each].pcode for each in unit.ancestors] + [pcode]
    return next((each for each in above if len(each) == 4 and each.startswith("SY")), "")


def rows(made: Reader, finder: MentionFinder) -> Iterator[Row]:
    known: dict[str, str] = {}
    with FA_KES.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["date_iso"])
            text = normalise(row["article_content"])
            attacks = made.read(Report(text=text, title=row["article_title"], published=day, language="en")).attacks
            attack = attacks[0] if attacks else None
            places = attack.places if attack else ()
            for pcode in places[:1]:
                known.setdefault(pcode, governorate_of(pcode, finder))
            weapon = next((str(each.value) for each in attack.of(Aspect.WEAPON)), "") if attack else ""
            labelled, counted = int(row["nb_civilians"]), killed(attack)
            cause = row["cause_of_death"]
            yield Row(
                row["unit_id"],
                {
                    "governorate": any(known[each] in GOVERNORATES[row["location"]] for each in places[:1]),
                    "date": is_near(attack, day),
                    "weapon": None if cause == "unknown" else weapon != "" and CLASSES.get(weapon, "shelling") == cause,
                    "killed": counted == labelled,
                    "killed within 20 %": abs(counted - labelled) <= labelled * 0.2,
                },
            )


def seeds(made: Reader) -> list[tuple[str, bool]]:
    """What editors found in seed 003, and whether the reading has it in one attack."""
    (path,) = SEEDS.glob("003_*.txt")
    text = normalise(path.read_text("utf-8"))
    attacks = made.read(Report(text=text, published=date(2016, 5, 31), language="en")).attacks
    first = next((each for each in attacks if any(v.value == Where("C3871") for v in each.of(Aspect.PLACE))), None)
    if first is None:
        return [("seed 003: the attack on Idlib city", False)]
    said = {(each.aspect, each.value, each.speaker) for each in first.suggestions if not isinstance(each.value, When)}
    sixty, first_count = Count(60, None, "civilians"), Count(23, 23, "people")
    every = [each for attack in attacks for each in attack.suggestions]
    hospitals = {each.value.name for each in every if isinstance(each.value, Struck)}
    denials = {each.speaker for each in first.of(Aspect.ACTOR) if each.stance is Stance.DENIES}
    days = [each.value.date.edtf for each in first.of(Aspect.OCCURRED) if isinstance(each.value, When)]
    return [
        ("seed 003: night of 30 to 31 May 2016", days[:1] == ["2016-05-30/2016-05-31"]),
        ("seed 003: both hospitals by name", {"Idlib National Hospital", "Ibn Sina Hospital"} <= hospitals),
        ("seed 003: over 60, by the foreign ministry", (Aspect.KILLED, sixty, "turkish-foreign-ministry") in said),
        ("seed 003: over 60, by local sources", (Aspect.KILLED, sixty, "local-sources") in said),
        ("seed 003: 23, by the Observatory", (Aspect.KILLED, first_count, "sohr") in said),
        ("seed 003: denied by the defence ministry", "russian-defence-ministry" in denials),
        ("seed 003: other attacks told apart (Saraqib, Kafranbel, Aleppo)", len(attacks) >= 4),
    ]


def run() -> tuple[list[str], bool]:
    """The lines of the report, and whether all that is demanded holds."""
    made = reader()
    finder = made.places
    found = list(rows(made, finder)) if finder else []
    lines = ["| read out of a report, first attack | reports | right | demanded |", "|---|---:|---:|---:|"]
    is_good = True
    for measure, least in DEMANDED.items():
        judged = [row.right[measure] for row in found if row.right[measure] is not None]
        share = sum(map(bool, judged)) / len(judged)
        is_good &= share >= least
        lines.append(f"| {measure} | {len(judged)} | {share:.1%} | {least:.0%} |")
    lines += ["", "| seeds | read |", "|---|---|"]
    lines += [f"| {what} | {'yes' if holds else 'no'} |" for what, holds in seeds(made)]
    missed = Counter(measure for row in found for measure, right in row.right.items() if right is False)
    lines += ["", "Rows read otherwise: " + ", ".join(f"{measure} {count}" for measure, count in missed.items()) + "."]
    lines += ["", "Some of them, by cause (`unit_id`):", ""]
    lines += [f"- {cause}: {', '.join(units.split())}" for cause, units in MISSES]
    return lines, is_good


if __name__ == "__main__":
    report, is_good = run()
    sys.stdout.write("\n".join([*report, ""]))
    sys.exit(not is_good)
