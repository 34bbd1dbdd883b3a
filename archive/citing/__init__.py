"""How a thing is cited: one reference, written in plain styles and in the formats of citation managers. No Django."""

from archive.citing.bibtex import to_bibtex
from archive.citing.csl import to_csl
from archive.citing.file_formats import FORMATS, Format
from archive.citing.reference import Reference
from archive.citing.ris import to_ris
from archive.citing.styles import STYLES, cite

__all__ = ["FORMATS", "STYLES", "Format", "Reference", "cite", "to_bibtex", "to_csl", "to_ris"]
