"""BibLaTeX entries, readable by BibTeX: Unicode is kept, what TeX would act on is escaped."""

from archive.citing.csl import note_of
from archive.citing.reference import Reference

TYPES = {"article": "online", "report": "report", "dataset": "dataset", "record": "online"}
LANGUAGES = {"en": "english", "ar": "arabic", "fr": "french", "tr": "turkish", "fa": "persian", "ku": "kurdish"}
ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "{}%&#_$"})
ESCAPES |= str.maketrans({"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " "})


def to_bibtex(ref: Reference) -> str:
    """Return one entry, ended by a line feed; corporate authors stand in braces, so that TeX keeps them whole."""
    bodies = () if ref.authors or not ref.publisher else (ref.publisher,)
    archived = f"Archived at {ref.archived_url}" if ref.url and ref.is_archived_elsewhere else ""
    fields = {
        "title": f"{{{escape(ref.title)}}}",
        "author": " and ".join([*map(person, ref.authors), *(f"{{{escape(body)}}}" for body in bodies)]),
        "date": ref.issued.isoformat() if ref.issued else "",
        "year": str(ref.issued.year) if ref.issued else "",
        "type": "Report" if ref.kind == "report" else "",
        "institution" if ref.kind == "report" else "publisher": escape(ref.publisher),
        "version": escape(ref.version),
        "url": address(ref.url or ref.archived_url),
        "urldate": ref.accessed.isoformat() if ref.accessed else "",
        "langid": LANGUAGES.get(ref.language, ""),
        "note": escape("; ".join(filter(None, [archived, note_of(ref)]))),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{TYPES[ref.kind]}{{{ref.key},", *lines, "}"]) + "\n"


def person(name: str) -> str:
    """A person's name, left to BibTeX to take apart, unless it holds what stands between two names."""
    return f"{{{escape(name)}}}" if " and " in name else escape(name)


def escape(text: str) -> str:
    return text.translate(ESCAPES)


def address(url: str) -> str:
    """Keep an address whole: percent-encode only what would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace("\n", "")
