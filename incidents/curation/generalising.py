"""Letting readers learn only the district of a facility, so that people in it are not found; and the town again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pghistory
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from archive.locking import acting, lock_row
from archive.models import Article, Passage, Place, User
from archive.terms import Level
from archive.text.withheld import Withheld, holds
from incidents.curation.acting import required
from incidents.curation.passage_citations import write_citations
from incidents.curation.published_rows import show_otherwise
from incidents.errors import FacilityPlaceError
from incidents.models import Claim, Facility, Incident, PublishedIncident
from incidents.record.generalised import Known, general_of, region_of
from incidents.record.same_attack import incidents_of
from incidents.record.written_points import written_points
from incidents.standing_names import merged_here, places_ever, standing

PERMISSION = "incidents.generalise_facility"


@dataclass(frozen=True)
class PlacePlan:
    """What readers come to see or see no more, worked out before anything is done.

    ``incidents`` are those that readers have; ``reports`` name the town in what is quoted of them, or in their titles;
    ``telling`` are names of the facility that do. ``others`` are named by these incidents, too, and their own pages
    tell where they are.
    """

    facility: Facility
    region: Place
    incidents: list[PublishedIncident]
    reports: list[Article]
    telling: list[str]
    others: list[Facility]


def plan_place(facility: Facility) -> PlacePlan:
    concerned = concerning(together(facility))
    places = places_ever([facility.pk])[facility.pk]
    known = Known.of(Place.objects.filter(pk__in=places))
    words = general_of(sorted(places), known).names
    codes = Incident.objects.filter(pk__in=concerned).values("code")
    cited = Q(claims__incident__in=concerned) | Q(citations__record__in=codes)
    passages = Passage.objects.filter(cited).select_related("text_version__article").distinct()
    return PlacePlan(
        facility=facility,
        region=region_of(facility.place, known.places),
        incidents=list(PublishedIncident.objects.filter(pk__in=concerned).order_by("-sort_on", "pk")),
        reports=reports_naming(passages.order_by("pk"), words),
        telling=names_telling(facility),
        others=others_telling(Claim.every.filter(incident__in=concerned)),
    )


def others_telling(claims: QuerySet[Claim]) -> list[Facility]:
    """The facilities that claims name and of which readers learn more than the district."""
    shown = Facility.objects.filter(is_generalised=False, merged_into=None, place__level__gt=Level.DISTRICT)
    return list(shown.filter(pk__in=claims.values("facility")).select_related("place").order_by("name_en", "pk"))


def names_telling(facility: Facility, *, now: Facility | None = None, other: Facility | None = None) -> list[str]:
    """The names of a facility, and of what was merged into it, that have a name of its town in them, or of one in which
    it once was. ``now`` is as it is about to be saved; ``other`` is about to be merged into it.
    """
    facilities = [one for given in (facility, other) if given for one in (given, *merged_here(given))]
    told = [now if now and one.pk == now.pk else one for one in facilities]
    places = {one.place_id for one in told}.union(*places_ever([one.pk for one in facilities]).values())
    words = general_of(sorted(places), Known.of(Place.objects.filter(pk__in=places))).names
    names = dict.fromkeys(name for one in told for name in (one.name_en, one.name_ar, *one.aliases))
    return [name for name in names if holds(name, words)]


def reports_naming(passages: Iterable[Passage], words: Collection[Withheld]) -> list[Article]:
    """The reports of which readers are shown one of these words, or coordinates, in a quote or the title, each once."""
    found: dict[int, Article] = {}
    for passage in passages:
        article = passage.text_version.article
        shown = "\n".join((article.title, passage.prefix + passage.exact + passage.suffix))
        if article.pk not in found and (holds(shown, list(words)) or written_points([shown])):
            found[article.pk] = article
    return list(found.values())


def generalise_place(facility: Facility, *, by: User | None, reason: str, seen: int | None = None) -> Facility:
    """Let readers learn only the district of a facility, and of every incident of which an edition names it, at once.

    Older editions are not changed: they are read so. Raises `FacilityPlaceError` where its name tells the town, or
    there is nothing to do; `InvalidError` (no reason), `PermissionDenied`, and `StaleRowError` when ``seen`` is not its
    `lock_version` any more.
    """
    return change(facility, True, by=by, reason=reason, seen=seen)


def show_place(facility: Facility, *, by: User | None, reason: str, seen: int | None = None) -> Facility:
    """Let readers learn the town again; editions that were published meanwhile keep the district. Raises as above."""
    return change(facility, False, by=by, reason=reason, seen=seen)


def change(facility: Facility, is_generalised: bool, *, by: User | None, reason: str, seen: int | None) -> Facility:
    reason = required("reason", reason, gettext("Say why: it stays in the history of the facility."))
    if by is not None and not by.has_perm(PERMISSION):
        raise PermissionDenied
    with acting(by), pghistory.context(reason=reason):
        group = together(facility)
        concerned = concerning(group)
        list(Incident.objects.select_for_update(of=("self",)).filter(pk__in=concerned).order_by("pk").values_list("pk"))
        current = lock_row(Facility, facility.pk, seen=seen) if seen is not None else facility
        current.refresh_from_db()
        refuse(current, is_generalised)
        now = timezone.now()
        Facility.objects.filter(pk__in=group).update(
            is_generalised=is_generalised, generalised_changed_at=now, updated_at=now
        )
        write_again(concerned, by=by)
    current.refresh_from_db()
    return current


def follow_place(facility: Facility, *, by: User | None) -> None:
    """Write again what readers find of a generalised facility's incidents, after it was said to be elsewhere."""
    if facility.is_generalised:
        write_again(concerning(together(standing(facility))), by=by)


def write_again(concerned: Collection[int], *, by: User | None) -> None:
    show_otherwise(concerned, by=by)
    for incident in Incident.objects.filter(pk__in=concerned):
        write_citations(incident)


def refuse(facility: Facility, is_generalised: bool) -> None:
    """Raise `FacilityPlaceError` that says what is in the way."""
    if facility.merged_into is not None:
        told = gettext("“%(row)s” is merged into “%(survivor)s”: decide it there.")
        raise FacilityPlaceError(told % {"row": facility, "survivor": facility.merged_into})
    if facility.is_generalised == is_generalised:
        raise FacilityPlaceError(gettext("It is so already."))
    if is_generalised and (telling := names_telling(facility)):
        told = gettext("Its name tells the town: %(names)s. Give it another name first, without the town.")
        raise FacilityPlaceError(told % {"names": ", ".join(telling)})


def together(facility: Facility) -> list[int]:
    """The keys of a facility and of all that were merged into it: they are one."""
    return sorted(one.pk for one in (facility, *merged_here(facility)))


def concerning(facilities: Collection[int]) -> list[int]:
    """The keys of incidents of which a claim, standing or not, names one of these, and of others of the same attack."""
    codes = Claim.every.filter(facility__in=facilities).values_list("incident__code", flat=True)
    return incidents_of(set(codes))
