"""What lists and exports read, made from the current editions: narrow rows, flat records, and who cites a passage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any, Literal

from django.conf import settings
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import override

from archive import dates, withheld
from archive.models import Article, Citation, Source, User
from archive.search import vectors
from incidents.curation.record_keys import Keys, Named, one_of, source_slugs
from incidents.curation.upserts import upsert
from incidents.models import (
    Edition,
    EditorialEvent,
    Incident,
    PublishedIncident,
    PublishedRecord,
)
from incidents.record.flat import flat_row, in_order
from incidents.record.opening import opening
from incidents.record.parts import PlaceRecord, TermNames
from incidents.record.redaction import access_stored
from incidents.record.same_attack import incidents_of
from incidents.record.whole import IncidentRecord, counts_in
from incidents.terms import LISTED, Action, State, Status

BATCH = 500
ENDS: tuple[Literal["low"], Literal["high"]] = ("low", "high")


def refresh_rows(incident_ids: Iterable[int]) -> int:
    """Make the rows of these incidents again from their current editions; return how many there are.

    Incidents without an edition have no row. In batches of 500, each with a constant number of queries, in one
    transaction a batch. The articles' visibility is that of today.
    """
    pks = sorted(set(incident_ids))
    return sum(refresh_batch(pks[first : first + BATCH]) for first in range(0, len(pks), BATCH))


def show_otherwise(incident_ids: Iterable[int], *, by: User | None) -> int:
    """Make the rows of these incidents again, and tell whoever follows changes that readers see them otherwise now."""
    pks = sorted(set(incident_ids))
    published = Incident.objects.filter(pk__in=pks, editions__isnull=False).distinct()
    EditorialEvent.objects.bulk_create(
        [EditorialEvent(incident=incident, action=Action.SHOWN_OTHERWISE, by=by) for incident in published]
    )
    return refresh_rows(pks)


def refresh_citing(article: Article, *, by: User | None) -> int:
    """Make the rows of all incidents again of which a record of the same attack cites an article, after it changed."""
    cited = Citation.objects.filter(passage__text_version__article=article).order_by().distinct()
    return show_otherwise(incidents_of(cited.values_list("record", flat=True)), by=by)


def refresh_resting_on(source: Source, *, by: User | None) -> int:
    """Make the rows of all incidents again that cite a text of a source, after what readers may read of it changed."""
    codes = Citation.objects.filter(passage__text_version__article__source=source).values("record")
    return show_otherwise(Incident.objects.filter(code__in=codes).values_list("pk", flat=True), by=by)


@transaction.atomic
def refresh_batch(pks: Sequence[int]) -> int:
    rows = PublishedIncident.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    list(rows.order_by("pk").values_list("pk"))  # before editions are read: no older one is written over a newer
    newest = Edition.objects.filter(incident_id__in=pks).order_by("incident_id", "-number").distinct("incident_id")
    editions = list(newest.select_related("incident"))
    write_rows(editions, changed_since([edition.incident_id for edition in editions]))
    return len(editions)


def write_rows(editions: Sequence[Edition], changed: Mapping[int, datetime]) -> None:
    """Write the rows of current editions, their incidents at hand; ``changed`` is as `changed_since` gives it."""
    with override(settings.LANGUAGE_CODE):
        table = access_stored(edition.content for edition in editions)
        contents = [table.seen(edition.content) for edition in editions]
    keys = Keys.of(contents)
    indexed = vectors([document(content) for content in contents])
    rows = [
        published_row(edition, content, keys, vector, changed.get(edition.incident_id))
        for edition, content, vector in zip(editions, contents, indexed, strict=True)
    ]
    upsert(rows)
    upsert(
        [
            PublishedRecord(
                incident_id=edition.incident_id, record={**flat_row(content), **opening(content, table.articles)}
            )
            for edition, content in zip(editions, contents, strict=True)
        ]
    )


def changed_since(pks: Sequence[int]) -> dict[int, datetime]:
    """When incidents were last restored, or shown otherwise without a new edition, for those that were."""
    events = EditorialEvent.objects.filter(incident_id__in=pks, action__in=(Action.RESTORED, Action.SHOWN_OTHERWISE))
    return dict(events.values_list("incident_id").annotate(models.Max("at")).order_by())


def published_row(
    edition: Edition, content: IncidentRecord, keys: Keys, vector: str, changed: datetime | None
) -> PublishedIncident:
    incident = edition.incident
    times = [edition.published_at, incident.closed_at, changed]
    return PublishedIncident(
        incident=incident,
        edition=edition,
        state=state_of(incident),
        code=incident.code,
        version=edition.number,
        scope=content["scope"],
        title_en=content["title_en"],
        title_ar=content["title_ar"],
        article_count=sum(not article.get("withheld") for article in content["articles"].values()),
        published_at=edition.published_at,
        changed_at=max(time for time in times if time),
        vector=vector,
        **dates_of(content["occurred"] or {}),
        **place_of(content["places"]),
        **counts_of(content),
        **keys_of(content, keys),
    )


def state_of(incident: Incident) -> str:
    closed = {
        Status.WITHDRAWN: State.WITHDRAWN,
        Status.MERGED: State.MERGED,
    }
    return closed.get(Status(incident.status), State.PUBLISHED)


def dates_of(occurred: Mapping[str, Any]) -> dict[str, Any]:
    lower, upper = (date.fromisoformat(occurred[key]) if occurred.get(key) else None for key in ("from", "to"))
    when = dates.parse(occurred["edtf"]) if occurred.get("edtf") else None
    certain = dates.certain_days(when) if when else None
    return {
        "occurred_edtf": occurred.get("edtf", ""),
        "occurred": day_range(lower, upper),
        "possible": day_range(*(dates.possible_days(when) if when else (lower, upper))),
        "certain": day_range(*certain) if certain else None,
        "lower": lower,
        "upper": None if upper == date.max else upper,
        "sort_on": lower or date.min,
    }


def day_range(first: date | None, last: date | None) -> DateRange:
    """Both ends included. PostgreSQL keeps the day after the last, which Python has no name for after 9999."""
    return DateRange(first, None if last == date.max else last, "[]")


def place_of(places: Sequence[PlaceRecord]) -> dict[str, Any]:
    primary: Mapping[str, Any] = places[0] if places else {}
    return {
        "place_precision": primary.get("precision", ""),
        "lat": primary.get("lat"),
        "lon": primary.get("lon"),
    }


def counts_of(content: IncidentRecord) -> dict[str, Any]:
    found = ((aspect, counts_in(content, aspect)) for aspect in LISTED)
    return {f"{aspect}_{end}": counts[end] if counts else None for aspect, counts in found for end in ENDS}


def keys_of(content: IncidentRecord, keys: Keys) -> dict[str, Any]:
    """What the record names as primary keys; what is gone from a vocabulary is left out."""
    places = [keys.places[place["pcode"]] for place in content["places"] if place["pcode"] in keys.places]
    return {
        "place_ids": unique(chain.from_iterable(places)),
        "primary_place_id": places[0][-1] if places else None,
        **actor_keys(content, keys.actors),
        "facility_ids": ids(content["facilities"], "id", keys.facilities),
        "facility_type_ids": ids(content["facility_types"], "slug", keys.facility_types),
        "weapon_ids": ids(content["weapons"], "slug", keys.weapons),
        "source_ids": unique(keys.sources[slug] for slug in source_slugs(content) if slug in keys.sources),
    }


def actor_keys(content: IncidentRecord, known: Mapping[str, list[int]]) -> dict[str, Any]:
    """Who certainly did it as claims say, and who possibly, being named as one of several: rule `actors_one_of`.

    What lies above all of the several is certain. No column of what is possible has what the certain one has.
    """
    asserted = [actor for actor in content["actors"] if actor["asserted"]]
    certain = branch_ids(asserted, known)
    disputed = branch_ids((actor for actor in asserted if actor["disputed"]), known)
    several = [one["actors"] for one in one_of(content)]
    for actors in several:
        above = [known.get(actor["slug"], []) for actor in actors]
        certain += [pk for pk in above[0] if all(pk in branch for branch in above)]
    possible = branch_ids(chain.from_iterable(several), known)
    possibly_disputed = branch_ids((actor for actors in several for actor in actors if actor["disputed"]), known)
    return {
        "actor_ids": unique(certain),
        "actor_disputed_ids": disputed,
        "actor_possible_ids": [pk for pk in possible if pk not in certain],
        "actor_possible_disputed_ids": [pk for pk in possibly_disputed if pk not in disputed],
        "most_alternatives": max(map(len, several), default=0),
    }


def ids(items: Iterable[Named], key: str, known: Mapping[str, int]) -> list[int]:
    return unique(known[item[key]] for item in items if item[key] in known)


def branch_ids(actors: Iterable[TermNames], known: Mapping[str, list[int]]) -> list[int]:
    return unique(chain.from_iterable(known.get(actor["slug"], []) for actor in actors))


def unique(values: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(values))


def document(content: IncidentRecord) -> dict[str, str]:
    """What search finds an incident by: its titles and places first, then who and what, the summary, the quotes."""
    names = [
        item[key]
        for part in ("facilities", "facility_types", "actors", "weapons")
        for item in content[part]
        for key in ("name_en", "name_ar")
    ]
    names += [actor[key] for one in one_of(content) for actor in one["actors"] for key in ("name_en", "name_ar")]
    names += [
        text for one in content.get("identifiers") or [] for text in (one["name_en"], one["name_ar"], one["value"])
    ]
    above = [unit for place in content["places"] for unit in place["ancestors"]]
    return {
        "A": lines([content["title_en"], content["title_ar"], *both(content["places"])]),
        "B": lines([*names, *both(above)]),
        "C": lines(text for sentence in content["summary"] for text in (sentence["text_en"], sentence["text_ar"])),
        "D": lines(passage["exact"] for _id, passage in in_order(content["passages"])),
    }


def both(items: Iterable[Named]) -> Iterator[str]:
    """The names of places, to show and official."""
    keys = ("label_en", "label_ar", "name_en", "name_ar")
    return (item[key] for item in items for key in keys if item.get(key))


def lines(texts: Iterable[str | None]) -> str:
    return "\n".join(dict.fromkeys(withheld.without_signs(text) for text in texts if text))
