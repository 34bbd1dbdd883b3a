"""A published record with facts and evidence of every kind, written past the services: for tests of how pages show it."""

from typing import Any

from archive.models import Article, Citation, Passage, TextVersion
from incidents.models import Edition, Incident, PublishedIncident
from tests.factories.archive import ArticleFactory, PassageFactory, PlaceFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import (
    ActorFactory,
    EditionFactory,
    FacilityFactory,
    FacilityTypeFactory,
    IncidentFactory,
    PublishedIncidentFactory,
    PublishedRecordFactory,
    WeaponFactory,
    empty_content,
)

ENGLISH = (
    "Two shells hit the old mill at Upper Town on Wednesday night, a rescue group said.\n\n"
    "Between three and five people were killed & <b>ten</b> were hurt, it added 😀. "
    "The ministry of Nowhere denied any part in it.\n\nA third paragraph that nobody cites ends the report."
)
ARABIC = "سقطت قذيفتان على المطحنة القديمة في البلدة العليا مساء الأربعاء، وقتل أربعة أشخاص.\n\nولم يعلن أحد مسؤوليته."


def names(thing: Any) -> dict[str, str]:
    return {"name_en": thing.name_en, "name_ar": thing.name_ar}


class PublishedRecord:
    """Two reports, one in each language, and one incident that cites them; `publish` makes the next edition."""

    def __init__(self, **incident: Any) -> None:
        self.outlet = SourceFactory(name_en="Example Herald", name_ar="صحيفة المثال", text_policy="full")
        self.english = TextVersionFactory(article=self.article("Shells on a <mill>", "en"), text=ENGLISH)
        self.arabic = TextVersionFactory(article=self.article("قذائف على مطحنة", "ar"), text=ARABIC)
        self.place = PlaceFactory(name_en="Upper Town", name_ar="البلدة العليا")
        self.actor = ActorFactory(name_en="Nowhere’s army", name_ar="جيش اللامكان")
        self.type = FacilityTypeFactory(slug="mill", name_en="mill", name_ar="مطحنة")
        self.facility = FacilityFactory(
            name_en="Old Mill", name_ar="المطحنة القديمة", facility_type=self.type, place=self.place
        )
        self.weapon = WeaponFactory(slug="shelling", name_en="shelling", name_ar="قصف")
        self.incident: Incident = IncidentFactory(status="published", **incident)
        self.passages: dict[str, Passage] = {}
        self.claims: list[dict[str, Any]] = []

    def article(self, title: str, language: str) -> Article:
        return ArticleFactory(
            title=title, language=language, source=self.outlet, published_on="2019-11-28", url="https://herald.example/1"
        )

    def passage(self, text: TextVersion, exact: str) -> Passage:
        made = Passage.objects.filter(text_version=text, exact=exact).first()
        made = made or PassageFactory(text_version=text, exact=exact)
        self.passages[made.public_id] = made
        return made

    def claim(self, aspect: str, value: dict[str, Any], passage: Passage | None, **rest: Any) -> str:
        number = f"claim{len(self.claims) + 1}"
        self.claims.append(
            {
                "id": number,
                "aspect": aspect,
                "value": value,
                "stance": "asserts",
                "rank": "normal",
                "speaker": None,
                "article": passage.text_version.article.public_id if passage else None,
                "passage": passage.public_id if passage else None,
                "judgement": "",
                "reasoning": "",
                **rest,
            }
        )
        return number

    def say_all(self) -> None:
        """Claim something of every aspect: two reports that differ, a denial, a judgement."""
        rescue = {"slug": "rescue", "name_en": "Rescue Group", "name_ar": "فريق الإنقاذ"}
        ministry = {"slug": "ministry", "name_en": "Ministry of Nowhere", "name_ar": "وزارة اللامكان"}
        first = self.passage(self.english, "Two shells hit the old mill at Upper Town on Wednesday night")
        deaths = self.passage(self.english, "Between three and five people were killed & <b>ten</b> were hurt")
        denial = self.passage(self.english, "The ministry of Nowhere denied any part in it.")
        arabic = self.passage(self.arabic, "وقتل أربعة أشخاص")
        date = {"edtf": "2019-11-27", "from": "2019-11-27", "to": "2019-11-27", "part_of_day": "night", "time": None}
        actor = {"slug": self.actor.slug, **names(self.actor)}
        self.claim("occurred", date, first, reasoning="Wednesday before 28 November 2019 was the 27th.")
        self.claim("place", {"pcode": self.place.pcode, **names(self.place)}, first)
        self.claim("facility", {"id": self.facility.public_id, **names(self.facility)}, first)
        self.claim("facility_type", {"slug": self.type.slug, **names(self.type)}, first)
        self.claim("weapon", {"slug": self.weapon.slug, **names(self.weapon)}, first, rank="preferred")
        self.claim("actor", actor, None, judgement="Only its guns reach the town.")
        self.claim("actor", actor, denial, stance="denies", speaker=ministry)
        self.claim("killed", {"low": 3, "high": 5, "group": "people"}, deaths, speaker=rescue)
        self.claim("killed", {"low": 4, "high": 4, "group": "people"}, arabic)
        self.claim("injured", {"low": 10, "high": None, "group": "people"}, deaths, rank="deprecated")
        self.speakers = {"rescue": rescue, "ministry": ministry}

    def content(self, number: int, note: str, published_at: str) -> dict[str, Any]:
        """The content of the next edition; with claims, facts that fit those of `say_all`."""
        content = empty_content(self.incident, number)
        content |= {
            "note": note,
            "published_at": published_at,
            "title_en": "Shelling of the Old Mill, Upper Town, 27 November 2019",
            "title_ar": "قصف المطحنة القديمة، البلدة العليا، 27 تشرين الثاني 2019",
            "claims": list(self.claims),
            "passages": {key: self.passage_content(passage) for key, passage in self.passages.items()},
            "articles": {
                text.article.public_id: self.article_content(text.article) for text in (self.english, self.arabic)
            },
        }
        if self.claims:
            content |= self.facts()
        return content

    def facts(self) -> dict[str, Any]:
        place = {
            "pcode": self.place.pcode,
            **names(self.place),
            "level": "community",
            "precision": "near",
            "lat": 35.5,
            "lon": 36.5,
            "ancestors": [{"pcode": "SY", **names(self.place.parent), "level": "country"}],
            "claims": ["claim2"],
            "against": [],
        }
        kind = {"slug": self.type.slug, **names(self.type)}
        facility = {"id": self.facility.public_id, **names(self.facility), "type": kind, "pcode": self.place.pcode}
        group = {"group": "people", "low": 3, "high": 5, "best": None, "contested": True, "claims": []}
        return {
            "occurred": {
                "edtf": "2019-11-27",
                "from": "2019-11-27",
                "to": "2019-11-27",
                "precision": "day",
                "part_of_day": "night",
                "time": None,
                "contested": False,
                "claims": ["claim1"],
                "against": [],
            },
            "places": [place],
            "facilities": [{**facility, "claims": ["claim3"], "against": []}],
            "facility_types": [{**kind, "claims": ["claim4"]}],
            "weapons": [{"slug": self.weapon.slug, **names(self.weapon), "claims": ["claim5"]}],
            "actors": [
                {
                    "slug": self.actor.slug,
                    **names(self.actor),
                    "ancestors": [],
                    "asserted": True,
                    "disputed": True,
                    "asserted_by": [],
                    "denied_by": [self.speakers["ministry"]],
                    "disputed_by": [],
                    "claims": ["claim6"],
                    "against": ["claim7"],
                }
            ],
            "killed": {**group, "groups": [group]},
            "summary": [{"text_en": "Shells fell on a mill.", "text_ar": "", "passages": [next(iter(self.passages))]}],
        }

    def passage_content(self, passage: Passage) -> dict[str, Any]:
        text = passage.text_version
        return {
            "article": text.article.public_id,
            "text": text.number,
            "text_sha256": text.sha256,
            **{key: getattr(passage, key) for key in ("start", "end", "exact", "prefix", "suffix")},
        }

    def article_content(self, article: Article) -> dict[str, Any]:
        return {
            "title": article.title,
            "url": article.url,
            "source": {"slug": self.outlet.slug, **names(self.outlet)},
            "published": str(article.published_on),
            "language": article.language,
        }

    def publish(self, note: str = "First published.", published_at: str = "2020-05-03T10:00:00Z") -> Edition:
        number = self.incident.editions.count() + 1
        content = self.content(number, note, published_at)
        edition = EditionFactory(
            incident=self.incident, number=number, content=content, note=note, published_at=published_at
        )
        PublishedIncident.objects.filter(incident=self.incident).delete()
        PublishedIncidentFactory(
            edition=edition,
            published_at=published_at,
            title_en=content["title_en"],
            title_ar=content["title_ar"],
            place_ids=[*self.place.ancestors, self.place.pk],
            primary_place_id=self.place.pk,
            actor_ids=[self.actor.pk],
            actor_disputed_ids=[self.actor.pk],
            facility_ids=[self.facility.pk],
            source_ids=[self.outlet.pk],
        )
        if not hasattr(self.incident, "record"):
            PublishedRecordFactory(incident=self.incident, record=self.row(content))
        for passage in self.passages.values():
            Citation.objects.get_or_create(
                passage=passage,
                record=self.incident.code,
                defaults={
                    "path": f"/incidents/{self.incident.code}/",
                    "title_en": content["title_en"],
                    "title_ar": content["title_ar"],
                    "aspects": [c["aspect"] for c in self.claims if c["passage"] == passage.public_id],
                },
            )
        return edition

    def row(self, content: dict[str, Any]) -> dict[str, Any]:
        """The flat record of lists."""
        return {
            "code": self.incident.code,
            "version": content["version"],
            "scope": content["scope"],
            "title_en": content["title_en"],
            "title_ar": content["title_ar"],
            "occurred_edtf": "2019-11-27",
            "occurred_from": "2019-11-27",
            "occurred_to": "2019-11-27",
            "date_precision": "day",
            "part_of_day": "night",
            "place_pcode": self.place.pcode,
            "place_name_en": self.place.name_en,
            "place_name_ar": self.place.name_ar,
            "place_precision": "near community",
            "facilities": [self.facility.name_en],
            "facilities_ar": [self.facility.name_ar],
            "facility_type_names_en": [self.type.name_en],
            "facility_type_names_ar": [self.type.name_ar],
            "actors": [self.actor.slug],
            "actor_names_en": [self.actor.name_en],
            "actor_names_ar": [self.actor.name_ar],
            "actors_disputed": [self.actor.slug],
            "weapon_names_en": [self.weapon.name_en],
            "weapon_names_ar": [self.weapon.name_ar],
            "killed_low": 3,
            "killed_high": 5,
            "injured_low": 10,
            "injured_high": None,
            "articles": [self.english.article.public_id, self.arabic.article.public_id],
            "sources": [self.outlet.slug],
        }
