"""A town that was struck: what charts tell apart."""

from archive.models import Place
from tests.factories.archive import PlaceFactory
from tests.factories.incidents import ActorFactory, FacilityFactory, FacilityTypeFactory
from tests.factories.listed import published


def struck_town() -> Place:
    """Attacks on two facilities of a town: certain and vague dates, numbers with and without an upper bound."""
    country = PlaceFactory(pcode="SY", level=0, name_en="Syria", name_ar="سوريا", parent=None)
    governorate = PlaceFactory(pcode="SY07", level=1, name_en="Idleb", name_ar="إدلب", parent=country)
    town: Place = PlaceFactory(pcode="C1", level=4, name_en="Town", name_ar="بلدة", parent=governorate)
    hospital = FacilityTypeFactory(slug="hospital", name_en="hospital", plural_en="hospitals", name_ar="مستشفى")
    one, two = (FacilityFactory(public_id=f"zzzz{index}", place=town) for index in range(2))
    first, second = (ActorFactory(slug=slug, name_en=slug.title()) for slug in ("first", "second"))
    for on, killed, facilities, actors in [
        ("2019-05-02", 3, [one], [first]),
        ("2019-05-20", (4, 6), [one, two], [first]),
        ("2019-05-30", None, [two], [second]),
        ("2019-07-01", (5, None), [], [first, second]),
        ("2019-05-31/2019-06-01", 10, [one], []),
        ("2019", 2, [], [second]),
    ]:
        published(on=on, places=[town], facility_types=[hospital], facilities=facilities, actors=actors, killed=killed)
    return town
