"""Published incidents and articles of every kind, at random but the same for the same seed."""

import random
from dataclasses import dataclass

from archive.models import Place, Source
from incidents.models import Actor, FacilityType, Weapon
from tests.factories.archive import PlaceFactory, SourceFactory
from tests.factories.incidents import ActorFactory, FacilityTypeFactory, WeaponFactory
from tests.factories.listed import published, read_article, spell

DATES = [
    "2018",
    "2019",
    "2019-11",
    "2019-11-27",
    "2019-12-31/2020-01-01",
    "2018-05/2019-02",
    "2020-02-29",
    "../2018-06",
]
DATES += ["2019-06-01/..", "2016-05-30", "2020-01", "2020"]


@dataclass(frozen=True)
class Varied:
    """What the random rows are made of."""

    places: list[Place]
    actors: list[Actor]
    types: list[FacilityType]
    weapons: list[Weapon]
    sources: list[Source]

    @classmethod
    def new(cls) -> "Varied":
        country = PlaceFactory(pcode="SY", level=0, name_en="Syria", parent=None)
        north, south = (
            PlaceFactory(pcode=code, level=1, name_en=name, parent=country)
            for code, name in (("SY07", "North"), ("SY12", "South"))
        )
        district = PlaceFactory(pcode="SY0701", level=2, name_en="District", parent=north)
        towns = [PlaceFactory(pcode=f"C100{i}", level=4, name_en=f"Town {i}", parent=district) for i in range(3)]
        towns += [PlaceFactory(pcode="C2000", level=4, name_en="Southtown", parent=south)]
        spell(towns[-1], "Southtown", "بلدة الجنوب")
        parent, weapon = ActorFactory(slug="state"), WeaponFactory(slug="air-strike")
        sources = [SourceFactory(slug=slug, name_en=slug.title()) for slug in ("herald", "post")]
        for source in sources:
            read_article("On record", "Nothing more.", source=source)
        return cls(
            places=[*towns, *towns, north, district],
            actors=[parent, ActorFactory(slug="air-force", parent=parent), ActorFactory(slug="group")],
            types=[FacilityTypeFactory(slug=slug) for slug in ("hospital", "school", "market")],
            weapons=[weapon, WeaponFactory(slug="barrel-bomb", parent=weapon), WeaponFactory(slug="mortar")],
            sources=sources,
        )

    def incidents(self, rng: random.Random, number: int) -> None:
        for index in range(number):
            actors = rng.sample(self.actors, rng.choice([0, 1, 1, 2]))
            one_of = [rng.sample(self.actors, rng.choice([2, 2, 3])) for _ in range(rng.choice([0, 0, 1]))]
            named = {actor.pk: actor for actor in (*actors, *(actor for several in one_of for actor in several))}
            published(
                f"Attack {index} {rng.choice(['mill', 'bridge'])}",
                on=rng.choice(DATES),
                places=rng.sample(self.places, rng.choice([0, 1, 1, 1, 2])),
                actors=actors,
                disputed=[actor for actor in named.values() if rng.random() < 0.3],
                one_of=one_of,
                facility_types=rng.sample(self.types, rng.choice([0, 1, 2])),
                killed=rng.choice([None, 0, 1, 7]),
                scope=rng.choice(["attack", "attack", "attack", "series"]),
                state=rng.choice(["published", "published", "published", "withdrawn"]),
                weapons=rng.sample(self.weapons, rng.choice([0, 1, 2])),
                sources=rng.sample(self.sources, rng.choice([1, 2])),
            )

    def articles(self, rng: random.Random, number: int) -> None:
        for index in range(number):
            read_article(
                f"Report {index}",
                f"A {rng.choice(['mill', 'bridge'])} was hit.",
                places=rng.sample(self.places[:4], rng.choice([0, 1, 2])),
                source=rng.choice(self.sources),
                language=rng.choice(["en", "ar", ""]),
                published_on=rng.choice(["2019-11-27", "2019-12-01", "2018-01-31", None]),
            )
