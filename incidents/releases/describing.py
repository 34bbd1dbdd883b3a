"""What a release says of itself: for people, for who cites it, for the registry of its DOI, and for who checks it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import yaml
from django.conf import settings

from archive import addresses
from incidents.formats import licences
from incidents.models import Release

TITLE = "{site}: incidents, claims and sources"
ABSTRACT = (
    "Attacks as published reports tell of them: date, place, facilities, actors, weapons and casualties, every fact "
    "tied to the words that support it. CSV files with their schemas (Frictionless Data package); codebook.md says "
    "what each column means."
)
README = """# {title}

Release {name}, made {made_at}. {note}

{abstract}

- Page of this release: <{page}>
- What is new, and newer releases: <{releases}>
- Method: <{method}>
- Licence: LICENCE.md. Whom to name: ATTRIBUTION.md. How to cite: CITATION.cff.

A release never changes. What was withdrawn since, or is told otherwise today, is in the newest release and at the
permalinks of the records. Where something that a release holds has since been withheld, to protect people, it can no
longer be downloaded: please use the newest one then, and delete your copy of that part.

| file | rows |
|---|---|
{tables}

Check the files: `sha256sum -c sha256sums.txt`.
"""


def doi_of(name: str) -> str:
    """Return the DOI of a release; "" where the archive has no prefix."""
    return f"{settings.DOI_PREFIX}.{name}" if settings.DOI_PREFIX else ""


def title() -> str:
    return TITLE.format(site=settings.SITE_NAME)


def readme(name: str, made_at: datetime, note: str, counts: Mapping[str, int]) -> str:
    return README.format(
        title=title(),
        name=name,
        made_at=f"{made_at:%Y-%m-%d %H:%M} UTC",
        note=note,
        abstract=ABSTRACT,
        page=addresses.whole("release", name),
        releases=addresses.whole("releases"),
        method=addresses.whole("method"),
        tables="\n".join(f"| `{table}.csv` | {rows} |" for table, rows in counts.items()),
    )


def citation(name: str, made_at: datetime) -> str:
    """Return CITATION.cff (Citation File Format 1.2.0)."""
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them so, and the permalink of each record that you rely on.",
        "type": "dataset",
        "title": title(),
        "authors": [{"name": settings.SITE_NAME, "website": settings.SITE_URL}],
        "version": name,
        "date-released": made_at.date(),
        "url": addresses.whole("release", name),
        "license": licences.RECORDS.name,
        "abstract": ABSTRACT,
    }
    if doi := doi_of(name):
        said["doi"] = doi
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120)


def datacite(name: str, made_at: datetime, before: str, size: int) -> str:
    """Return the metadata that DataCite registers a DOI with (schema 4.5, as JSON); without a DOI all but that.

    ``before`` is the release that this one follows, ``size`` of all tables in bytes.
    """
    page = addresses.whole("release", name)
    doi = doi_of(name)
    prefix, _slash, suffix = doi.partition("/")
    said: dict[str, Any] = {
        **({"doi": doi, "prefix": prefix, "suffix": suffix} if doi else {}),
        "identifiers": [{"identifier": doi, "identifierType": "DOI"}] if doi else [],
        "alternateIdentifiers": [{"alternateIdentifier": page, "alternateIdentifierType": "URL"}],
        "creators": [{"name": settings.SITE_NAME, "nameType": "Organizational"}],
        "titles": [{"title": title(), "lang": "en"}],
        "publisher": {"name": settings.SITE_NAME},
        "publicationYear": str(made_at.year),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Data package"},
        "subjects": [{"subject": "armed conflict"}, {"subject": "attacks on civilian facilities"}],
        "dates": [{"date": made_at.date().isoformat(), "dateType": "Issued"}],
        "language": "en",
        "version": name,
        "url": page,
        "formats": ["text/csv", "application/json", "application/zip"],
        "sizes": [f"{size} bytes"],
        "rightsList": [
            {
                "rights": licences.RECORDS.title,
                "rightsUri": licences.RECORDS.path,
                "rightsIdentifier": licences.RECORDS.name,
                "rightsIdentifierScheme": "SPDX",
            }
        ],
        "descriptions": [{"description": ABSTRACT, "descriptionType": "Abstract", "lang": "en"}],
        "relatedIdentifiers": related(before),
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def schema_org(release: Release) -> dict[str, Any]:
    """Return a release as a Dataset of schema.org, for search engines of data."""
    archive = addresses.whole("release_file", release.name, release.archive["name"])
    doi = doi_of(release.name)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": addresses.whole("release", release.name),
        "name": title(),
        "description": ABSTRACT,
        "version": release.name,
        "datePublished": release.made_at.date().isoformat(),
        "license": licences.RECORDS.path,
        "creator": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "isAccessibleForFree": True,
        **({"identifier": f"https://doi.org/{doi}"} if doi else {}),
        "distribution": [{"@type": "DataDownload", "encodingFormat": "application/zip", "contentUrl": archive}],
    }


def related(before: str) -> list[dict[str, str]]:
    if not before:
        return []
    doi = doi_of(before)
    known, kind = (doi, "DOI") if doi else (addresses.whole("release", before), "URL")
    return [{"relatedIdentifier": known, "relatedIdentifierType": kind, "relationType": "IsNewVersionOf"}]


def sums(files: Iterable[Mapping[str, Any]]) -> str:
    """Return the checksums as `sha256sum -c` reads them."""
    return "".join(f"{file['sha256']}  {file['name']}\n" for file in files)
