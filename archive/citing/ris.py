"""RIS, read by EndNote, Zotero and Mendeley: `TY  - …` lines ended by CR LF, dates YYYY/MM/DD/."""

from archive.citing.csl import note_of
from archive.citing.reference import Reference

TYPES = {"article": "NEWS", "record": "ELEC", "dataset": "DATA"}


def to_ris(ref: Reference) -> str:
    """Return one record, ended by its ER line."""
    tags: list[tuple[str, str]] = [("TY", TYPES[ref.kind]), ("ID", ref.key), ("TI", ref.title)]
    tags += [("AU", name) for name in ref.authors or (() if ref.kind == "article" else (ref.publisher,))]
    tags += [("T2" if ref.kind == "article" else "PB", ref.publisher)]
    if ref.issued:
        tags += [("PY", str(ref.issued.year)), ("DA", f"{ref.issued:%Y/%m/%d}/")]
    tags += [("ET", ref.version), ("LA", ref.language), ("UR", ref.url or ref.archived_url)]
    if ref.archived_url and ref.archived_url != ref.url:
        tags.append(("L2", ref.archived_url))
    tags += [("N1", note_of(ref)), ("ER", "")]
    return "".join(f"{tag}  - {' '.join(value.split())}".rstrip(" ") + "\r\n" if tag != "ER" else "ER  - \r\n"
                   for tag, value in tags if value or tag == "ER")  # fmt: skip
