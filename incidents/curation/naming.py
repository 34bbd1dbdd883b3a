"""Claims that name what was merged into another name that one: which columns change, and how the change is written."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from incidents.curation.claim_changes import end, supersede, was_published
from incidents.curation.new_claims import refuse_duplicate
from incidents.errors import DuplicateClaimError
from incidents.models import Actor, Claim
from incidents.standing_names import Name, kind_of, standing, standing_claims
from incidents.terms import NameKind

Columns = dict[str, Any]
COLUMNS = {
    NameKind.FACILITY: ("facility_id",),
    NameKind.ACTOR: ("actor_id", "one_of_actors"),
    NameKind.SPEAKER: ("speaker_id",),
}


def claims_naming(row: Name) -> QuerySet[Claim]:
    """The claims that stand and name a facility, actor or speaker, an actor also as one of several."""
    kind = kind_of(row)
    named = Q(**{kind: row})
    if isinstance(row, Actor):
        named |= Q(one_of_actors__contains=[row.slug])
    found: QuerySet[Claim] = Claim.objects.with_evidence().filter(named)
    return found


def columns_of(claim: Claim, kind: NameKind) -> Columns:
    return {column: getattr(claim, column) for column in COLUMNS[kind]}


def name_instead(claim: Claim, old: Name, new: Name) -> None:
    """Let a claim name another; nothing is stored. Of two that are one, no claim says "one of them" any more."""
    kind = kind_of(old)
    if isinstance(old, Actor) and isinstance(new, Actor) and old.slug in claim.one_of_actors:
        slugs = sorted({new.slug if slug == old.slug else slug for slug in claim.one_of_actors})
        claim.one_of_actors = slugs if len(slugs) > 1 else []
        claim.actor = None if len(slugs) > 1 else new
        vars(claim).pop("alternatives", None)
    elif getattr(claim, f"{kind}_id") == old.pk:
        setattr(claim, kind, new)


def put_columns(claim: Claim, columns: Columns) -> None:
    for column, value in columns.items():
        setattr(claim, column, value)
    vars(claim).pop("alternatives", None)


def write(claim: Claim, *, reason: str) -> Claim:
    """Store what a claim names now; return the claim that says so: another one where an edition has this one.

    Raises `DuplicateClaimError` when another of its incident says the same by the same words.
    """
    refuse_duplicate(claim)
    if was_published(claim):
        return supersede(claim, by=claim.created_by, reason=reason)
    claim.save()
    claim.refresh_from_db(fields=["lock_version"])  # a trigger counts it
    return claim


def was_merged(row: Name, survivor: Name) -> str:
    return gettext("“%(row)s” was merged into “%(survivor)s”.") % {"row": row, "survivor": survivor}


def says_the_same(other: Claim) -> str:
    return gettext("By names that were merged, it says the same as “%(claim)s”.") % {"claim": other}


def follow_names(claim: Claim) -> Claim:
    """Let a claim that stands again name what its names stand for now; return the claim that does.

    Raises `DuplicateClaimError` as `write` does.
    """
    merged = [row for _claim, row in standing_claims([claim])]
    if not merged:
        return claim
    for row in merged:
        name_instead(claim, row, standing(row))
    return write(claim, reason=" ".join(was_merged(row, standing(row)) for row in merged))


def follow_names_or_end(claim: Claim) -> None:
    """As `follow_names`; a claim that then says what another says ends, with the reason."""
    try:
        follow_names(claim)
    except DuplicateClaimError as same:
        end(Claim.objects.get(pk=claim.pk), reason=says_the_same(same.claim))
