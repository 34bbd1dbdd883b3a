"""Pairs of accounts of one attack, and of two: how many of the first are found, and of the second taken for one.

The pairs are named by the numbers of rows; what the rows say is read from `../shared`. `python -m evaluate.same_attack`
prints the figures, and fails when they are not what is demanded.
"""

import csv
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

from incidents.attack_likeness import Facts, Likeness, Where, compare

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
PAIRS = Path(__file__).with_suffix(".csv")
TITLE = "The same attack, told in two reports or rows"
FOUND = 0.9  # of pairs that are one attack
FALSE = 0.3  # pairs that are taken for one and are not, for each account of the list
COUNTRY = 1
LEVELS = {"(2)": 4, "(3)": 3, "(4)": 1, "(6)": 0}  # what the data set calls the precision of a point
KINDS = {"Health Building": "health", "Project Site": "office", "Compound/Office Building": "office", "Home": "home"}
# Words by which the two data sets name sides and weapons → what they are called here.
SIDES = {
    "syrian": "Syrian or Russian forces",
    "russian": "Syrian or Russian forces",
    "russia": "Syrian or Russian forces",
    "coalition": "the coalition",
    "islamic state": "ISIS",
    "opposition": "armed groups",
    "nusra": "armed groups",
    "self administration": "SDF",
}
WEAPONS = {"aerial": "air strike", "missile": "air strike", "firearm": "shots", "no direct": "no weapon", "ied": "bomb"}
WEAPONS |= {"explosion": "bomb", "chemical": "gas", "shooting": "shots", "execution": "shots"}
AREAS = ["aleppo", "damascus", "idlib", "homs", "hama", "raqqa", "deir", "hasak", "daraa", "lat", "quneitra"]


def run() -> tuple[list[str], bool]:
    """The lines of the report, and whether all that is demanded holds."""
    known = dict(accounts())
    judged = [(row, compare(known[row["one"]], known[row["other"]])) for row in pairs()]
    same = [one for one in judged if one[0]["same"] == "1"]
    others = [one for one in judged if one[0]["same"] == "0"]
    found, false = ([one for one in rows if one[1].is_likely] for rows in (same, others))
    told = {row[side] for row, _ in judged for side in ("one", "other")}
    share, each = len(found) / len(same), len(false) / len(told)
    lines = [
        "Whoever wrote the rules made this list too, and chose weights and threshold looking at it: expect less of",
        "reports that it does not hold. The last line of figures is no matter of choice: how often an editor is asked.",
        "",
        f"- {len(judged)} pairs of {len(told)} accounts: {len(same)} of one attack, {len(others)} of two like ones",
        f"- found: {len(found)} of {len(same)} ({share:.0%}; demanded: {FOUND:.0%})",
        f"- taken for one: {len(false)}, {each:.2f} for each account (demanded: at most {FALSE})",
        f"- all rows against all others, unjudged: {asked(list(known.values())):.2f} asked about for each",
        "",
        "Missed:",
        "",
        *(told_of(*one) for one in same if not one[1].is_likely),
        "",
        "Taken for one:",
        "",
        *(told_of(*one) for one in false),
    ]
    return lines, share >= FOUND and each <= FALSE


def asked(rows: list[Facts]) -> float:
    """How many of the other rows are likely the same as a row, on average; nobody has judged those."""
    return 2 * sum(compare(*pair).is_likely for pair in combinations(rows, 2)) / len(rows)


def told_of(row: Mapping[str, str], likeness: Likeness) -> str:
    return f"- `{row['one']}`, `{row['other']}` ({likeness.score:.2f}; {'; '.join(likeness.reasons)}): {row['why']}"


def pairs() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accounts() -> Iterator[tuple[str, Facts]]:
    """Each row of the two data sets, and the seed that is in the list, as facts by the name that the list uses."""
    with (FOLDER / "incidents" / "syria_health_dev_2016_2018.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Latitude"] and row["Longitude"]:
                yield f"health:{row['SiND Event ID']}", of_health(row)
    with (FOLDER / "articles" / "fa-kes-dev.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            yield f"fa-kes:{row['unit_id']}", of_report(row)
    days = (date(2016, 5, 30), date(2016, 5, 31))
    idlib = Where(5, "Idlib", 4, (COUNTRY, area_of("idlib")), 35.93, 36.63)
    yield "seed:003", Facts(days=(days,), places=(idlib,), killed=((60, None),), kinds=keyed({"health"}))


def of_health(row: Mapping[str, str]) -> Facts:
    day = date.fromisoformat(row["Date"][:10])
    lat, lon = float(row["Latitude"]), float(row["Longitude"])
    level = LEVELS[row["Geo Precision"][:3]]
    area = area_of(row["Admin 1"])
    key = number(f"{lat:.3f} {lon:.3f}") if level > 1 else area if level else COUNTRY
    above = (COUNTRY, area) if level > 1 else (COUNTRY,) if level else ()
    place = Where(key, row["Admin 1"] if level == 1 else f"{lat:.2f}, {lon:.2f}", level, above, lat, lon)
    return Facts(
        days=((day, day),),
        places=(place,),
        kinds=keyed({KINDS[row["Location "]]} if row["Location "] in KINDS else set()),
        actors=named(row["Reported Perpetrator Name"], SIDES),
        weapons=named(row["Weapon Carried/Used"], WEAPONS),
    )


def of_report(row: Mapping[str, str]) -> Facts:
    day = date.fromisoformat(row["date_iso"])
    place = Where(area_of(row["location"]), row["location"].title(), 1, (COUNTRY,))
    killed = int(row["nb_civilians"] or 0)
    return Facts(
        days=((day, day),),
        places=(place,),
        killed=((killed, killed),) if killed else (),
        actors=named(row["actor"], SIDES),
        weapons=named(row["cause_of_death"], WEAPONS),
    )


def area_of(name: str) -> int:
    """The key of a governorate, however it is spelt; Rural Damascus counts as Damascus, as one data set does."""
    known = name.lower().replace("rif dimashq", "damascus").replace("al-bab", "aleppo")
    return next((10 + place for place, part in enumerate(AREAS) if part in known), 9)


def named(words: str, table: Mapping[str, str]) -> dict[int, str]:
    return keyed({meant for part, meant in table.items() if part in words.lower()})


def keyed(names: set[str]) -> dict[int, str]:
    return {number(name): name for name in sorted(names)}


def number(name: str) -> int:
    """A key of a name, above those of areas."""
    return 1000 + int.from_bytes(name.encode(), "big")


if __name__ == "__main__":
    report, is_good = run()
    sys.stdout.write("\n".join([*report, ""]))
    sys.exit(0 if is_good else 1)
