"""The files of citation managers: what each is called, its media type, and how it is written."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from archive.citing.bibtex import to_bibtex
from archive.citing.csl import to_csl
from archive.citing.reference import Reference
from archive.citing.ris import to_ris


@dataclass(frozen=True)
class Format:
    """``suffix`` ends the address of such a file; ``write`` returns its content."""

    suffix: str
    label: str
    media_type: str
    write: Callable[[Reference], str]


def csl_document(ref: Reference) -> str:
    """A CSL-JSON document is an array of items, here of one."""
    return json.dumps([to_csl(ref)], ensure_ascii=False, indent=2) + "\n"


FORMATS = {
    made.suffix: made
    for made in (
        Format("bib", "BibTeX", "application/x-bibtex", to_bibtex),
        Format("ris", "RIS", "application/x-research-info-systems", to_ris),
        Format("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_document),
    )
}
