"""Withheld words are in no public byte: at every address, in every list, package and data set, in any notation."""

import json
import re
import unicodedata
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.html import strip_tags

from archive import intake, search
from archive.intake.withholding import occurrences, others_with
from archive.models import Article, ArticleRow, CustodyEvent, Passage, WithheldWords
from archive.text.folding import fold
from incidents import curation
from incidents.formats import package
from incidents.models import Edition, PublishedIncident
from incidents.releases import making
from tests.factories.archive import CaptureFactory, PassageFactory, TextVersionFactory, UserFactory
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.incidents import ActorFactory, FacilityTypeFactory, SpeakerFactory, WeaponFactory
from tests.factories.people import person
from tests.factories.routes import addresses, public_routes, values

pytestmark = pytest.mark.django_db

ENGLISH = (
    "Two shells hit the old mill at Upper Town on Wednesday night, Tamsin  Quillfeather said.\n\n"
    "Tamsin Quillfeather, a baker, saw three people carried out. The ministry of Nowhere denied any part in it.\n\n"
    "“We hid in the cellar”, said TAMSIN\u00adQUILLFEATHER's neighbour."
)
ARABIC = "سقطت قذيفتان على المطحنة القديمة، وقالت وَهيبة الشمّاخ إن أربعة أشخاص قتلوا. ورأت وهيبـة الشماخ الحفرة."
SECRETS = ("quillfeather", "الشماخ")
BACKEND = "django.contrib.auth.backends.ModelBackend"
WORDS = ("Tamsin Quillfeather", "وهيبة الشماخ")
SPOKEN = "Tamsin  Quillfeather said"
CUT_BEFORE = "carried out"  # what stands before begins within the name


def told() -> FullIncident:
    """A published incident in whose reports, in every part, a name stands; with an older edition and an older text."""
    told = FullIncident()
    english, arabic = told.english.article, told.arabic.article
    Article.objects.filter(pk=english.pk).update(
        title="The mill, by Tamsin Quillfeather",
        authors="A. Reporter; Tamsin Quillfeather",
        url="https://herald.example/2019/tamsin-quillfeather-tells?who=Tamsin%20Quillfeather",
    )
    Article.objects.filter(pk=arabic.pk).update(title="المطحنة: وهيبة الشماخ تروي")
    told.english = TextVersionFactory(
        article=Article.objects.get(pk=english.pk), number=2, text=ENGLISH, capture=copy_of(english, ENGLISH)
    )
    told.arabic = TextVersionFactory(
        article=Article.objects.get(pk=arabic.pk), number=2, text=ARABIC, capture=copy_of(arabic, ARABIC)
    )
    witness = SpeakerFactory(
        slug="tamsin-quillfeather",
        name_en="Office of Tamsin Quillfeather",
        name_ar="مكتب وهيبة الشماخ",
        actor=told.actor,
    )
    spoken = told.passage(told.english, SPOKEN)
    told.say("occurred", spoken, occurred_edtf="2019-11-27", reasoning="As Tamsin Quillfeather said.")
    told.say("place", PassageFactory(text_version=told.english, exact=CUT_BEFORE), place=told.place)
    told.say("facility", told.passage(told.arabic, "وهيبـة الشماخ الحفرة"), facility=told.facility, speaker=witness)
    told.say(
        "killed",
        told.passage(told.arabic, "إن أربعة أشخاص"),
        count_low=4,
        count_high=4,
        group="people",
        speaker=witness,
    )
    told.say("actor", None, actor=told.actor, judgement="Tamsin Quillfeather saw its flag.")
    told.say("actor", spoken, actor=told.actor, speaker=witness, stance="denies")
    curation.add_sentence(
        told.incident, by=None, text_en="Tamsin Quillfeather ran.", text_ar="ركضت وهيبة الشماخ.", passages=[spoken]
    )
    told.publish("First, as Tamsin Quillfeather told it.")
    told.say("weapon", spoken, weapon=told.weapon)
    told.publish("Second.")
    return told


def copy_of(article: Article, text: str) -> object:
    return CaptureFactory(
        article=article,
        bytes__data=text.encode() + b".",
        original_url="https://web.archive.org/web/20311128120000/https://herald.example/tamsin-quillfeather",
        http_headers=[["Location", "https://herald.example/tamsin%2Dquillfeather"]],
        file_name="tamsin_quillfeather.html",
        captured_at="2031-11-28T12:00Z",
    )


def withhold(told: FullIncident) -> None:
    articles = [told.english.article, told.arabic.article]
    for words in WORDS:
        intake.withhold(articles, words=words, kind="witness", reason="She asked for it.", by=None)


def bytes_of(client: Client, address: str) -> list[bytes]:
    response = client.get(address)
    raw = response.getvalue() if response.streaming else response.content
    assert response.status_code < 500, address
    given = [str(response.headers).encode(), raw]
    if raw[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(raw)) as bag:
            given += [name.encode() + bag.read(name) for name in bag.namelist()]
    return given


def leaks(raw: bytes, address: str = "") -> list[str]:
    """The secrets in an answer, whatever their notation. That a page repeats its own address tells nothing."""
    text = raw.decode(errors="replace")
    readings = [text, unescape(text), strip_tags(unescape(text)), unquote(text)]
    if "\\u" in text:
        readings.append(re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text))
    letters = [re.sub(r"[\W_]+", "", fold(unicodedata.normalize("NFC", one)).text) for one in readings]
    return [secret for secret in SECRETS if any(fold(secret).text in one for one in letters)]


def test_withheld_words_are_in_no_public_byte(client: Client, tmp_path: Path) -> None:
    made = told()
    making.make()
    known, leaking = values(), {}
    lists = [f"/incidents{form}" for form in ("/", ".csv", ".json", ".atom")]
    lists += [f"/articles{form}" for form in ("/", ".jsonl", ".atom")] + ["/ar/articles/"]
    asked = [f"{one}?q={q}" for one in lists for q in ("baker", "Quillfeather", "الشماخ")]
    walk = [address for route in public_routes() if "<path:url>" not in route for address in addresses(route, known)]
    kinds = {re.sub(r"[a-z0-9]{6,}", "x", address): address for address in walk}
    assert sum(any(leaks(one) for one in bytes_of(client, address)) for address in kinds.values()) > 10  # would be seen

    withhold(made)
    for address in [*walk, *asked]:
        found = [secret for one in bytes_of(client, address) for secret in leaks(one)]
        if found and not ("q=" in address and is_own_question(client, address)):
            leaking[address] = found
    package.export(tmp_path / "data")

    assert leaking == {}
    assert [file.name for file in (tmp_path / "data").iterdir() if leaks(file.read_bytes())] == []


def is_own_question(client: Client, address: str) -> bool:
    """Whether a page of a search that finds nothing repeats the question."""
    response = client.get(address)
    text = b"" if response.streaming else response.content
    asked = address.split("q=")[1]
    cut = re.sub(rf"{asked}|{re.escape(asked.lower())}", "", unquote(unescape(text.decode())), flags=re.IGNORECASE)
    return "q=" in address and leaks(cut.encode()) == []


def test_withheld_words_stay_withheld_when_the_report_is_cited_no_more(client: Client) -> None:
    """Neither the next edition nor the record that this one was merged into cites the report that has the name."""
    made, other = FullIncident(), FullIncident()
    name = "Tamsin Quillfeather"
    for one in (made, other):
        arabic = one.passage(one.arabic, "سقطت قذيفتان")
        witness = SpeakerFactory(name_en=f"Office of {name}")
        one.say("occurred", arabic, occurred_edtf="2019-11-27", reasoning=f"{name} said so.", speaker=witness)
        one.say("place", arabic, place=one.place)
        one.say("weapon", arabic, weapon=one.weapon)
        curation.add_sentence(one.incident, by=None, text_en=f"{name} ran.", passages=[arabic])
    claim = made.say("facility", made.passage(made.english, HIT), facility=made.facility)
    made.publish("First.")
    curation.remove_claims([(claim, claim.lock_version)], by=None)
    made.publish(f"Second, after {name} wrote to us.")
    other.publish(f"Only, as {name} told.")
    curation.merge(made.incident, into=other.incident, by=None, reason=f"{name} speaks of both.")
    codes = [made.incident.code, other.incident.code]
    addresses_of = [
        f"/incidents/{code}{rest}" for code in codes for rest in ("/", ".json", "/v1/", "/v2/", "/changes/", "/v1.json")
    ]
    addresses_of += [
        f"/incidents{form}?updated_since=2000" for form in (".csv", ".json", ".jsonl", ".geojson", ".atom")
    ]
    addresses_of += [f"/incidents{form}" for form in ("/?q=ran", ".csv", ".json", ".atom", "/?q=Quillfeather")]
    assert sum(bool(leaks(client.get(one).content)) for one in addresses_of[:12]) > 5  # would be seen
    tag = client.get(f"/incidents/{codes[1]}/")["ETag"]

    intake.withhold([made.english.article], words=name, kind="witness", reason="She asked for it.", by=None)

    assert [one for one in addresses_of[:-1] if any(leaks(raw) for raw in bytes_of(client, one))] == []
    assert codes[1] not in client.get(addresses_of[-1]).content.decode()
    assert client.get(f"/incidents/{codes[1]}/")["ETag"] != tag
    curation.restore(made.incident, by=None, reason="Not the same.")
    assert leaks(client.get(f"/incidents/{codes[1]}/").content) != []
    assert [one for one in addresses_of[:6] if leaks(client.get(one).content)] == []


def test_withheld_words_are_not_found(client: Client) -> None:
    withhold(told())

    for q in ("Quillfeather", "tamsin", '"Quillfeather said"', "الشماخ", "witness", "شاهد", "withheld"):
        assert client.get("/articles.jsonl", {"q": q}).getvalue() == b"", q
        assert json.loads(client.get("/incidents.json", {"q": q, "scope": "any"}).getvalue())["count"] == 0, q
    assert client.get("/articles.jsonl", {"q": "baker"}).getvalue() != b""  # the rest is


def test_withheld_words_leave_a_sign_and_their_length_is_not_told(client: Client) -> None:
    made = told()
    passage = Passage.objects.get(exact=CUT_BEFORE)
    exact = Passage.objects.get(exact=SPOKEN)
    etag = client.get(f"/incidents/{made.incident.code}/")["ETag"]
    withhold(made)

    page = client.get(f"/articles/{made.english.article.public_id}/")
    text = strip_tags(page.content.decode())
    told_of = client.get(f"/passages/{passage.public_id}.jsonld").json()["target"]["selector"]
    record = client.get(f"/incidents/{made.incident.code}.json").json()

    assert text.count("[withheld: name of a witness]") >= 3
    assert "[محجوب" in client.get(f"/ar/articles/{made.english.article.public_id}/").content.decode()
    assert client.get(f"/incidents/{made.incident.code}/", headers={"If-None-Match": etag}).status_code == 200
    assert record["passages"][exact.public_id]["exact"] == "[withheld: name of a witness] said"
    assert record["sha256"] == Edition.objects.get(incident=made.incident, number=2).sha256
    start = told_of[-1]["start"]
    assert start == ENGLISH.index(CUT_BEFORE) - 2 * (len("Tamsin Quillfeather") - 1) - 1
    assert client.get(f"/articles/{made.english.article.public_id}/").content.decode().count("<mark") > 0


def test_withheld_words_come_back_by_a_reviewer_alone(client: Client) -> None:
    made = told()
    withhold(made)
    row = WithheldWords.objects.get(words=WORDS[0], article=made.english.article)
    editor = person("Editor")

    with pytest.raises(PermissionDenied):
        intake.release(row, reason="She agreed.", by=editor)
    with pytest.raises(intake.WithholdingError):
        intake.release(row, reason=" ", by=None)
    intake.release(row, reason="She agreed.", by=person("Administrator"))

    assert "Quillfeather" in client.get(f"/articles/{made.english.article.public_id}/").content.decode()
    assert client.get("/articles.jsonl", {"q": "Quillfeather"}).getvalue() != b""
    assert leaks(client.get(f"/articles/{made.arabic.article.public_id}/").content) == []
    with pytest.raises(intake.WithholdingError):
        intake.release(row, reason="Again.", by=None)
    events = CustodyEvent.objects.filter(event__in=["words_withheld", "words_released"], article=made.english.article)
    acts = [one.event for one in events.order_by("number")]
    assert acts == ["words_withheld", "words_withheld", "words_released"]
    assert not any(leaks(one.details.encode()) for one in events)


@pytest.mark.parametrize(
    ("words", "kind", "reason"),
    [
        ("", "witness", "x"),
        (" - ", "witness", "x"),
        ("x", "witness", "x"),
        ("Name", "other", "x"),
        ("Name", "witness", " "),
        ("Name", "witness", "\0"),
        ("N" * 301, "witness", "x"),
    ],
)
def test_withheld_words_that_cannot_be_are_refused(words: str, kind: str, reason: str) -> None:
    with pytest.raises(intake.WithholdingError):
        intake.withhold([TextVersionFactory().article], words=words, kind=kind, reason=reason, by=None)
    assert not WithheldWords.objects.exists()


def test_withheld_words_take_the_right_to_withhold() -> None:
    with pytest.raises(PermissionDenied):
        intake.withhold([TextVersionFactory().article], words="Name", kind="witness", reason="x", by=UserFactory())


def test_withheld_words_are_shown_to_the_editor_wherever_they_stand() -> None:
    made = told()
    other = TextVersionFactory(text="A copy: Tamsin Quillfeather saw it.")
    search.index_articles([other.article_id])

    places = [one.place for one in occurrences(made.english.article, WORDS[0])]

    assert places.count("text 2") == 3
    assert {"title", "authors", "address"} <= set(places)
    assert others_with(made.english.article, WORDS[0]) == [other.article]


def test_withheld_words_stay_withheld_in_what_comes_later(client: Client) -> None:
    """A text that is drawn later, and words written by hand into the article, change nothing."""
    made = told()
    withhold(made)
    article = Article.objects.get(pk=made.english.article_id)
    Article.objects.filter(pk=article.pk).update(withheld=[])
    later = TextVersionFactory(article=article, number=3, text="Tamsin Quillfeather moved away. Bees stay.")
    search.index_articles([article.pk])

    assert leaks(client.get(f"/articles/{article.public_id}/text/{later.number}/").content) == []
    assert ArticleRow.objects.filter(pk=article.pk, vector="quillfeath").count() == 0
    assert b"Bees stay." in client.get(f"/articles/{article.public_id}/text/{later.number}/").content


def test_withheld_words_at_the_desk(client: Client) -> None:
    """An editor looks where the words stand, withholds them here and in a copy, and cannot show them again."""
    made = told()
    article = made.english.article
    other = TextVersionFactory(text="A copy: Tamsin Quillfeather saw it.").article
    search.index_articles([other.pk])
    client.force_login(person("Editor"), backend=BACKEND)
    address = f"/admin/archive/article/{article.pk}/withhold/"
    said = {"words": "tamsin quillfeather", "kind": "witness", "reason": "She asked for it."}

    looked = client.post(address, said | {"act": "look"})
    assert looked.context["found"]
    assert not WithheldWords.objects.exists()
    assert f'value="{other.pk}"' in looked.content.decode()
    assert "at least two letters" in client.post(address, said | {"words": "-", "act": "withhold"}).content.decode()
    done = client.post(address, said | {"act": "withhold", "others": [other.pk]}, follow=True)

    assert "2 of 2 reports" in done.content.decode()
    assert strip_tags(done.content.decode()).count("Quillfeather") >= 3
    row = WithheldWords.objects.get(article=article)
    release = f"/admin/archive/article/withheld/{row.pk}/release/"
    assert client.post(release, {"reason": "She agreed."}).status_code == 403
    assert "Withheld from readers." in client.get(f"/admin/desk/{article.public_id}/").content.decode()
    client.force_login(person("Administrator"), backend=BACKEND)
    assert "Say why" in client.post(release, {"reason": " "}, follow=True).content.decode()
    assert "see the words again" in client.post(release, {"reason": "She agreed."}, follow=True).content.decode()


def test_withheld_name_of_a_speaker_hides_no_actor_weapon_or_source_of_the_same_slug(client: Client) -> None:
    """Slugs are told apart by what they are of: the row of the incident keeps its actor, and can be stored."""
    made = FullIncident()
    slug = made.outlet.slug
    made.actor, made.weapon, made.type = (
        ActorFactory(slug=slug),
        WeaponFactory(slug=slug),
        FacilityTypeFactory(slug=slug),
    )
    made.rescue = SpeakerFactory(slug=slug, name_en="Tamsin Quillfeather")
    made.say_all()
    made.publish("First told.")

    intake.withhold([made.english.article], words="Tamsin Quillfeather", kind="private", reason="A witness.", by=None)

    row = PublishedIncident.objects.get(code=made.incident.code)
    assert (row.actor_ids, row.weapon_ids) == ([made.actor.pk], [made.weapon.pk])
    assert made.type.pk in row.facility_type_ids
    record = client.get(f"/incidents/{made.incident.code}.json").json()
    assert {one["slug"] for part in ("actors", "weapons") for one in record[part]} == {slug}
    assert {one["source"]["slug"] for one in record["articles"].values()} == {slug}
    [hidden] = [one["speaker"] for one in record["claims"] if one["aspect"] == "killed" and one["speaker"]]
    assert slug not in str(hidden)
    assert "Tamsin" not in str(record)
