"""Entries that BibTeX, BibLaTeX with biber, pybtex and citation managers read alike.

The types are those of classic BibTeX, which knows no `online` and no `dataset`; the fields are those that the data
model of BibLaTeX has for these types. Classic styles leave `url` and `organization` out, so outlet and address stand
in `howpublished` too (a report has none: in `note`). The address is text there, with `%` and `_` escaped: `\\url` needs
a package, and breaks on `%` within BibLaTeX. Unicode is kept.
"""

from archive.citing.csl import note_of
from archive.citing.reference import Reference

TYPES = {"article": "misc", "report": "techreport", "dataset": "misc", "record": "misc"}
NAMES = {"report": "Report", "dataset": "Data set"}
LANGUAGES = {"en": "english", "ar": "arabic", "fr": "french", "tr": "turkish", "fa": "persian", "ku": "kurdish"}
ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "{}%&#_$"})
ESCAPES |= str.maketrans({"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " "})


def to_bibtex(ref: Reference) -> str:
    """Return one entry, ended by a line feed; corporate authors stand in braces, so that TeX keeps them whole."""
    bodies = () if ref.authors or not ref.publisher else (ref.publisher,)
    is_report = ref.kind == "report"
    main = address(ref.url or ref.archived_url)
    outlet = ref.publisher if ref.authors else ""
    archived = f"Archived at {address(ref.archived_url)}" if ref.url and ref.is_archived_elsewhere else ""
    fields = {
        "title": f"{{{escape(ref.title)}}}",
        "author": " and ".join([*map(person, ref.authors), *(f"{{{escape(body)}}}" for body in bodies)]),
        "date": ref.issued.isoformat() if ref.issued else "",
        "year": str(ref.issued.year) if ref.issued else "",
        "type": NAMES.get(ref.kind, ""),
        "institution" if is_report else "organization": escape(ref.publisher),
        "version": escape(ref.version),
        "howpublished": "" if is_report else together(outlet, ref.keeper, main, mark=", "),
        "url": main,
        "urldate": ref.accessed.isoformat() if ref.accessed else "",
        "langid": LANGUAGES.get(ref.language, ""),
        "note": together(main if is_report else "", archived, note_of(ref), mark="; "),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{TYPES[ref.kind]}{{{ref.key},", *lines, "}"]) + "\n"


def together(*parts: str, mark: str) -> str:
    """Join what is known, escaped."""
    return escape(mark.join(filter(None, parts)))


def person(name: str) -> str:
    """A person's name, left to BibTeX to take apart, unless it holds what stands between two names."""
    return f"{{{escape(name)}}}" if " and " in name else escape(name)


def escape(text: str) -> str:
    return text.translate(ESCAPES)


def address(url: str) -> str:
    """Keep an address whole: percent-encode only what would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace("\n", "")
