"""Lists of incidents as readers follow them by e-mail: what `updated_since` lists."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from django.http import QueryDict
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive import addresses
from archive.alerts import FollowedList, Kind, News, Told, follow
from archive.lists.followed import followed_list
from archive.localisation import isolated
from archive.terms import Followed
from incidents.formats.incident_feed import notes_of
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.models import Edition, EditorialEvent, Incident, PublishedIncident, PublishedRecord
from incidents.presentation import rows as presented
from incidents.presentation.changes import note_of
from incidents.record.opening import opened
from incidents.record.same_attack import reasons_seen
from incidents.terms import Action, State


def read(query: str) -> FollowedList:
    listing = IncidentListing(read_incidents(QueryDict(query)))
    return followed_list(listing, listing.sentence, apart_from=("updated_since",))


def news(query: str, since: datetime, until: datetime, most: int) -> News:
    """What was published, changed, shown otherwise, withdrawn or merged within the time, as readers see it now."""
    params = QueryDict(query, mutable=True)
    params["updated_since"] = since.astimezone(UTC).isoformat()
    changed = read_incidents(params).qs.filter(changed_at__lt=until)
    rows = list(changed.order_by("-changed_at", "-pk")[:most])
    return News(tuple(told(rows, since)), changed.count())


def told(rows: Sequence[PublishedIncident], since: datetime) -> Iterator[Told]:
    """What is told of these incidents, in this order: the facts in a line, no quotes. Six queries."""
    records = PublishedRecord.objects.order_by().in_bulk([row.pk for row in rows])
    notes = notes_of([row.edition_id for row in rows])
    closed = Incident.objects.select_related("merged_into").in_bulk(
        [row.pk for row in rows if row.state != State.PUBLISHED]
    )
    reasons = reasons_seen({one.code: one.closed_reason for one in closed.values()})
    happened = what_happened(rows, since)
    for row in rows:
        if row.pk in closed:
            yield closed_one(row, closed[row.pk], reasons[row.code])
        elif row.pk in records:
            shown = presented.row(opened(records[row.pk].record))
            said = isolated(note_of(notes[row.edition_id]))
            note = _("Version %(number)s: %(note)s") % {"number": row.version, "note": said}
            path = addresses.path("incident", row.code, language=get_language() or "")
            yield Told(happened[row.pk], shown.title, (facts(shown), note), path)


def what_happened(rows: Sequence[PublishedIncident], since: datetime) -> Mapping[int, str]:
    """New to readers since then, a new version, published again, or shown otherwise without one."""
    pks = [row.pk for row in rows]
    first = Edition.objects.filter(incident__in=pks, number=1).values_list("incident", "published_at")
    is_new = {pk for pk, at in first if at >= since}
    restored = EditorialEvent.objects.filter(incident__in=pks, action=Action.RESTORED, at__gte=since)
    is_restored = set(restored.values_list("incident", flat=True))
    found = {}
    for row in rows:
        if row.pk in is_new:
            found[row.pk] = pgettext("incident", "New")
        elif row.published_at >= since:
            found[row.pk] = pgettext("incident", "New version")
        elif row.pk in is_restored:
            found[row.pk] = pgettext("incident", "Published again")
        else:
            found[row.pk] = pgettext("incident", "Shown otherwise, without a new version")
    return found


def facts(row: presented.Row) -> str:
    """The facts in a line; what is not known is left out."""
    who = [_("%(actor)s (disputed)") % {"actor": one.name} if one.is_disputed else one.name for one in row.who]
    counts = {_("Killed"): row.killed, _("Injured"): row.injured}
    comma = pgettext("list of names", ", ")
    told = [row.occurred, row.place, comma.join(row.struck), comma.join(who)]
    told += [f"{label}: {value}" for label, value in counts.items() if value]
    return " · ".join(fact for fact in told if fact)


def closed_one(row: PublishedIncident, incident: Incident, reason: str) -> Told:
    """Say that it was withdrawn or merged, and why; nothing of what it stated."""
    survivor = incident.merged_into
    what = pgettext("incident", "Merged") if survivor else pgettext("incident", "Withdrawn")
    lines = [_("Merged into %(code)s.") % {"code": survivor.code}] if survivor else []
    path = addresses.path("incident", row.code, language=get_language() or "")
    return Told(what, row.code, tuple(line for line in (*lines, isolated(reason)) if line), path)


def more(query: str, since: datetime) -> str:
    """The list of what changed since the day on which the time began, the last first."""
    params = QueryDict(query, mutable=True)
    params["updated_since"] = f"{since.astimezone(UTC):%Y-%m-%d}"
    params["order"] = "updated"
    return params.urlencode()


def register() -> None:
    follow(Followed.INCIDENTS, Kind("incidents", read, news, more))
