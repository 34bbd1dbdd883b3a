"""The whole record of an edition, as readers may have it today."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from archive import addresses
from incidents.models import Edition
from incidents.record.redaction import redacted
from incidents.record.whole import Document, IncidentRecord


def document_of(edition: Edition) -> Document:
    """Return the content with its permalink and digest; the keys are those of `fields.EDITIONS`."""
    return written(redacted(edition.content), edition.sha256)


def written(content: IncidentRecord, sha256: str) -> Document:
    """As `document_of`, of a content that is redacted already."""
    return {**content, "permalink": permalink(content), "sha256": sha256}


def permalink(content: Mapping[str, Any]) -> str:
    """Return the whole address of the edition of a record, for ever and in every language the same."""
    return settings.SITE_URL + addresses.template("edition", 2).format(content["code"], content["version"])
