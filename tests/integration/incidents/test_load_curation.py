"""Curation files: what they bring in, that they do so once, and how they are refused."""

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive.models import Article, Place, Source
from incidents import curation
from incidents.curation_files import FileRefusedError, load
from incidents.models import Claim, Facility, Incident, PublishedIncident
from tests.factories.archive import ArticleFactory, PlaceFactory, TextVersionFactory, UserFactory
from tests.factories.incidents import SpeakerFactory
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

TEXT = "Two people died when a shell hit the River Clinic on Wednesday night, witnesses said."


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def passage(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"article": "report", "start": start, "end": start + len(words), "sha256": digest(words)}


def make_document() -> dict[str, Any]:
    """A file with one published incident, whose text, place and vocabularies are there."""
    call_command("load_vocabularies", stdout=None, verbosity=0)
    TextVersionFactory(text=TEXT, article=ArticleFactory(source=None, title="Untitled"))
    PlaceFactory(pcode="C1", name_en="River Town")
    return {
        "format": 1,
        "sources": {"river-post": {"name_en": "River Post"}},
        "facilities": {"clinic": {"name_en": "River Clinic", "type": "clinic", "pcode": "C1"}},
        "articles": {
            "report": {
                "sha256": digest(TEXT),
                "correct": {"title": "A clinic hit", "source": "river-post", "published": "2019-11-28"},
                "reason": "The file does not say.",
            }
        },
        "passages": {"night": passage("Wednesday night"), "died": passage("Two people died")},
        "incidents": {
            "river-clinic": {
                "scope": "attack",
                "claims": [
                    {"aspect": "occurred", "edtf": "2019-11-27/2019-11-28", "part_of_day": "night", "passage": "night"},
                    {"aspect": "place", "pcode": "C1", "judgement": "The only clinic of the name is there."},
                    {"aspect": "facility", "facility": "clinic", "passage": "died"},
                    {
                        "id": "first-count",
                        "aspect": "killed",
                        "low": 2,
                        "high": 2,
                        "group": "people",
                        "passage": "died",
                        "speaker": "witnesses",
                    },
                ],
                "summary": [{"text_en": "A shell hit a clinic.", "passages": ["died"]}],
                "publish": "First edition.",
            }
        },
    }


@pytest.fixture(scope="module")
def kept_document(make_once: MakeOnce) -> dict[str, Any]:
    return make_once(make_document)


@pytest.fixture
def document(kept_document: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(kept_document)


def test_load_curation_warns_of_speakers_of_a_like_name(document: dict[str, Any]) -> None:
    SpeakerFactory(slug="river-council", name_en="Council of the River Towns")
    document["speakers"] = {
        "river-towns-council": {"name_en": "River Towns Council"},
        "harbour": {"name_en": "Harbour office"},
        "harbour-again": {"name_en": "Office of the Harbour"},
    }

    report = load(document, name="river", by=None)

    assert [warning.path for warning in report.warnings] == ["speakers.river-towns-council", "speakers.harbour-again"]
    assert "write river-council." in report.warnings[0].message
    assert "write harbour." in report.warnings[1].message
    assert load(document, name="river", by=None).warnings == []  # they are there now


def test_load_curation_publishes_what_the_file_says(document: dict[str, Any]) -> None:
    report = load(document, name="river", by=None)

    incident = report.added["river-clinic"]
    content = incident.editions.get().content
    assert content["occurred"]["from"] == "2019-11-27"
    assert content["facilities"][0]["name_en"] == "River Clinic"
    assert content["killed"]["low"] == 2
    assert content["summary"][0]["text_en"] == "A shell hit a clinic."
    assert incident.identifiers.get().scheme_id == "curation:river"


def test_load_curation_corrects_the_article(document: dict[str, Any]) -> None:
    load(document, name="river", by=None)

    article = Article.objects.get()
    assert (article.title, article.source.slug, str(article.published_on)) == (
        "A clinic hit",
        "river-post",
        "2019-11-28",
    )


def test_load_curation_twice_changes_nothing(document: dict[str, Any]) -> None:
    load(document, name="river", by=None)
    before = list(Claim.objects.values_list("public_id", "lock_version")), Article.objects.get().lock_version

    report = load(document, name="river", by=None)

    assert (report.added, list(report.already_there), report.corrected) == ({}, ["river-clinic"], [])
    assert (list(Claim.objects.values_list("public_id", "lock_version")), Article.objects.get().lock_version) == before
    assert (Facility.objects.count(), Source.objects.filter(slug="river-post").count()) == (1, 1)


@pytest.mark.parametrize("name", ["River Clinic of the New Bridge", "Hill Surgery"])
def test_load_curation_again_leaves_a_facility_that_was_renamed(document: dict[str, Any], name: str) -> None:
    load(document, name="river", by=None)
    Facility.objects.update(name_en=name)
    second = {"scope": "attack", "claims": [{"aspect": "occurred", "edtf": "2019", "passage": "night"}]}

    assert load(document, name="river", by=None).added == {}
    document["incidents"]["another"] = second
    assert list(load(document, name="river", by=None).added) == ["another"]

    assert [facility.name_en for facility in Facility.objects.all()] == [name]


def test_load_curation_leaves_editors_work(document: dict[str, Any]) -> None:
    editor = UserFactory()
    incident = load(document, name="river", by=None).added["river-clinic"]
    claim = incident.claims.get(aspect="killed")
    curation.remove_claims([(claim, claim.lock_version)], by=editor)
    Article.objects.update(title="The editor's title")

    load(document, name="river", by=None)

    assert not incident.claims.filter(aspect="killed").exists()
    assert Article.objects.get().title == "The editor's title"


def test_load_curation_fixed_code_and_later_stages(document: dict[str, Any]) -> None:
    item = document["incidents"]["river-clinic"]
    item["code"] = "fc1t5g"
    more = {"aspect": "killed", "low": 3, "group": "people", "judgement": "A later report of the council."}
    item["then"] = [{"claims": [more], "ranks": {"first-count": "deprecated"}, "publish": "A later count."}]

    incident = load(document, name="river", by=None).added["river-clinic"]

    first, second = incident.editions.order_by("number")
    assert incident.code == "fc1t5g"
    assert (first.content["killed"]["high"], second.content["killed"]["low"]) == (2, 3)
    assert second.content["killed"]["high"] is None


def test_load_curation_withdraws_and_merges(document: dict[str, Any]) -> None:
    original = document["incidents"]["river-clinic"]
    document["incidents"]["again"] = copy.deepcopy(original) | {
        "merge": {"into": "river-clinic", "reason": "The same attack."}
    }
    document["incidents"]["doubtful"] = copy.deepcopy(original) | {"withdraw": "It cannot be confirmed."}

    load(document, name="river", by=None)

    states = sorted(PublishedIncident.objects.values_list("state", flat=True))
    assert states == ["merged", "published", "withdrawn"]


def spoil(path: str, value: Any) -> Any:
    """Return what puts a value at a path of the document; None takes the key away."""

    def change(document: dict[str, Any]) -> None:
        *way, last = path.split("/")
        target: Any = document
        for step in way:
            target = target[int(step) if step.isdigit() else step]
        if value is None:
            del target[last]
        else:
            target[last] = value

    return change


CLAIMS = "incidents/river-clinic/claims"


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("format", 2, "format"),
        ("format", None, "format"),
        ("nonsense", {}, "nonsense"),
        ("incidents", [], "incidents"),
        (f"{CLAIMS}/0/edtf", "last week", "incidents.river-clinic.claims[0].edtf"),
        (f"{CLAIMS}/0/edtf", 2019, "incidents.river-clinic.claims[0].edtf"),
        (f"{CLAIMS}/0/low", 3, "incidents.river-clinic.claims[0].low"),
        (f"{CLAIMS}/0/aspect", "mood", "incidents.river-clinic.claims[0].aspect"),
        (f"{CLAIMS}/0/passage", "nowhere", "incidents.river-clinic.claims[0].passage"),
        (f"{CLAIMS}/0/passage", None, "incidents.river-clinic.claims[0].passage"),
        (f"{CLAIMS}/1/pcode", "C999", "incidents.river-clinic.claims[1].pcode"),
        (f"{CLAIMS}/2/facility", "mill", "incidents.river-clinic.claims[2].facility"),
        (f"{CLAIMS}/3/speaker", "nobody", "incidents.river-clinic.claims[3].speaker"),
        (f"{CLAIMS}/3/low", 9, "incidents.river-clinic.claims[3].high"),
        (f"{CLAIMS}/3/low", True, "incidents.river-clinic.claims[3].low"),
        ("incidents/river-clinic/code", "fc1t5x", "incidents.river-clinic.code"),
        ("incidents/river-clinic/scope", "war", "incidents.river-clinic.scope"),
        ("incidents/river-clinic/publish", " ", "incidents.river-clinic.publish"),
        ("incidents/river-clinic/claims", [], "incidents.river-clinic"),
        ("incidents/river-clinic/merge", {"into": "x", "reason": "y"}, "incidents.river-clinic.merge.into"),
        ("incidents/river-clinic/ranks", {"no-such": "preferred"}, "incidents.river-clinic.ranks.no-such"),
        ("passages/died/start", 1, "passages.died"),
        ("passages/died/end", 10**9, "passages.died"),
        ("passages/died/article", "other", "passages.died.article"),
        ("articles/report/sha256", "0" * 64, "articles.report.sha256"),
        ("articles/report/reason", "", "articles.report.reason"),
        ("articles/report/correct/published", "yesterday", "articles.report.correct.published"),
        ("articles/report/correct/title", "x" * 501, "articles.report.correct"),
        ("facilities/clinic/type", "castle", "facilities.clinic.type"),
        ("facilities/clinic/pcode", "C999", "facilities.clinic.pcode"),
    ],
)
def test_load_curation_refusal_names_the_place(document: dict[str, Any], path: str, value: Any, where: str) -> None:
    spoil(path, value)(document)

    with pytest.raises(FileRefusedError) as refusal:
        load(document, name="river", by=None)

    assert where in [problem.path for problem in refusal.value.problems]
    assert not Incident.objects.exists()
    assert not Source.objects.filter(slug="river-post").exists()


def test_load_curation_lists_every_error(document: dict[str, Any]) -> None:
    claims = document["incidents"]["river-clinic"]["claims"]
    claims[0]["edtf"], claims[1]["pcode"], claims[3]["group"] = "soon", "C999", "ghosts"

    with pytest.raises(FileRefusedError) as refusal:
        load(document, name="river", by=None)

    assert len(refusal.value.problems) == 3


def test_load_curation_command_reports(document: dict[str, Any], tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "river.json"
    file.write_text(json.dumps(document))

    call_command("load_curation", file)
    call_command("load_curation", file)

    out = capsys.readouterr().out
    assert "1 incidents added, 0 already there, 1 articles corrected" in out
    assert "0 incidents added, 1 already there, 0 articles corrected" in out


@pytest.mark.parametrize(("content", "status"), [("{", 2), ("[]", 1), ('{"format": 1}', 1)])
def test_load_curation_command_exit_status(tmp_path: Path, content: str, status: int) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content)

    with pytest.raises(CommandError) as refusal:
        call_command("load_curation", file)

    assert refusal.value.returncode == status


def test_load_curation_takes_a_point_with_how_near_it_is_known(document: dict[str, Any]) -> None:
    place = document["incidents"]["river-clinic"]["claims"][1]
    place |= {"point": "35°30'36\"N 36°33'36\"E", "within_m": 500}
    Place.objects.filter(pcode="C1").update(lat=35.51, lon=36.5)

    load(document, name="river", by=None)

    claim = Claim.objects.get(aspect="place")
    assert (str(claim.point), claim.within_m) == ("35.5100, 36.5600", 500)


@pytest.mark.parametrize(
    ("given", "path", "told"),
    [
        ({"point": "35,51 36,56", "within_m": 500}, "point", "read in two ways"),
        ({"point": "35.51, 36.56"}, "within_m", "Within how many metres"),
        ({"within_m": 500}, "point", "Write the point"),
        ({"point": 35.51, "within_m": 500}, "point", ""),
        ({"point": "35.51, 36.56", "within_m": "500"}, "within_m", ""),
        ({"point": "35.51, 36.56", "within_m": 0}, "within_m", "from 1 to 500,000"),
    ],
)
def test_load_curation_says_what_is_wrong_with_a_point(
    document: dict[str, Any], given: dict[str, Any], path: str, told: str
) -> None:
    document["incidents"]["river-clinic"]["claims"][1] |= given

    with pytest.raises(FileRefusedError) as refusal:
        load(document, name="river", by=None)

    found = [problem for problem in refusal.value.problems if problem.path.endswith(f"claims[1].{path}")]
    assert found
    assert told in found[0].message
    assert not Incident.objects.exists()
