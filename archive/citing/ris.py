"""RIS, read by EndNote, Zotero and Mendeley: `TY  - …` lines ended by CR LF, dates YYYY/MM/DD/."""

from archive.citing.csl import note_of
from archive.citing.reference import Reference

TYPES = {"article": "NEWS", "report": "RPRT", "dataset": "DATA", "record": "ELEC"}


def to_ris(ref: Reference) -> str:
    """Return one record, ended by its ER line."""
    tags: list[tuple[str, str]] = [("TY", TYPES[ref.kind]), ("ID", ref.key), ("TI", ref.title)]
    tags += [("AU", name) for name in ref.by]
    tags += [("T2" if ref.kind == "article" else "PB", ref.publisher)]
    if ref.issued:
        tags += [("PY", str(ref.issued.year)), ("DA", f"{ref.issued:%Y/%m/%d}/")]
    tags += [("ET", ref.version), ("LA", ref.language), ("UR", ref.url or ref.archived_url)]
    if ref.accessed:
        tags += [("Y2", f"{ref.accessed:%Y/%m/%d}/")]
    if ref.is_archived_elsewhere:
        tags += [("L2", ref.archived_url if ref.url else "")]
    if ref.archived_url:
        tags += [("DB", ref.archive)]
    tags += [("N1", note_of(ref))]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])
