"""What an editor may mean by some letters of a place's name, for search boxes and autocompletes."""

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length

from archive import names
from archive.gazetteer.resolving import resolve
from archive.models import Place, PlaceName


def places(term: str, queryset: QuerySet[Place] | None = None) -> QuerySet[Place]:
    """Places with a spelling that begins with the term or holds it, in whatever script, or with that P-code.

    The best first: the very name, then names that begin with it; towns before the areas of the same name. Where no
    spelling on record fits, places whose names are like it.
    """
    queryset = Place.objects.all() if queryset is None else queryset
    term = term.strip()
    folded = names.name_key(term)
    if not folded:
        return queryset.none() if term else queryset
    spelling = PlaceName.objects.filter(place=OuterRef("pk"))
    exact, prefix, inside = (
        Exists(spelling.filter(**{f"folded{lookup}": folded})) for lookup in ("", "__startswith", "__contains")
    )
    by_code = Q(pcode__iexact=term)
    found = queryset.filter(by_code | (inside if len(folded) > 2 else prefix))
    if len(folded) > 2 and not found.exists():
        return alike(term, queryset)
    closeness = Case(
        When(by_code, then=Value(0)),
        When(exact, then=Value(1)),
        When(prefix, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return found.annotate(closeness=closeness).order_by("closeness", Length("name_en"), F("level").desc(), "pk")


def alike(term: str, queryset: QuerySet[Place]) -> QuerySet[Place]:
    """Places whose names look or sound like the term, the likeliest first."""
    ids = [match.place.pk for match in resolve(term).matches]
    order = Case(*(When(pk=pk, then=Value(number)) for number, pk in enumerate(ids)), default=Value(len(ids)))
    return queryset.filter(pk__in=ids).order_by(order, "pk")
