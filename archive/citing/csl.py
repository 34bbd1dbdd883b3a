"""CSL-JSON, the data model of Zotero, Pandoc and the Citation Style Language (schema csl-data.json 1.0)."""

import datetime
from typing import Any

from archive.citing.reference import Reference

TYPES = {"article": "article-newspaper", "report": "report", "dataset": "dataset", "record": "entry"}


def to_csl(ref: Reference) -> dict[str, Any]:
    """Return one CSL item; unknown values are left out."""
    item: dict[str, Any] = {
        "id": ref.key,
        "type": TYPES[ref.kind],
        "title": ref.title,
        "author": [*map(person, ref.authors)] or [{"literal": body} for body in ref.by],
        "container-title" if ref.kind == "article" else "publisher": ref.publisher,
        "issued": date_of(ref.issued),
        "accessed": date_of(ref.accessed),
        "version": ref.version,
        "URL": ref.url or ref.archived_url,
        "archive": ref.archive,
        "archive_location": ref.archived_url,
        "language": ref.language,
        "note": note_of(ref),
    }
    return {name: value for name, value in item.items() if value}


def person(name: str) -> dict[str, str]:
    """“Family, Given” taken apart; any other form stays whole."""
    family, _comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if family and given and "," not in given else {"literal": name}


def date_of(date: datetime.date | None) -> dict[str, Any] | None:
    return {"date-parts": [[date.year, date.month, date.day]]} if date else None


def note_of(ref: Reference) -> str:
    """Join the note with the digest of the archived copy."""
    return "; ".join(part for part in (ref.note, f"sha256:{ref.sha256}" if ref.sha256 else "") if part)
