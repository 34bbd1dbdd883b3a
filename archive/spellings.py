"""Spellings of places that editors propose: once accepted, mentions and search find the place by them."""

from django.utils import timezone
from django.utils.translation import gettext

from archive import locking, names
from archive.models import Place, PlaceName, ProposedSpelling, User
from archive.names.spelling_index import ACCEPTED, TRUSTED
from archive.terms import Standing
from archive.text.bidi import without_directions

SOURCE = "editors"
LONGEST = 200


class SpellingError(Exception):
    """A spelling that cannot be proposed, accepted or refused; the message says why."""


def propose(*, by: User, place: Place, name: str) -> ProposedSpelling | None:
    """Propose how a text spells a place; None when the place is found by it already. The same twice is one proposal.

    Raises `SpellingError` when it is no name, or was refused before.
    """
    name = " ".join(without_directions(name).split())
    folded = names.name_key(name)
    if not folded or "\0" in name or max(len(name), len(folded)) > LONGEST:
        raise SpellingError(gettext("Write the spelling, in %(number)s characters at most.") % {"number": LONGEST})
    if PlaceName.objects.filter(place=place, folded=folded, quality__in=TRUSTED).exists():
        return None
    with locking.acting(by):
        values = {"name": name, "standing": Standing.PROPOSED, "created_by": by}
        found, _ = ProposedSpelling.objects.get_or_create(place=place, folded=folded, defaults=values)
    if found.standing == Standing.REFUSED:
        told = gettext("“%(term)s” was proposed before, and refused: %(reason)s")
        raise SpellingError(told % {"term": found.name, "reason": found.decision})
    return found


def namesakes(proposal: ProposedSpelling) -> list[Place]:
    """Other places that are found by the spelling: who accepts it should know."""
    found = Place.objects.filter(names__folded=proposal.folded).exclude(pk=proposal.place_id)
    return list(found.distinct()[:5])


def accept(proposal: ProposedSpelling, *, by: User, seen: int) -> PlaceName:
    """Remember the spelling for its place. ``seen`` is the `lock_version` that was shown.

    Raises `archive.locking.StaleRowError`, and `SpellingError` when it was decided on.
    """
    with locking.acting(by):
        current = _decided(proposal, Standing.ACCEPTED, by=by, seen=seen)
        # A new row, though there may be one of less trust: the index of spellings is read anew when rows are added.
        PlaceName.objects.filter(place=current.place, name=current.name).delete()
        return PlaceName.objects.create(
            place=current.place,
            name=current.name,
            folded=current.folded,
            skeleton=names.skeleton(current.name),
            script=names.script_of(current.name),
            language={"Arab": "ar", "Latn": "en"}.get(names.script_of(current.name), ""),
            source=SOURCE,
            quality=ACCEPTED,
            created_by=by,
        )


def refuse(proposal: ProposedSpelling, *, by: User, seen: int, reason: str) -> None:
    """Say why it is not remembered. Raises as `accept` does, and `SpellingError` without a reason."""
    if not reason.strip():
        raise SpellingError(gettext("Write why: whoever proposed it reads this."))
    with locking.acting(by):
        _decided(proposal, Standing.REFUSED, by=by, seen=seen, reason=reason)


def _decided(proposal: ProposedSpelling, standing: str, *, by: User, seen: int, reason: str = "") -> ProposedSpelling:
    current = locking.lock_row(ProposedSpelling, proposal.pk, seen=seen)
    if not current.is_open:
        told = gettext("“%(name)s” is %(standing)s already.")
        raise SpellingError(told % {"name": current, "standing": current.get_standing_display()})
    current.standing, current.decision = standing, reason.strip()
    current.decided_at, current.decided_by = timezone.now(), by
    current.save()
    return current
