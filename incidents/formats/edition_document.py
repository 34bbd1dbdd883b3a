"""The whole record of an edition, as readers may have it today."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from archive import addresses
from incidents.models import Edition
from incidents.record.links import LinkRecord
from incidents.record.redaction import redacted
from incidents.record.whole import Document, IncidentRecord


def document_of(edition: Edition, merged_from: Sequence[str] = (), links: Sequence[LinkRecord] = ()) -> Document:
    """Return the content with its permalink and digest; the keys are those of `fields.EDITIONS`.

    ``merged_from`` are the codes of the records that were merged into this one, ``links`` what editors linked to it.
    """
    return written(redacted(edition.content), edition.sha256, merged_from, links)


def written(
    content: IncidentRecord, sha256: str, merged_from: Sequence[str] = (), links: Sequence[LinkRecord] = ()
) -> Document:
    """As `document_of`, of a content that is redacted already."""
    document: Document = {**content, "permalink": permalink(content), "sha256": sha256}
    if merged_from:
        document["merged_from"] = list(merged_from)
    if links:
        document["links"] = list(links)
    return document


def permalink(content: Mapping[str, Any]) -> str:
    """Return the whole address of the edition of a record, for ever and in every language the same."""
    return settings.SITE_URL + addresses.template("edition", 2).format(content["code"], content["version"])
