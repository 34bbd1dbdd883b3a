"""A small published archive, made through the services: for tests of what leaves the site."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from archive import search
from archive.models import Article, Place, Source
from archive.terms import Level
from incidents import curation
from incidents.models import Actor, Facility, FacilityType, Incident, Speaker, Weapon
from tests.factories.archive import ArticleFactory, PassageFactory, PlaceFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import (
    ActorFactory,
    FacilityFactory,
    FacilityTypeFactory,
    SpeakerFactory,
    WeaponFactory,
)

DATES = (
    "2019-11-25", "2019-11-27/2019-11-28", "2019-11", "2019", "2018-02-19", "2019-11-20/2019-11-26", "2020-01-05",
    "2017-12-31/2018-01-01", "../2019-11-30", "2019-12~",
)  # fmt: skip
TEXT = (
    "Shells fell on the old mill of {town} during the night, people there said. "
    "Between {number} and {high} were killed. "
    "A council blamed the northern guns, and a ministry denied it; report number {number}."
)

CHOICES = {
    "q": ["mill", "Upper", '"northern guns"', "الشمال", "-mill Lower"],
    "from": ["2019", "2019-11", "2018-01-01"],
    "to": ["2019", "2019-11-27", "2020"],
    "match": ["possible", "certain"],
    "town": ["C101", "SY07", "C102"],
    "actor": ["north", "south"],
    "stance": ["asserted", "disputed"],
    "facility_type": ["hospital", "school"],
    "weapon": ["air-strike", "shelling"],
    "source": ["herald", "gazette"],
    "scope": ["any", "series", "tally", "attack"],
    "killed_min": ["3", "0"],
    "injured_min": ["1"],
    "updated_since": ["2020-01-01", "2020-01-01T00:00:00Z"],
    "order": ["newest", "oldest", "killed", "updated", "relevance"],
}


class Corpus:
    """Two towns of one governorate and one without a point, actors with a parent, and ``size`` incidents.

    Every fifth incident is a series or a tally; `incidents` holds them in the order of publishing.
    """

    def __init__(self, size: int = 12, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.governorate = PlaceFactory(pcode="SY07", level=Level.GOVERNORATE, name_en="Idleb", name_ar="ادلب")
        district = PlaceFactory(pcode="SY0701", level=Level.DISTRICT, name_en="Mills", parent=self.governorate)
        self.places: list[Place] = [
            PlaceFactory(pcode="C101", name_en="Upper Town", parent=district, lat=35.61, lon=36.56),
            PlaceFactory(pcode="C102", name_en="Lower Town", name_ar="", parent=district, lat=35.6, lon=36.5),
            PlaceFactory(pcode="C103", name_en="=Odd Town", parent=district, lat=None, lon=None),
            self.governorate,
        ]
        parent = ActorFactory(slug="north", name_en="Northern forces", name_ar="قوات الشمال")
        self.actors: list[Actor] = [
            parent,
            ActorFactory(slug="north-air", name_en="Northern air force", parent=parent),
            ActorFactory(slug="south", name_en="Southern group", kind="group"),
        ]
        self.types: list[FacilityType] = [FacilityTypeFactory(slug="hospital"), FacilityTypeFactory(slug="school")]
        self.weapons: list[Weapon] = [WeaponFactory(slug="air-strike"), WeaponFactory(slug="shelling")]
        self.facilities: list[Facility] = [
            FacilityFactory(name_en="+Old Mill", name_ar="المطحنة", facility_type=kind, place=self.places[0])
            for kind in self.types
        ]
        self.sources: list[Source] = [
            SourceFactory(slug="herald", name_en="Herald", text_policy="full"),
            SourceFactory(slug="gazette", name_en="Gazette", text_policy="reference"),
        ]
        self.speaker: Speaker = SpeakerFactory(slug="council", name_en="The council")
        self.articles: list[Article] = []
        self.incidents: list[Incident] = [self.publish(number) for number in range(size)]
        search.index_articles([article.pk for article in self.articles])

    def publish(self, number: int) -> Incident:
        scope = {3: "series", 4: "tally"}.get(number % 5, "attack")
        incident = curation.create_incident(by=None, scope=scope)
        place = self.places[number % len(self.places)]
        article = ArticleFactory(
            title=f"@Report {number}",
            url=f"https://herald.example/{number}",
            language="en",
            source=self.sources[number % 2],
            published_on=f"2019-12-{number % 28 + 1:02}",
        )
        self.articles.append(article)
        text = TextVersionFactory(article=article, text=TEXT.format(town=place.name_en, number=number, high=number + 7))
        for aspect, exact, values in self.claims(number, place):
            passage = PassageFactory(text_version=text, exact=exact)
            curation.make_claim(incident=incident, by=None, aspect=aspect, passage=passage, **values)
        kept = {warning.key: "Numbers and places are drawn by lot." for warning in curation.warnings(incident)}
        curation.publish(incident, by=None, note="First edition.", kept=kept)
        incident.refresh_from_db()
        return incident

    def claims(self, number: int, place: Place) -> Sequence[tuple[str, str, dict[str, Any]]]:
        found: list[tuple[str, str, dict[str, Any]]] = [
            ("occurred", "during the night", {"occurred_edtf": DATES[number % len(DATES)], "part_of_day": "night"}),
            ("place", "the old mill", {"place": place, "place_precision": ("in", "near", "part")[number % 3]}),
            (
                "killed",
                f"Between {number} and {number + 7}",
                {"count_low": number, "count_high": number + 7, "group": "people"},
            ),
        ]
        if number % 2:
            found.append(("actor", "the northern guns", {"actor": self.chance.choice(self.actors)}))
            found.append(("weapon", "Shells", {"weapon": self.chance.choice(self.weapons)}))
        if number % 4 == 1:
            actor = found[3][2]["actor"]
            denial = {"actor": actor, "stance": "denies", "speaker": self.speaker}
            found.append(("actor", "a ministry denied it", denial))
        if number % 3 == 0:
            found.append(("facility", "the old mill of", {"facility": self.chance.choice(self.facilities)}))
        elif number % 3 == 1:
            found.append(("facility_type", "old mill", {"facility_type": self.chance.choice(self.types)}))
        if number % 4 == 3:
            found.append(("injured", "people there", {"count_low": 1, "group": "civilians"}))
        return found


def random_filters(count: int) -> Iterator[dict[str, str]]:
    """Yield queries of the list of incidents, the empty one first; the same ones each time."""
    chance = random.Random(7)
    yield {}
    for _ in range(count - 1):
        names = chance.sample(sorted(CHOICES), chance.choice([1, 1, 2, 2, 3]))
        yield {name: chance.choice(CHOICES[name]) for name in names}
