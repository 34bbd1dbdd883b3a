"""An archive in which something waits on every page of the editors. All of it is invented."""

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive import following, intake, spellings
from archive.models import AccessSettings, Article, FetchRequest, FoundAgain, NearCopy, User, WithheldWords
from incidents import curation, name_merges, proposals
from incidents.models import Incident, LikelyPair
from tests.factories.archive import (
    AboutTextFactory,
    PassageFactory,
    PlaceLabelFactory,
    PlaceNameFactory,
    ReportedErrorFactory,
    TextVersionFactory,
)
from tests.factories.full_incident import ENGLISH, FullIncident
from tests.factories.incidents import FacilityFactory, IdentifierSchemeFactory, IncidentFactory

MILLER = "Shells hit the old mill at noon. The miller said that two people were killed and taken away.\n"
QUOTE = "The miller said that two people were killed"
WITNESS = "Xyz Example"  # whose name is withheld; nobody's


class BusyArchive:
    """``told`` is in review with unpublished claims, ``merged`` was merged into it, ``apart`` split off from it."""

    def __init__(self, by: User) -> None:
        cache.clear()
        self.by = by
        self.told = told = FullIncident()
        told.say_least()
        told.publish()
        told.say_rest()
        told.say_further()
        self.merge()
        self.claim = told.incident.claims.exclude(passage=None).order_by("pk")[0]
        self.split()
        self.link()
        self.wait()
        self.change_texts()
        self.fetch()
        self.stand_elsewhere()
        self.hear()
        seen = Incident.objects.get(pk=told.incident.pk).lock_version
        curation.submit(told.incident, by=by, comment="تعليق", seen=seen)

    def hear(self) -> None:
        """A reader reports an error; somebody has written who answers for the archive."""
        of = {"spoken_of": "incident", "key": self.told.incident.code, "number": 1}
        ReportedErrorFactory(**of, words__problem="التاريخ خطأ.", address__email="reader@herald.example")
        AboutTextFactory(part="organisation", text_en="", text_ar="وقف المطحنة.")

    def merge(self) -> None:
        other = FullIncident()
        other.say_least()
        other.publish()
        curation.merge(other.incident, into=self.told.incident, by=None, reason="الهجوم نفسه.")
        self.merged = other.incident

    def split(self) -> None:
        claim = self.told.incident.claims.filter(aspect="looted").get()
        chosen = [(claim, claim.lock_version)]
        self.apart = curation.split(
            self.told.incident, claims=chosen, by=self.by, reason="هجوم آخر.", working_title="", into=None
        )

    def link(self) -> None:
        said = {"relation": "same_operation", "reason": "يوم واحد.", "passage": self.claim.passage}
        curation.link_incidents(self.told.incident, to=self.apart, by=self.by, **said)

    def wait(self) -> None:
        """A pair, a term and a spelling to decide on, comments, warnings."""
        draft = IncidentFactory()
        pair = {"earlier": self.told.incident, "later": draft, "score": 0.7}
        self.pair = LikelyPair.objects.create(**pair, reasons=["the same day", "3 killed"])
        self.term = proposals.propose("weapon", by=self.by, name="Catapult", besides=[])
        proposed = spellings.propose(by=self.by, place=self.told.place, name="Uppertoun")
        assert proposed is not None
        self.spelling = proposed
        curation.comment(self.told.incident, by=self.by, text="تعليق", claim=self.claim)
        same = FacilityFactory(name_en="Older Mill", place=self.told.place, facility_type=self.told.type)
        self.name_merge = name_merges.merge(same, into=self.told.facility, by=self.by, reason="مطحنة واحدة.")

    def change_texts(self) -> None:
        """A later text in which passages are not surely found, one that is perhaps no article, withheld words."""
        passage = PassageFactory(text_version=TextVersionFactory(text=MILLER), exact=QUOTE)
        self.told.say("killed", passage, count_low=2, group="people")
        TextVersionFactory(article=passage.text_version.article, text=MILLER.replace("two people", "nine people"))
        TextVersionFactory(text="خطأ في الخادم.", flag="error", flag_reason="it has 7 words")
        Article.objects.update(metadata_origin={"title": "opening words"})
        following.follow([passage.text_version.article_id])
        self.found = FoundAgain.objects.exclude(state="found").order_by("pk")[0]
        copy = TextVersionFactory(text=f"{ENGLISH}\n\nA line of another outlet.")
        near = {"shared": 0.9, "shared_of_other": 0.8}
        self.copy = NearCopy.objects.create(text=copy, other=self.told.english, **near)
        article = TextVersionFactory(text=f"{WITNESS} told of it.").article
        intake.withhold([article], words=WITNESS, kind="witness", reason="خطر.", by=self.by)
        self.withheld = WithheldWords.objects.get()

    def fetch(self) -> None:
        failed = {"state": "failed", "message": "it redirects to https://a.example/: a.example is not found"}
        FetchRequest.objects.create(address="https://b.example/", asked_by=self.by, **failed)

    def stand_elsewhere(self) -> None:
        """A row of what else the admin lists."""
        AccessSettings.objects.get_or_create(pk=1)
        PlaceLabelFactory(place=self.told.place)
        PlaceNameFactory(place=self.told.place)
        IdentifierSchemeFactory()
        Group.objects.get_or_create(name="Editor")
        signed = {"username": "editor", "ip_address": "192.0.2.1", "user_agent": "Agent", "path_info": "/admin/login/"}
        for log in (AccessAttempt, AccessFailureLog, AccessLog):
            log.objects.create(**signed, **({"failures_since_start": 1} if log is AccessAttempt else {}))
        DBTaskResult.objects.create(
            task_path="archive.tasks.example", args_kwargs={"args": [], "kwargs": {}}, run_after=timezone.now()
        )
