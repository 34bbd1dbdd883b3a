"""The whole record of an edition, as readers may have it today."""

from typing import Any

from django.conf import settings

from incidents.models import Edition
from incidents.record.flat import EDITION_PATH
from incidents.record.redaction import redacted


def document_of(edition: Edition) -> dict[str, Any]:
    """Return the content with its permalink and digest; the keys are those of `fields.EDITIONS`."""
    return written(redacted(edition.content), edition.sha256)


def written(content: dict[str, Any], sha256: str) -> dict[str, Any]:
    """As `document_of`, of a content that is redacted already."""
    return {**content, "permalink": permalink(content), "sha256": sha256}


def permalink(content: dict[str, Any]) -> str:
    """Return the whole address of the edition, for ever and in every language the same."""
    return settings.SITE_URL + EDITION_PATH.format(code=content["code"], version=content["version"])
