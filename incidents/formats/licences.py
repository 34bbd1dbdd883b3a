"""On which terms the data may be used, and whom to name."""

from typing import NamedTuple


class Licence(NamedTuple):
    name: str
    title: str
    path: str


RECORDS = Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
PLACES = Licence(
    "CC-BY-3.0-IGO",
    "Creative Commons Attribution 3.0 IGO",
    "https://creativecommons.org/licenses/by/3.0/igo/",
)
ORIGINS = (
    {"title": "Places and P-codes: UN OCHA, COD-AB Syria", "path": "https://data.humdata.org/dataset/cod-ab-syr"},
    {"title": "Spellings of places: GeoNames (CC BY 4.0)", "path": "https://www.geonames.org/"},
    {"title": "Spellings of places: Who’s On First", "path": "https://whosonfirst.org/"},
)
TERMS = f"""# Licence

The records (all files but the ones below) may be used under {RECORDS.title} ({RECORDS.name}, {RECORDS.path}):
name the archive, and the permalink of the edition where you use a record.

- `places.csv`: {PLACES.title} ({PLACES.name}, {PLACES.path}), © UN OCHA.
- Quoted words (column `exact` of `claims.csv`) and titles of articles belong to their publishers. They are given here
  as the evidence of the records; this licence gives no right to them.
"""


def attribution(site: str, address: str, created: str, sources: list[tuple[str, str, str]]) -> str:
    """Return whom to name: the archive, the gazetteer's origins, the sources with their address and licence."""
    lines = ["# Attribution", "", f"{site}, {address}, data package of {created[:10]}.", ""]
    lines += [f"- {origin['title']}, {origin['path']}" for origin in ORIGINS]
    lines += ["", "## Sources of the reports", ""]
    for name, homepage, licence in sources:
        lines.append("- " + ", ".join(part for part in (name, homepage, licence) if part))
    return "\n".join(lines) + "\n"
