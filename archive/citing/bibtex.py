"""BibLaTeX entries, readable by BibTeX: Unicode is kept, what TeX would act on is escaped."""

from archive.citing.csl import note_of
from archive.citing.reference import Reference

TYPES = {"article": "online", "record": "online", "dataset": "dataset"}
LANGUAGES = {"en": "english", "ar": "arabic", "fr": "french", "tr": "turkish", "fa": "persian", "ku": "kurdish"}
ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "{}%&#_$"})
ESCAPES |= str.maketrans({"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " "})


def to_bibtex(ref: Reference) -> str:
    """Return one entry, ended by a line feed; corporate authors stand in braces, so that TeX keeps them whole."""
    authors = ref.authors or ((ref.publisher,) if ref.publisher else ())
    note = note_of(ref)
    if ref.archived_url and ref.archived_url != ref.url:
        note = "; ".join(part for part in (f"Archived at {ref.archived_url}", note) if part)
    fields = {
        "title": f"{{{escape(ref.title)}}}",
        "author": " and ".join(f"{{{escape(name)}}}" for name in authors),
        "date": ref.issued.isoformat() if ref.issued else "",
        "year": str(ref.issued.year) if ref.issued else "",
        "publisher": escape(ref.publisher),
        "version": escape(ref.version),
        "url": address(ref.url or ref.archived_url),
        "langid": LANGUAGES.get(ref.language, ""),
        "note": escape(note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{TYPES[ref.kind]}{{{ref.key},", *lines, "}"]) + "\n"


def escape(text: str) -> str:
    return text.translate(ESCAPES)


def address(url: str) -> str:
    """Keep an address whole: percent-encode only what would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace("\n", "")
