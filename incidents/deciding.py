"""Deciding on proposed terms: accepting them, merging them into others, refusing them.

Each is one transaction, names who decided in the history, and refuses a term that somebody else changed meanwhile.
Incidents are locked before the term, as everywhere: whoever saves a claim holds its incident, then looks at the term.
"""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from archive import locking
from archive.locking import acting
from archive.models import User
from incidents import duplicates
from incidents.curation.acting import locked
from incidents.curation.claim_changes import end
from incidents.curation.new_claims import refuse_duplicate
from incidents.errors import CurationError, DuplicateClaimError, InvalidError
from incidents.models import Actor, Claim, Incident, Speaker
from incidents.models.vocabulary import Term
from incidents.naming import free_slug, one_line, place_in_tree
from incidents.proposals import Standing, claims_naming, cleaned_name, facilities_of, kind_of
from incidents.querysets import ClaimQuerySet

SHOWN = 5  # claims named in a refusal


def accept(term: Term, *, by: User, seen: int, besides: Collection[int] = (), **names: str) -> Term:
    """Let readers see the term, under these names if they are given (``name_en``, ``name_ar``, ``plural_en``, …).

    The slug follows the name: nobody knows it yet. ``seen`` is the `lock_version` that was shown. Raises
    `archive.locking.StaleRowError`, `CurationError` when it was decided on, `InvalidError`, and `LikelyDuplicateError`
    when a new name is like that of another, but for those whose keys are in ``besides``.
    """
    with acting(by):
        current = opened(term, seen)
        rename(current, names, besides)
        decide(current, Standing.ACCEPTED, by=by)
        if isinstance(current, Actor):
            place_in_tree(current)
            current.refresh_from_db(fields=["lock_version"])  # a trigger counts it
    return current


def rename(term: Term, names: dict[str, str], besides: Collection[int]) -> None:
    given = {name: one_line(value) for name, value in names.items()}
    given |= {name: cleaned_name(given.get(name, getattr(term, name)), name) for name in required_names(term)}
    renamed = {name for name, value in given.items() if getattr(term, name) != value}
    for name in renamed:
        setattr(term, name, given[name])
    if renamed & {"name_en", "name_ar"}:
        duplicates.refuse_duplicates(type(term), [term.name_en, term.name_ar], besides=besides, but=term.pk)
    if "name_en" in renamed:
        term.slug = free_slug(type(term).every.exclude(pk=term.pk), term.name_en)


def required_names(term: Term) -> list[str]:
    return [name for name in ("name_en", "plural_en") if hasattr(term, name)]


def refuse(term: Term, *, by: User, seen: int, reason: str) -> Term:
    """Say why a term is not taken. One that claims or facilities name is merged instead: `CurationError` names them.

    Raises as `accept` does; `InvalidError` without a reason.
    """
    if not reason.strip():
        raise InvalidError({"reason": gettext("Write why: whoever proposed it reads this.")})
    with acting(by):
        current = opened(term, seen)
        if used := users_of(current):
            told = gettext("It is in use and cannot be refused: %(used)s. Merge it, or let them name another.")
            raise CurationError(told % {"used": used})
        decide(current, Standing.REFUSED, by=by, reason=reason)
    return current


def users_of(term: Term) -> str:
    """What names the term, in words; empty when nothing does."""
    claims = claims_naming(term).with_evidence().select_related("incident").order_by("pk")
    found = [f"{claim.incident.code} ({claim})" for claim in claims[: SHOWN + 1]]
    found += [str(facility) for facility in facilities_of(term)[: SHOWN + 1]]
    return "; ".join(found[:SHOWN]) + (gettext("; and more") if len(found) > SHOWN else "")


def merge(term: Term, *, by: User, seen: int, into: Term) -> Term:
    """Say that a proposed term is another one: all claims that name it name that one. Return the other.

    Its name stays findable: as another name of an actor or a speaker, and for all by its row, which says what it was
    merged into. A claim that then says the same as another is removed, with the reason. Raises as `accept` does;
    `InvalidError` when ``into`` is not an accepted term of its kind; `CurationError` when two facilities would become
    the same.
    """
    with acting(by):
        lock_incidents(term)
        current = opened(term, seen)
        other = type(current).every.select_for_update(of=("self",)).filter(pk=into.pk).first()
        if type(into) is not type(current) or other is None or not other.is_accepted:
            raise InvalidError({"into": gettext("Choose one that is accepted.")})
        move_facilities(current, other)
        move_claims(current, other)
        keep_name(current, other)
        decide(current, Standing.MERGED, by=by, into=other)
    return other


def lock_incidents(term: Term) -> None:
    for pk in sorted(set(claims_ever_naming(term).values_list("incident", flat=True))):
        locked(Incident(pk=pk))


def claims_ever_naming(term: Term) -> ClaimQuerySet:
    """Claims that name the term themselves, the ended ones too: restored, they must not name it."""
    found: ClaimQuerySet = Claim.every.filter(**{kind_of(term): term})
    return found


def move_claims(term: Term, other: Term) -> None:
    for claim in claims_ever_naming(term).select_for_update(of=("self",)).order_by("ended_at", "pk"):
        setattr(claim, kind_of(term), other)
        try:
            if claim.ended_at is None:
                refuse_duplicate(claim)
        except DuplicateClaimError as same:
            told = gettext("“%(term)s” was merged into “%(other)s”, so that it says the same as “%(claim)s”.")
            end(claim, reason=told % {"term": term, "other": other, "claim": same.claim})
        claim.save()


def move_facilities(term: Term, other: Term) -> None:
    for facility in facilities_of(term).select_for_update(of=("self",)):
        facility.facility_type_id = other.pk
        try:
            with transaction.atomic():
                facility.save()
        except IntegrityError:
            raise CurationError(
                gettext("“%(name)s” is there under both kinds. Give one of them another name first, and merge again.")
                % {"name": facility}
            ) from None


def keep_name(term: Term, other: Term) -> None:
    """Let the name that was proposed be one of the other names of an actor or a speaker."""
    if isinstance(other, Actor | Speaker):
        known = {other.name_en, other.name_ar, *other.aliases}
        other.aliases = [*other.aliases, *dict.fromkeys({term.name_en, term.name_ar} - known - {""})]
        other.save()


def opened(term: Term, seen: int) -> Term:
    """Lock a term that waits for a decision."""
    current: Term = locking.lock_row(type(term), term.pk, seen=seen)
    if not current.is_open:
        told = gettext("“%(name)s” is %(standing)s already.")
        raise CurationError(told % {"name": current, "standing": current.get_standing_display()})
    return current


def decide(term: Term, standing: str, *, by: User, reason: str = "", into: Term | None = None) -> None:
    term.standing = standing
    term.decided_at = timezone.now()
    term.decided_by = by
    term.decision = reason.strip()
    term.merged_into = into
    term.save()
    term.refresh_from_db(fields=["lock_version"])  # a trigger counts it
