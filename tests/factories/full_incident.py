"""An incident with facts and evidence of every kind, published by the services, for tests of what readers see."""

from typing import Any

from archive import search
from archive.models import Article, Passage, Source, TextVersion
from incidents import curation
from incidents.models import Claim, Edition, Incident
from tests.factories.archive import ArticleFactory, PassageFactory, PlaceFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import (
    ActorFactory,
    FacilityFactory,
    FacilityTypeFactory,
    SpeakerFactory,
    WeaponFactory,
)

ENGLISH = (
    "Two shells hit the old mill at Upper Town on Wednesday night, a rescue group said.\n\n"
    "Between three and five people were killed & <b>ten</b> were hurt, it added 😀. "
    "The ministry of Nowhere denied any part in it.\n\nA third paragraph that nobody cites ends the report."
)
ARABIC = "سقطت قذيفتان على المطحنة القديمة في البلدة العليا مساء الأربعاء، وقتل أربعة أشخاص.\n\nولم يعلن أحد مسؤوليته."
HIT = "Two shells hit the old mill at Upper Town on Wednesday night"
DEATHS = "Between three and five people were killed & <b>ten</b> were hurt"
DENIAL = "The ministry of Nowhere denied any part in it."
UNCITED = "A third paragraph that nobody cites"


class FullIncident:
    """Two reports of one attack, one in each language; `say` makes a claim, `say_all` one of every aspect."""

    def __init__(self, *, scope: str = "attack", text_policy: str = "full") -> None:
        self.outlet = Source.objects.filter(slug="herald").first() or SourceFactory(
            slug="herald", name_en="Example Herald", name_ar="صحيفة المثال", text_policy=text_policy
        )
        self.english = TextVersionFactory(article=self.article("Shells on a <mill>", "en"), text=ENGLISH)
        self.arabic = TextVersionFactory(article=self.article("قذائف على مطحنة", "ar"), text=ARABIC)
        self.place = PlaceFactory(name_en="Upper Town", name_ar="البلدة العليا")
        self.actor = ActorFactory(name_en="Nowhere’s army", name_ar="جيش اللامكان")
        self.type = FacilityTypeFactory(name_en="mill", name_ar="مطحنة")
        self.facility = FacilityFactory(
            name_en="Old Mill", name_ar="المطحنة القديمة", facility_type=self.type, place=self.place
        )
        self.weapon = WeaponFactory(name_en="shelling", name_ar="قصف")
        self.rescue = SpeakerFactory(name_en="Rescue Group", name_ar="فريق الإنقاذ")
        self.ministry = SpeakerFactory(name_en="Ministry of Nowhere", name_ar="وزارة اللامكان", actor=self.actor)
        self.incident: Incident = curation.create_incident(by=None, scope=scope)

    def article(self, title: str, language: str) -> Article:
        return ArticleFactory(
            title=title,
            language=language,
            source=self.outlet,
            published_on="2019-11-28",
            url=f"https://herald.example/{language}",
        )

    def passage(self, text: TextVersion, exact: str) -> Passage:
        found = Passage.objects.filter(text_version=text, exact=exact).first()
        return found or PassageFactory(text_version=text, exact=exact)

    def say(self, aspect: str, passage: Passage | None, **values: Any) -> Claim:
        return curation.make_claim(incident=self.incident, by=None, aspect=aspect, passage=passage, **values)

    def say_least(self) -> None:
        """Claim what an incident needs to be published."""
        hit = self.passage(self.english, HIT)
        self.say("occurred", hit, occurred_edtf="2019-11-27", part_of_day="night", reasoning="The Wednesday before.")
        self.say("place", hit, place=self.place, place_precision="near")
        self.say("weapon", hit, weapon=self.weapon, rank="preferred")

    def say_all(self) -> None:
        """Claim something of every aspect."""
        self.say_least()
        self.say_rest()

    def say_rest(self) -> None:
        """Claim the other aspects: two reports that differ, a denial, a judgement, a set-aside number."""
        hit = self.passage(self.english, HIT)
        deaths = self.passage(self.english, DEATHS)
        self.say("facility", hit, facility=self.facility)
        self.say("facility_type", hit, facility_type=self.type)
        self.say("actor", None, actor=self.actor, judgement="Only its guns reach the town.")
        self.say("actor", self.passage(self.english, DENIAL), actor=self.actor, stance="denies", speaker=self.ministry)
        self.say("killed", deaths, count_low=3, count_high=5, group="people", speaker=self.rescue)
        self.say("killed", self.passage(self.arabic, "أربعة أشخاص"), count_low=4, count_high=4, group="people")
        self.say("injured", deaths, count_low=10, group="people", rank="deprecated")
        curation.add_sentence(
            self.incident, by=None, text_en="Shells fell on a mill.", text_ar="سقطت قذائف على مطحنة.", passages=[hit]
        )

    def say_further(self) -> None:
        """Claim what few incidents have: damage, strikes, what else was done to people, a time that is a range, a
        point.
        """
        hit = self.passage(self.english, HIT)
        when = {"time_of_day": "21:00", "time_until": "22:30", "time_is_about": True}
        self.say("occurred", None, occurred_edtf="2019-11-27", judgement="The wardens wrote it down.", **when)
        point = {"latitude": "35.6152", "longitude": "36.5601", "within_m": 500}
        self.say("place", hit, place=self.place, place_precision="near", speaker=self.rescue, **point)
        self.say("damage", hit, damage="destroyed", facility=self.facility)
        self.say("damage", hit, damage="lightly_damaged", facility=self.facility, speaker=self.rescue)
        self.say("damage", hit, damage="out_of_service")
        self.say("strikes", hit, count_low=2, count_high=2)
        self.say("detained", hit, count_low=1, group="health_workers")
        self.say(
            "abducted", None, count_high=4, group="people", judgement="The council told the editor of four at most."
        )
        self.say("displaced", hit, count_low=300, count_high=500, group="civilians")
        self.say("looted", hit)
        self.say("obstructed", hit, stance="denies", speaker=self.ministry)
        self.say("threatened", hit, count_low=3, count_high=3)

    def publish(self, note: str = "First published.", note_ar: str = "") -> Edition:
        """Publish it; warnings are answered."""
        search.index_articles([self.english.article_id, self.arabic.article_id])
        kept = {warning.key: "It is so in the report." for warning in curation.warnings(self.incident)}
        return curation.publish(self.incident, by=None, note=note, note_ar=note_ar, kept=kept)


def published(**options: Any) -> FullIncident:
    """Return a told incident with every aspect, published once."""
    told = FullIncident(**options)
    told.say_all()
    told.publish()
    return told
