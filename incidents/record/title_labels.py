"""The names that a title is made of."""

from archive.terms import Level
from incidents.evidence import Evidence
from incidents.models import FacilityType, Weapon
from incidents.record.titles import CountedLabel, Label, Labels


def labels(evidence: Evidence) -> Labels:
    """Return the names of all that the claims and the places above them name."""
    facilities = {claim.facility.public_id: claim.facility for claim in evidence.claims if claim.facility}
    types = {facility.facility_type.slug: facility.facility_type for facility in facilities.values()}
    types |= {claim.facility_type.slug: claim.facility_type for claim in evidence.claims if claim.facility_type}
    return Labels(
        places={
            place.pcode: Label(place.label_en, place.label_ar, Level(place.level).code)
            for place in evidence.places.values()
        },
        facilities={public_id: Label(facility.name_en, facility.name_ar) for public_id, facility in facilities.items()},
        facility_types={slug: counted(term) for slug, term in types.items()},
        weapons={claim.weapon.slug: counted(claim.weapon) for claim in evidence.claims if claim.weapon},
    )


def counted(term: FacilityType | Weapon) -> CountedLabel:
    return CountedLabel(Label(term.name_en, term.name_ar), Label(term.plural_en, term.plural_ar))
