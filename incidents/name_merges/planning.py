"""What merging two names would do: nothing is written here."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext

from archive.models import Place
from incidents.attack_likeness import Where, kilometres
from incidents.curation import names_telling
from incidents.curation.carrying import key_of
from incidents.curation.claim_changes import published_among
from incidents.curation.naming import claims_naming, name_instead
from incidents.duplicates import like, nearby
from incidents.errors import NameMergeError
from incidents.models import Actor, Claim, Facility, Incident, Speaker
from incidents.models.claims import shown
from incidents.standing_names import Name, kind_of, standing
from incidents.terms import NameKind


@dataclass(frozen=True, slots=True)
class Renamed:
    """A claim that would name the survivor; ``double`` is the one that says so already, by the same words."""

    claim: Claim
    double: Claim | None
    is_published: bool


@dataclass(frozen=True)
class NamePlan:
    """What merging ``row`` into ``survivor`` would do now. ``names`` become other names of the survivor.

    ``digest`` stands for the two, and all that names them, as they are now.
    """

    row: Name
    survivor: Name
    claims: list[Renamed]
    names: list[str]
    children: list[Actor]
    speakers: list[Speaker]
    digest: str

    @property
    def kind(self) -> NameKind:
        return kind_of(self.row)

    @property
    def changed(self) -> list[Renamed]:
        """Claims that no edition has: they name the survivor in place."""
        return [one for one in self.claims if one.double is None and not one.is_published]

    @property
    def replaced(self) -> list[Renamed]:
        """Claims that an edition has: they end, replaced by others that name the survivor."""
        return [one for one in self.claims if one.double is None and one.is_published]

    @property
    def doubles(self) -> list[Renamed]:
        return [one for one in self.claims if one.double is not None]

    @cached_property
    def incidents(self) -> list[Incident]:
        """Those whose claims name it, each once."""
        found = Incident.objects.filter(pk__in={one.claim.incident_id for one in self.claims})
        return list(found.select_related("row").order_by("pk"))

    @cached_property
    def published(self) -> list[Incident]:
        """Those of them that readers have: their editions stay as they are."""
        pks = {one.claim.incident_id for one in self.claims if one.is_published}
        return [incident for incident in self.incidents if incident.pk in pks]

    @cached_property
    def is_far(self) -> bool:
        """Whether they are facilities of places that are not near one another."""
        one, other = self.row, self.survivor
        if not isinstance(one, Facility) or not isinstance(other, Facility):
            return False
        return not nearby(one.place).filter(pk=other.place_id).exists()

    @property
    def distance(self) -> float | None:
        """In kilometres between the points of their towns; None where one is not known."""
        if not isinstance(self.row, Facility) or not isinstance(self.survivor, Facility):
            return None
        return distance(self.row.place, self.survivor.place)


def distance(one: Place, other: Place) -> float | None:
    return kilometres(
        *(Where(place.pk, place.label_en, place.level, (), place.lat, place.lon) for place in (one, other))
    )


def plan_merge(row: Name, *, into: Name) -> NamePlan:
    """Work out what `merge` would do, and write nothing; raises `NameMergeError` as it does.

    ``into`` is followed where it was merged itself.
    """
    refuse_other(row, into)
    survivor = standing(into)
    refuse_merge(row, survivor)
    claims = foresee(list(claims_naming(row).select_related("incident").order_by("pk")), row, survivor)
    children = list(Actor.every.filter(parent=row).order_by("pk")) if isinstance(row, Actor) else []
    speakers = list(Speaker.every.filter(actor=row).order_by("pk")) if isinstance(row, Actor) else []
    state = [
        [(one.pk, one.lock_version) for one in (row, survivor)],
        [(one.claim.pk, one.claim.lock_version, one.is_published, one.double and one.double.pk) for one in claims],
        [(one.pk, one.lock_version) for one in (*children, *speakers)],
    ]
    digest = sha256(repr(state).encode()).hexdigest()
    return NamePlan(row, survivor, claims, new_names(row, survivor), children, speakers, digest)


def foresee(claims: Collection[Claim], row: Name, survivor: Name) -> list[Renamed]:
    """What would become of each claim; two queries, however many they are."""
    published = published_among(claims)
    theirs = claims_naming(survivor).filter(incident__in={claim.incident_id for claim in claims})
    said = {(claim.incident_id, key_of(claim)): claim for claim in theirs.order_by("-pk")}
    found = []
    for claim in claims:
        renamed = copy(claim)
        name_instead(renamed, row, survivor)
        double = said.get((claim.incident_id, key_of(renamed)))
        found.append(Renamed(claim, double, claim.pk in published))
    return found


def alike(row: Name) -> list[Name]:
    """Others that a row may be the same as, by their names; facilities near by."""
    place = row.place if isinstance(row, Facility) else None
    found: list[Name] = like(type(row), names_of(row), place=place, but=row.pk)
    return [one for one in found if isinstance(one, Facility) or one.is_accepted]


def names_of(row: Name) -> list[str]:
    return list(dict.fromkeys(name for name in (row.name_en, row.name_ar, *row.aliases) if name))


def new_names(row: Name, survivor: Name) -> list[str]:
    """The names of one that the other has not."""
    known = set(names_of(survivor))
    return [name for name in names_of(row) if name not in known]


def refuse_other(row: Name, into: Name) -> None:
    if type(row) is not type(into):
        told = gettext("“%(name)s” is of another kind: choose one of the same.")
        raise NameMergeError(told % {"name": shown(into)})


def refuse_merge(row: Name, survivor: Name) -> None:
    if row.merged_into_id is not None:
        told = gettext("“%(row)s” is merged into “%(survivor)s” already.")
        raise NameMergeError(told % {"row": shown(row), "survivor": shown(row.merged_into)})
    if survivor.pk == row.pk:
        raise NameMergeError(gettext("It cannot be merged into itself."))
    for one in (row, survivor):
        if not isinstance(one, Facility) and not one.is_accepted:
            told = gettext("“%(name)s” is %(standing)s: it is decided on among the proposed terms.")
            raise NameMergeError(told % {"name": shown(one), "standing": str(one.get_standing_display()).lower()})
    if isinstance(row, Facility) and isinstance(survivor, Facility):
        refuse_kinds(row, row.facility_type.name, survivor, survivor.facility_type.name)
        if row.is_generalised != survivor.is_generalised:
            told = gettext("Readers learn only the district of one of them. Let them learn the same of both first.")
            raise NameMergeError(told)
        if survivor.is_generalised and (telling := names_telling(survivor, other=row)):
            told = gettext(
                "Readers learn only the district of both, and this would tell the town: %(names)s. Give it another "
                "name first, without the town."
            )
            raise NameMergeError(told % {"names": ", ".join(telling)})
    if isinstance(row, Actor) and isinstance(survivor, Actor):
        refuse_kinds(row, str(row.get_kind_display()), survivor, str(survivor.get_kind_display()))
        if row.pk in survivor.ancestors:
            told = gettext("“%(part)s” is part of “%(whole)s”: a whole is not merged into its part.")
            raise NameMergeError(told % {"part": shown(survivor), "whole": shown(row)})


def refuse_kinds(row: Name, kind: str, survivor: Name, other: str) -> None:
    if kind != other:
        told = gettext(
            "They are of two kinds: “%(row)s” is %(kind)s, “%(survivor)s” is %(other)s. If they are one, correct that "
            "first."
        )
        raise NameMergeError(told % {"row": shown(row), "kind": kind, "survivor": shown(survivor), "other": other})
