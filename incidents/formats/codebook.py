"""The codebook in Markdown: every column of the data package and what it means."""

from collections.abc import Iterable

from archive.fields import Field
from incidents.formats.tables import Table

INTRODUCTION = """# Codebook

Every fact of an incident rests on claims; each claim cites a passage of an article, or is openly an editor’s judgement.
`claims.csv` has them all. How facts follow from claims: {site}/about/method/.

- Files are CSV (RFC 4180) in UTF-8 with a header row. An empty cell means not known, never zero.
- Lists are joined by a semicolon and a space. An apostrophe leads a text that a spreadsheet would take for a formula.
- Dates are days in the local calendar, never date-times; date-times are UTC.
- Numbers of people are at least (low) and at most (high); an empty high end is open.
- Never add series and tallies to attacks: they count the same people again.
- Two tables name the columns as UCDP GED and ACLED do. They are not those data sets: an incident here is what reports
  tell of as one attack, whatever the number of killed.
"""


def codebook(tables: Iterable[Table], site: str) -> str:
    """Return the whole codebook."""
    parts = [INTRODUCTION.format(site=site)]
    for table in tables:
        parts.append(f"## {table.name}.csv: {table.title}\n")
        parts.append("| column | type | meaning |\n|---|---|---|")
        parts += [line(field) for field in table.fields]
        parts.append("")
    return "\n".join(parts)


def line(field: Field) -> str:
    words = [str(field.description)]
    if field.enum:
        words.append("One of: " + ", ".join(f"`{one}`" for one in field.enum if one) + ".")
    if field.is_required and field.kind != "list":
        words.append("Never empty.")
    return f"| `{field.name}` | {field.type_in_words} | {' '.join(words).replace('|', '&#124;')} |"
