"""Published records: the content of an edition, what readers may see of it, its flat row, and what changed."""

from incidents.records.changes import Difference, Shown, differences
from incidents.records.content import canonical, content_of, digest
from incidents.records.flat import COLUMNS, FURTHER_COLUMNS, flat_row, in_words
from incidents.records.redaction import Access, access_to, redact, redacted, redacted_all

__all__ = [
    "COLUMNS",
    "FURTHER_COLUMNS",
    "Access",
    "Difference",
    "Shown",
    "access_to",
    "canonical",
    "content_of",
    "differences",
    "digest",
    "flat_row",
    "in_words",
    "redact",
    "redacted",
    "redacted_all",
]
