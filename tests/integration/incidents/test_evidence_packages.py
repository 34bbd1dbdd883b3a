"""Evidence packages: what is in them, what is not, and that others' tools find them whole."""

import copy
import hashlib
import json
from pathlib import Path

import pytest
from django.test import Client

from archive import capture_bytes, custody, intake
from archive.models import Article, Capture, CustodyEvent, Passage, Source, User
from archive.stamping import make_manifest
from archive.stamping.authority import Authority, stamp
from archive.terms import CustodyAct
from incidents import curation
from incidents.models import Edition
from tests.factories import bags
from tests.factories.archive import ArticleFactory, CaptureFactory, SourceFactory
from tests.factories.full_incident import ARABIC, DENIAL, ENGLISH, HIT, UNCITED, FullIncident, published
from tests.factories.time_stamps import make_authority, openssl, serving
from tests.kept_rows import MakeOnce

ENDS = ("-1.tsq", "-1.tsr", ".txt")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(published)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def of_incident(told: FullIncident) -> str:
    return f"/incidents/{told.incident.code}/package.zip"


def of_article(told: FullIncident) -> str:
    return f"/articles/{told.english.article.public_id}/package.zip"


def test_package_of_an_incident_is_whole(client: Client, told: FullIncident, tmp_path: Path) -> None:
    bag = bags.unpack(bags.download(client, of_incident(told)), tmp_path)

    bags.check(bag)
    edition = Edition.objects.get(incident=told.incident)
    assert bag.name == f"{told.incident.code}-v1"
    record = bags.read(bag, "record.json")
    assert record == json.loads(client.get(f"/incidents/{told.incident.code}/v1.json").content)
    whole = (bag / "data/record.canonical.json").read_bytes()
    assert hashlib.sha256(whole).hexdigest() == edition.sha256
    for text in (told.english, told.arabic):
        folder = bag / "data/articles" / text.article.public_id
        assert (folder / "texts/1.txt").read_bytes() == text.text.encode()
        assert (folder / "copies" / text.capture.bytes_id).read_bytes() == bytes(text.capture.bytes.data)
        report = json.loads((folder / "report.json").read_bytes())
        assert report["publisher"] in ("Example Herald", "صحيفة المثال")
        assert [copy["sha256"] for copy in report["copies"]] == [text.capture.bytes_id]
        assert report["texts"][0]["sha256"] == hashlib.sha256(text.text.encode()).hexdigest()
    assert {path for path in bags.files(bag) if path.startswith("passages/")} == {
        f"passages/{passage}.jsonld" for passage in record["passages"]
    }


def test_package_reads_without_scripts_in_both_languages(client: Client, told: FullIncident, tmp_path: Path) -> None:
    bag = bags.unpack(bags.download(client, of_incident(told)), tmp_path)

    for language, word in (("en", "Evidence"), ("ar", "صحيفة المثال")):
        html = (bag / f"data/record.{language}.html").read_text()
        assert f'lang="{language}"' in html
        assert word in html
        assert HIT in html
        assert "<script" not in html
        assert " src=" not in html
        assert "<link" not in html
        assert "&lt;b&gt;ten&lt;/b&gt;" in html
    readme = (bag / "README.txt").read_text()
    for step in ("sha256sum -c manifest-sha256.txt", "bagit.py --validate .", "sha256sum data/record.canonical.json"):
        assert step in readme
    assert "{" not in readme


def test_package_of_an_article_is_whole(client: Client, told: FullIncident, tmp_path: Path) -> None:
    bag = bags.unpack(bags.download(client, of_article(told)), tmp_path)

    bags.check(bag)
    passages = Passage.objects.published().filter(text_version__article=told.english.article)
    assert {path for path in bags.files(bag) if path.startswith("passages/")} == {
        f"passages/{passage.public_id}.jsonld" for passage in passages
    }
    for passage in passages:
        annotation = bags.read(bag, f"passages/{passage.public_id}.jsonld")
        assert annotation["body"].endswith(f"/incidents/{told.incident.code}/")
        position = next(one for one in annotation["target"]["selector"] if one["type"] == "TextPositionSelector")
        text = (bag / f"data/articles/{told.english.article.public_id}/texts/1.txt").read_bytes().decode()
        assert text[position["start"] : position["end"]] == passage.exact


def test_same_state_gives_the_same_bytes(client: Client, told: FullIncident) -> None:
    for address in (of_incident(told), of_article(told)):
        first = bags.download(client, address)
        assert first == bags.download(client, address)
    Article.objects.filter(pk=told.english.article_id).update(title="Another title")
    assert bags.download(client, of_article(told)) != first


def test_log_of_custody_can_be_worked_out_again(client: Client, told: FullIncident, tmp_path: Path) -> None:
    article = told.english.article
    editor = User.objects.create_user("secret-editor", is_staff=True)
    custody.append(
        [
            custody.event(CustodyAct.RECEIVED, by=editor, capture=told.english.capture, size=12),
            custody.event(CustodyAct.RECEIVED, by=None, capture=told.arabic.capture),
            custody.event(CustodyAct.TEXT_DRAWN, by=None, text=told.english, number=1),
        ]
    )

    bag = bags.unpack(bags.download(client, of_article(told)), tmp_path)

    events = bags.read(bag, f"articles/{article.public_id}/report.json")["custody"]
    assert [one["event"] for one in events] == ["received", "text_drawn"]
    assert list(CustodyEvent.objects.filter(article=article).values_list("hash", flat=True)) == [
        hashlib.sha256((bag / "data" / one["file"]).read_bytes()).hexdigest() for one in events
    ]
    assert not [one for one in events if "warning" in one]
    assert "secret-editor" not in bags.everything(bag)


def test_time_stamps_are_verified_by_openssl_alone(client: Client, tmp_path: Path, settings) -> None:
    root = make_authority(tmp_path)
    told = published()
    custody.append(
        custody.event(CustodyAct.RECEIVED, by=None, capture=text.capture) for text in (told.english, told.arabic)
    )
    first = make_manifest()  # not stamped: the next one vouches for it
    with serving(tmp_path) as address:
        stamp(make_manifest(), Authority(address, root))
    make_manifest()  # lists nothing of it

    for name, address in (("one", of_incident(told)), ("two", of_article(told))):
        bag = bags.unpack(bags.download(client, address), tmp_path / name)
        bags.check(bag)
        number = first.number + 1
        held = sorted(path for path in bags.files(bag) if path.startswith("manifests/"))
        assert held == [f"manifests/{path}" for path in (f"{first.number}.txt", *(f"{number}{end}" for end in ENDS))]
        data, reply = (str(bag / f"data/manifests/{number}{end}") for end in (".txt", "-1.tsr"))
        assert "OK" in openssl(tmp_path, "ts", "-verify", "-data", data, "-in", reply, "-CAfile", str(root))
        assert first.sha256 in (bag / f"data/manifests/{number}.txt").read_text()
        assert told.english.capture.bytes_id in (bag / f"data/manifests/{first.number}.txt").read_text()
        assert "openssl ts -verify" in (bag / "README.txt").read_text()


@pytest.mark.parametrize("policy", ["passages", "reference"])
def test_policy_keeps_texts_and_copies_back(client: Client, told: FullIncident, policy: str, tmp_path: Path) -> None:
    Source.objects.filter(pk=told.outlet.pk).update(text_policy=policy)
    for number, address in enumerate((of_incident(told), of_article(told))):
        bag = bags.unpack(bags.download(client, address), tmp_path / str(number))

        bags.check(bag)
        everything = bags.everything(bag)
        assert not [path for path in bags.files(bag) if "/texts/" in path or "/copies/" in path]
        assert UNCITED not in everything
        assert ARABIC not in everything
        assert told.english.sha256 in everything
        assert told.english.capture.bytes_id in everything
        assert (DENIAL in everything) == (policy == "passages")
    assert ("record.canonical.json" in bags.files(tmp_path / "0" / f"{told.incident.code}-v1")) == (
        policy == "passages"
    )


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_hidden_report_is_left_out(client: Client, told: FullIncident, visibility: str, tmp_path: Path) -> None:
    article = told.english.article
    hidden = {"visibility": visibility, "visibility_reason": "Risk."}
    intake.correct_article(article, by=None, seen=article.lock_version, **hidden)

    bag = bags.unpack(bags.download(client, of_incident(told)), tmp_path)

    bags.check(bag)
    everything = bags.everything(bag)
    for words in (HIT, DENIAL, "Shells on a", "herald.example/en", told.english.capture.bytes_id, "Risk."):
        assert words not in everything, words
    assert told.arabic.text in everything
    assert not [path for path in bags.files(bag) if article.public_id in path]
    assert client.get(of_article(told)).status_code == 404


def test_bytes_that_a_hidden_report_shares_stay(client: Client, told: FullIncident, tmp_path: Path) -> None:
    other = ArticleFactory(source=SourceFactory(text_policy="passages"))
    CaptureFactory(article=other, bytes=told.english.capture.bytes)

    bag = bags.unpack(bags.download(client, of_article(told)), tmp_path)

    [copy] = bags.read(bag, f"articles/{told.english.article.public_id}/report.json")["copies"]
    assert copy["file"] is None
    assert "same bytes" in copy["not_let_out"]
    assert not [path for path in bags.files(bag) if "/copies/" in path]


def test_unpublished_passages_and_claims_stay(client: Client, told: FullIncident, tmp_path: Path) -> None:
    uncited = told.passage(told.english, UNCITED)
    told.say("killed", None, count_low=987654, group="people", judgement="Not yet published.")

    for number, address in enumerate((of_incident(told), of_article(told))):
        everything = bags.everything(bags.unpack(bags.download(client, address), tmp_path / str(number)))
        assert uncited.public_id not in everything
        assert "987654" not in everything


def test_addresses_answer_as_pages_do(client: Client, told: FullIncident) -> None:
    draft = curation.create_incident(by=None, scope="attack")
    other = published()
    code = told.incident.code

    assert client.get(f"/incidents/{draft.code}/package.zip").status_code == 404
    assert client.get("/incidents/nothing/package.zip").status_code == 404
    assert client.get("/articles/nothing/package.zip").status_code == 404
    head = client.head(of_incident(told))
    assert head.status_code == 200
    assert "Content-Length" not in head.headers  # none that is wrong
    curation.merge(told.incident, into=other.incident, by=None, reason="The same attack.")
    moved = client.get(f"/incidents/{code}/package.zip")
    assert (moved.status_code, moved.headers["Location"]) == (301, of_incident(other))
    curation.withdraw(other.incident, by=None, reason="It was thunder.")
    assert client.get(of_incident(other)).status_code == 410


def test_bytes_come_in_pieces(told: FullIncident, monkeypatch: pytest.MonkeyPatch) -> None:
    capture = Capture.objects.get(pk=told.english.capture_id)
    data = bytes(capture.bytes.data)
    for size in (1, 7, len(data) - 1, len(data), len(data) + 1):
        monkeypatch.setattr(capture_bytes, "PIECE", size)
        pieces = list(capture_bytes.pieces(capture.bytes_id))
        assert b"".join(pieces) == data
        assert max(map(len, pieces)) <= size


def test_pages_link_to_packages(client: Client, told: FullIncident) -> None:
    assert f'href="{of_incident(told)}"' in client.get(f"/incidents/{told.incident.code}/").content.decode()
    assert f'href="{of_article(told)}"' in client.get(of_article(told).removesuffix("package.zip")).content.decode()
    assert ENGLISH[:20] not in client.head(of_article(told)).getvalue().decode()
