"""Editions as readers may see them now, and by what caches know whether that is still so."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from archive.web import caching
from incidents.models import Edition, PublishedIncident
from incidents.record.redaction import access_to
from incidents.record.whole import IncidentRecord
from incidents.terms import State


@dataclass(frozen=True, slots=True)
class VisibleEditions:
    """Contents of editions after redaction; ``state`` is all that a page of them depends on, as plain values."""

    contents: list[IncidentRecord]
    state: list[Any]
    changed_at: datetime

    @classmethod
    def of(cls, row: PublishedIncident, *editions: Edition) -> Self:
        """Read what readers may see of these editions today: in as few queries as `access_to`.

        An embargo, a source that becomes a reference only, words that are withheld, and their end each change
        ``state``; so do a newer edition and a merger.
        """
        access, about = table = access_to([edition.content for edition in editions])
        moments = [edition.published_at for edition in editions]
        moments += [each.changed_at for each in access.values() if each.changed_at]
        moments += [each.changed_at for each in about.values()]
        if row.state != State.PUBLISHED:
            moments.append(row.changed_at)
        allowed = sorted((public_id, each.is_public, each.has_quotes, each.words) for public_id, each in access.items())
        hidden = sorted((code, each.words, each.general is not None) for code, each in about.items())
        return cls(
            contents=[table.seen(edition.content) for edition in editions],
            state=[row.state, row.version, [edition.sha256 for edition in editions], allowed, hidden],
            changed_at=max(moments),
        )

    def since(self, *moments: datetime) -> Self:
        """The same, last changed at the latest of these moments, if that is later."""
        return replace(self, changed_at=max([self.changed_at, *moments]))

    def answer(
        self,
        request: HttpRequest,
        make: Callable[[], HttpResponse],
        *more: Any,
        policy: caching.Policy = caching.LIVE,
    ) -> HttpResponseBase:
        """Return 304, or what ``make`` returns; ``more`` is what it depends on besides."""
        etag = caching.entity_tag(request.path, *self.state, *more)
        return caching.answer(request, make, etag=etag, changed_at=self.changed_at, policy=policy)
