"""Rows of a data set read by the map that comes with the project: how many are read, refused, or lost."""

import csv
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT.parent / "shared" / "data" / "incidents"
TITLE = "Rows of data sets"
FILE, MAP = "syria_health_dev_2016_2018.csv", "sind-health.toml"


def run() -> tuple[list[str], bool]:
    """The lines of the report, and whether every row of the file is accounted for, and by its own identifier."""
    from archive.readers.record import Refusal  # noqa: PLC0415 (Django must be ready for the gazetteer's package)
    from incidents.data_sets.maps import FARTHEST, read_data_map  # noqa: PLC0415
    from incidents.data_sets.reading import Reading  # noqa: PLC0415

    path = FOLDER / FILE
    with path.open(encoding="utf-8-sig", newline="") as file:
        there = [row["SiND Event ID"].partition(".")[0] for row in csv.DictReader(file)]
    data_map = read_data_map(ROOT / "fixtures" / "maps" / MAP)
    rows = list(Reading(path=path, data_map=data_map, places=places(), known={}).rows())
    refused = [row for row in rows if isinstance(row, Refusal)]
    read = [row for row in rows if not isinstance(row, Refusal)]
    is_whole = len(rows) == len(there) and {row.identifier for row in read} <= set(there)
    claims = [claim for row in read for claim in row.claims]
    said = Counter(str(claim.aspect) for claim in claims)
    apart = sum("which is named" in claim.reasoning for claim in claims)
    figures = f"{len(read)} read, {len(refused)} refused, {len(there) - len(rows)} lost"
    kinds = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in said.most_common())
    lines = [
        f"- {len(there)} rows of attacks on health care, 2016-2018: {figures} (demanded: 100% accounted for)",
        f"- {len(claims):,} claims, each on its row's words: {kinds}",
        f"- points far from every place ({FARTHEST:.0f} km) of the area that their row names: {apart}",
        *(f"- refused: {row.locator}: {row.reason}" for row in refused),
    ]
    return lines, is_whole


def places():
    """The places of the gazetteer that comes with the project."""
    from archive.gazetteer.gazetteer_file import read  # noqa: PLC0415
    from incidents.data_sets.nearest import Places, Spot  # noqa: PLC0415

    rows = {row.pcode: row for row in read(ROOT / "fixtures" / "gazetteer" / "syria.jsonl.gz")}

    def above(pcode: str) -> tuple[str, ...]:
        parent = rows[pcode].parent
        return (*above(parent), parent) if parent else ()

    return Places(
        Spot(row.pcode, row.label_en or row.name_en, row.level, row.lat, row.lon, above(row.pcode))
        for row in rows.values()
    )


if __name__ == "__main__":
    report, is_good = run()
    sys.stdout.write("\n".join([*report, ""]))
    sys.exit(0 if is_good else 1)
