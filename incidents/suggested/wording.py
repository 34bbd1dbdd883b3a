"""Suggestions in words, for editors: what the claim would say, with names of the vocabularies for slugs and codes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive import dates
from archive.localisation import either, localised
from archive.models import Place
from incidents.assessment import Count, OneOf, When, Where
from incidents.models import Actor, Claim, FacilityType, Speaker, Weapon
from incidents.models.choices import PRECISIONS
from incidents.models.vocabulary import Term
from incidents.suggesting import Struck, Suggestion
from incidents.terms import Aspect, Precision

_TERMS: Mapping[str, type[Term]] = {
    Aspect.ACTOR: Actor,
    Aspect.WEAPON: Weapon,
    Aspect.FACILITY_TYPE: FacilityType,
    "speaker": Speaker,
}


@dataclass(slots=True)
class Names:
    """What slugs and P-codes are called; made once for a page."""

    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def value(self, suggestion: Suggestion) -> str:
        """The value in words; a slug or code stands for itself where it is not known any more."""
        value = suggestion.value
        if isinstance(value, When):
            return dates.describe(value.date, get_language() or "en", value.part_of_day)
        if isinstance(value, Where):
            name = self.places.get(value.pcode, value.pcode)
            near = "" if value.precision == Precision.IN else f" ({str(dict(PRECISIONS)[value.precision]).lower()})"
            return f"{name}{near}"
        if isinstance(value, Count):
            return str(Claim(aspect=suggestion.aspect, **counted(value)).value_text)
        if isinstance(value, Struck):
            kind = self.term(Aspect.FACILITY_TYPE, value.facility_type)
            told = kind if value.id else _("%(kind)s, not on record yet") % {"kind": kind}
            return f"{value.name} ({told})"
        if isinstance(value, OneOf):
            return either(self.term(Aspect.ACTOR, slug) for slug in value.actors)
        return self.term(suggestion.aspect, value)

    def speaker(self, suggestion: Suggestion) -> str:
        """Who says it; "" is the report itself."""
        return self.term("speaker", suggestion.speaker) if suggestion.speaker else suggestion.voice

    def term(self, kind: str, slug: str) -> str:
        return self.terms.get(kind, {}).get(slug, slug)


def counted(value: Count) -> dict[str, object]:
    return {"count_low": value.low, "count_high": value.high, "group": value.group}


def names_for(suggestions: Iterable[Suggestion]) -> Names:
    """Look up what the suggestions name: five queries at most."""
    slugs: defaultdict[str, set[str]] = defaultdict(set)
    pcodes: set[str] = set()
    for suggestion in suggestions:
        value = suggestion.value
        if suggestion.speaker:
            slugs["speaker"].add(suggestion.speaker)
        if isinstance(value, Where):
            pcodes.add(value.pcode)
        elif isinstance(value, Struck):
            slugs[Aspect.FACILITY_TYPE].add(value.facility_type)
        elif isinstance(value, OneOf):
            slugs[Aspect.ACTOR].update(value.actors)
        elif isinstance(value, str):
            slugs[suggestion.aspect].add(value)
    terms = {
        kind: {term.slug: term.name for term in _TERMS[kind]._default_manager.filter(slug__in=wanted)}
        for kind, wanted in slugs.items()
    }
    found = Place.objects.filter(pcode__in=pcodes)
    places = {place.pcode: f"{localised(place.label_en, place.label_ar)} ({place.pcode})" for place in found}
    return Names(terms, places)
