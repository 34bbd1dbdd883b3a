"""CSL-JSON, the data model of Zotero, Pandoc and the Citation Style Language (schema csl-data.json 1.0)."""

from typing import Any

from archive.citing.reference import Reference

TYPES = {"article": "article-newspaper", "record": "entry", "dataset": "dataset"}


def to_csl(ref: Reference) -> dict[str, Any]:
    """Return one CSL item; unknown values are left out."""
    item: dict[str, Any] = {
        "id": ref.key,
        "type": TYPES[ref.kind],
        "title": ref.title,
        "URL": ref.url or ref.archived_url,
        "language": ref.language,
        "version": ref.version,
        "note": note_of(ref),
    }
    if ref.kind == "article":
        item |= {"container-title": ref.publisher, "archive_location": ref.archived_url}
        item["author"] = [{"literal": name} for name in ref.authors]
    else:
        item |= {"publisher": ref.publisher, "author": [{"literal": ref.publisher}]}
    if ref.issued:
        item["issued"] = {"date-parts": [[ref.issued.year, ref.issued.month, ref.issued.day]]}
    return {name: value for name, value in item.items() if value not in ("", [])}


def note_of(ref: Reference) -> str:
    """Join the note with the digest of the archived copy."""
    return "; ".join(part for part in (ref.note, f"sha256:{ref.sha256}" if ref.sha256 else "") if part)
