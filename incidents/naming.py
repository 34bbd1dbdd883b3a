"""Services for what claims name: facilities made while reading, and the tree of actors."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext

from archive.codes import new_code
from archive.models import Place, User
from incidents import duplicates
from incidents.models import Actor, Facility, FacilityType
from incidents.standing_names import standing

SLUG_LENGTH = 70


@transaction.atomic
def create_facility(
    *,
    by: User | None,
    name_en: str,
    name_ar: str = "",
    facility_type: FacilityType,
    place: Place,
    aliases: Sequence[str] = (),
    besides: Collection[int] = (),
) -> Facility:
    """Return the facility of that name, type and place; made unless there is one.

    Raises `LikelyDuplicateError` when others of a like name stand nearby, but for those whose keys are in ``besides``:
    the editor has looked at them.
    """
    name_en, name_ar = one_line(name_en), one_line(name_ar)
    if not name_en and not name_ar:
        raise ValueError(gettext("A facility needs a name."))
    duplicates.one_at_a_time(Facility)
    same = Facility.objects.filter(name_en__iexact=name_en or name_ar, place=place, facility_type=facility_type).first()
    if same is not None:
        return standing(same)
    duplicates.refuse_duplicates(Facility, [name_en, name_ar, *aliases], besides=besides, place=place)
    return Facility.objects.create(
        name_en=name_en or name_ar,
        name_ar=name_ar,
        place=place,
        facility_type=facility_type,
        aliases=list(aliases),
        created_by=by,
    )


def one_line(name: str) -> str:
    return " ".join(name.split())


def free_slug(queryset: QuerySet, name: str) -> str:
    """A slug made of a name that no row of the queryset has; a code where the name has no Latin letters."""
    slug = slugify(name)[:SLUG_LENGTH].strip("-") or new_code(7)
    taken = set(queryset.filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    free = slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


@transaction.atomic
def place_in_tree(actor: Actor) -> None:
    """Write the ancestors that follow from ``actor.parent`` to it and to all below it.

    Raises ValueError when its parent is below it.
    """
    parent = Actor.every.select_for_update().get(pk=actor.parent_id) if actor.parent_id else None
    if parent and actor.pk in (parent.pk, *parent.ancestors):
        told = gettext("%(parent)s is part of %(actor)s, so %(actor)s cannot be part of it.")
        raise ValueError(told % {"parent": parent, "actor": actor})
    actor.ancestors = [*parent.ancestors, parent.pk] if parent else []
    actor.save(update_fields=["ancestors", "updated_at"])
    for child in Actor.every.filter(parent=actor):
        place_in_tree(child)
