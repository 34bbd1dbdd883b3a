"""Terms that editors propose in the middle of their work. `incidents.deciding` accepts, merges and refuses them.

A proposed term can be named by the claims of drafts at once. No edition names it before an administrator has accepted
it, and readers meet it nowhere (`Term.objects`). See `docs/adr`, "Terms are proposed".
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from archive.locking import acting
from archive.models import User
from archive.names import script_of
from archive.terms import Standing
from archive.text.bidi import without_directions
from incidents import duplicates
from incidents.errors import InvalidError, RefusedTermError
from incidents.models import Actor, Claim, Facility, FacilityType, Speaker, Weapon
from incidents.models.vocabulary import Term
from incidents.naming import free_slug, one_line
from incidents.querysets import ClaimQuerySet
from incidents.terms import ActorKind

KINDS: Mapping[str, type[Term]] = {
    "actor": Actor,
    "weapon": Weapon,
    "facility_type": FacilityType,
    "speaker": Speaker,
}
LONGEST = 200
PERMISSION = "incidents.propose_term"


def kind_of(term: Term) -> str:
    return next(kind for kind, model in KINDS.items() if isinstance(term, model))


def propose(kind: str, /, *, by: User, name: str, besides: Collection[int] = (), **more: Any) -> Term:
    """Return the term of that name; a proposed one is made unless there is one.

    ``more``: an actor's ``kind``, a group unless it is given.

    Raises `LikelyDuplicateError` when others have a like name, but for those whose keys are in ``besides``;
    `RefusedTermError` when one of that name was refused; `InvalidError`; `PermissionDenied` where one is to be made by
    somebody who may not propose.
    """
    name = cleaned_name(name, kind)
    model = KINDS[kind]
    with acting(by):
        duplicates.one_at_a_time(model)
        same = model.every.filter(Q(name_en__iexact=name) | Q(name_ar=name))
        if known := same.usable().first() or same.select_related("merged_into").order_by("-decided_at").first():
            return standing_for(known)
        if not by.has_perm(PERMISSION):
            raise PermissionDenied(gettext("You may not propose terms. Ask an administrator."))
        duplicates.refuse_duplicates(model, [name], besides=besides)
        return model.every.create(
            slug=free_slug(model.every.all(), name),
            standing=Standing.PROPOSED,
            created_by=by,
            **{**named(model, name), **more},
        )


def cleaned_name(name: str, field: str) -> str:
    """The name on one line, without invisible marks of direction; raises `InvalidError` under the field's name."""
    name = one_line(without_directions(name))
    if not name or "\0" in name or len(name) > LONGEST:
        raise InvalidError({field: gettext("Write its name, in %(number)s characters at most.") % {"number": LONGEST}})
    return name


def named(model: type[Term], name: str) -> dict[str, str]:
    """The columns that a name goes into; what else the term is called is for those who accept it."""
    names = {"name_en": name, "name_ar": name if script_of(name) == "Arab" else ""}
    if model is Actor:
        return {**names, "kind": ActorKind.GROUP}
    return {**names, "plural_en": name} if model in (Weapon, FacilityType) else names


def standing_for(term: Term) -> Term:
    """The term, or the one it was merged into; raises `RefusedTermError`."""
    while term.merged_into is not None:
        term = term.merged_into
    if term.standing == Standing.REFUSED:
        raise RefusedTermError(term)
    return term


@dataclass(frozen=True, slots=True)
class Proposed:
    """A term that somebody proposed, with the claims of drafts that name it."""

    kind: str
    term: Term

    @property
    def noun(self) -> str:
        return str(self.term._meta.verbose_name)

    @property
    def address(self) -> str:
        """Where it stands in the list of proposed terms."""
        return f"{reverse('desk:terms')}#{self.kind}-{self.term.pk}"

    @property
    def uses(self) -> list[Claim]:
        return list(claims_naming(self.term).with_evidence().select_related("incident__row").order_by("pk"))

    @property
    def facilities(self) -> list[Facility]:
        """Those of that kind."""
        return list(facilities_of(self.term))


def claims_naming(term: Term) -> ClaimQuerySet:
    """The claims that name a term, a kind of facility also by a facility of that kind."""
    kind = kind_of(term)
    named_by = Q(**{kind: term})
    if kind == "facility_type":
        named_by |= Q(facility__facility_type=term)
    found: ClaimQuerySet = Claim.objects.filter(named_by)
    return found


def facilities_of(term: Term) -> QuerySet[Facility]:
    if not isinstance(term, FacilityType):
        return Facility.objects.none()
    return Facility.objects.filter(facility_type=term).select_related("place").order_by("pk")


def open_terms() -> Iterator[Proposed]:
    """The terms that wait for a decision, those that wait longest first."""
    for kind, model in KINDS.items():
        rows = model.every.filter(standing=Standing.PROPOSED).select_related("created_by")
        yield from (Proposed(kind, term) for term in rows.order_by("created_at", "pk"))


def decided_terms(*, limit: int) -> list[Proposed]:
    """The last terms that were decided on, the newest decision first."""
    found = [
        (term.decided_at, Proposed(kind, term))
        for kind, model in KINDS.items()
        for term in model.every.exclude(decided_at=None)
        .select_related("created_by", "decided_by", "merged_into")
        .order_by("-decided_at")[:limit]
    ]
    found.sort(key=itemgetter(0), reverse=True)
    return [one for _, one in found[:limit]]
