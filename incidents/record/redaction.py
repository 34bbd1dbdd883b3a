"""What readers may see of a record today: an edition stays as it was, but a withheld article's words do not show."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models.functions import Greatest

from archive.models import Article
from archive.terms import TextPolicy, Visibility
from incidents.record.whole import IncidentRecord


class Access(NamedTuple):
    """Whether readers may see an article at all, whether they may see quotes of it, and when that last changed."""

    is_public: bool
    has_quotes: bool
    changed_at: datetime | None = None


NONE = Access(is_public=False, has_quotes=False)


def access_to(contents: Iterable[IncidentRecord]) -> dict[str, Access]:
    """Return what readers may see of every article that the records cite, by public id: one query."""
    wanted = {public_id for content in contents for public_id in content["articles"]}
    rows = Article.objects.filter(public_id__in=wanted).annotate(changed=Greatest("updated_at", "source__updated_at"))
    return {
        public_id: Access(visibility == Visibility.PUBLIC, policy != TextPolicy.REFERENCE, changed)
        for public_id, visibility, policy, changed in rows.values_list(
            "public_id", "visibility", "source__text_policy", "changed"
        )
    }


def redacted(content: IncidentRecord) -> IncidentRecord:
    """Return the record as readers may see it now (one query): every page, export and feed goes through here.

    Of an article that is not public any more the title, address and quotes are None, with ``withheld`` true; of a
    source that is for reference only, the quotes. Facts, claims and positions stay.
    """
    return redact(content, access_to([content]))


def redacted_all(contents: Iterable[IncidentRecord]) -> list[IncidentRecord]:
    """As `redacted`, for many records, in one query."""
    contents = list(contents)
    access = access_to(contents)
    return [redact(content, access) for content in contents]


def redact(content: IncidentRecord, access: Mapping[str, Access]) -> IncidentRecord:
    """As `redacted`, by a table of what readers may see. The argument stays as it is."""
    seen = {public_id: access.get(public_id, NONE) for public_id in content["articles"]}
    if all(each.is_public and each.has_quotes for each in seen.values()):
        return content
    return {
        **content,
        "articles": {
            public_id: article
            if seen[public_id].is_public
            else {**article, "title": None, "url": None, "withheld": True}
            for public_id, article in content["articles"].items()
        },
        "passages": {
            public_id: passage
            if seen[passage["article"]].is_public and seen[passage["article"]].has_quotes
            else {**passage, "exact": None, "prefix": None, "suffix": None, "withheld": True}
            for public_id, passage in content["passages"].items()
        },
    }
