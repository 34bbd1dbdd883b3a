"""What an editor may mean by some letters: facilities, speakers and other terms. Incidents: `incidents.finding`."""

import re

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Length

from archive import names
from archive.models import PlaceName
from incidents.models import Actor, Facility, Speaker

# Letters that are written one for another in Arabic, and apostrophes that Latin spellings take or leave.
ALIKE = {char: group for group in ("[اأإآٱ]", "[يىئ]", "[هة]", "[وؤ]") for char in group[1:-1]}
APOSTROPHES = "'’‘`ʿʾ"
MAX_WORDS = 8


def tolerant(word: str) -> str:
    """A PostgreSQL regular expression for a part of a name, whatever its alefs and apostrophes."""
    return "".join(ALIKE.get(char) or re.escape(char) for char in word if char not in APOSTROPHES)


def words_of(term: str) -> list[str]:
    return [word for word in term.replace("\0", " ").replace(",", " ").split() if tolerant(word)][:MAX_WORDS]


def facilities(term: str, queryset: QuerySet[Facility] | None = None) -> QuerySet[Facility]:
    """Facilities of which every word of the term is in a name, in the type or in a spelling of the town."""
    queryset = (Facility.objects.unmerged() if queryset is None else queryset).select_related("place", "facility_type")
    for word in words_of(term):
        pattern = tolerant(word)
        found: Q | Combinable = Q(name_en__iregex=pattern) | Q(name_ar__iregex=pattern)
        found = (
            found | Q(aliases__iregex=pattern) | Q(facility_type__name_en__iregex=pattern) | Q(public_id=word.lower())
        )
        found = found | Exists(Facility.objects.filter(merged_into=OuterRef("pk"), public_id=word.lower()))
        if folded := names.name_key(word):
            spelling = PlaceName.objects.filter(place=OuterRef("place"), folded__startswith=folded)
            found = found | Exists(spelling)
        queryset = queryset.filter(found)
    return queryset.order_by(Length("name_en"), "name_en", "pk")


def actors(term: str, queryset: QuerySet[Actor] | None = None) -> QuerySet[Actor]:
    """Actors of which every word of the term is in a name."""
    queryset = Actor.objects.all() if queryset is None else queryset
    for word in words_of(term):
        pattern = tolerant(word)
        found = Q(name_en__iregex=pattern) | Q(name_ar__iregex=pattern) | Q(aliases__iregex=pattern)
        queryset = queryset.filter(found | Q(slug=word.lower()))
    return queryset.order_by(Length("name_en"), "name_en", "pk")


def speakers(term: str, queryset: QuerySet[Speaker] | None = None) -> QuerySet[Speaker]:
    """Speakers of whom every word of the term is in a name, in one merged into theirs, or in that of their actor."""
    queryset = (Speaker.objects.all() if queryset is None else queryset).select_related("actor")
    for word in words_of(term):
        pattern = tolerant(word)
        queryset = queryset.filter(
            Q(name_en__iregex=pattern)
            | Q(name_ar__iregex=pattern)
            | Q(aliases__iregex=pattern)
            | Q(actor__name_en__iregex=pattern)
            | Exists(Speaker.every.filter(merged_into=OuterRef("pk"), name_en__iregex=pattern))
        )
    return queryset.order_by(F("name_en").asc())
