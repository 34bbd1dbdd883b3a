"""How a record names a place."""

from archive.models import Place
from archive.terms import Level
from incidents.record.parts import PlaceNames


def place_names(place: Place) -> PlaceNames:
    return {
        "pcode": place.pcode,
        "name_en": place.name_en,
        "name_ar": place.name_ar,
        "label_en": place.label_en,
        "label_ar": place.label_ar,
        "level": Level(place.level).code,
    }
