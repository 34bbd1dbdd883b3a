"""Passages as W3C Web Annotations: every rule of the model and of its protocol that is ours to keep."""

import copy
import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.articles import annotations
from archive.models import Article, Capture, Citation, Passage, Source, TextVersion
from archive.terms import TextPolicy
from archive.text import anchors, normalise
from tests.factories.annotation_rules import RULES, Node, broken, position_of, quote_of
from tests.factories.full_incident import DENIAL, ENGLISH, published

ADDRESS = "https://archive.example"
# Emoji, letters of two code points, Arabic with marks, marks in the other order, invisible signs, line ends.
LETTERS = "aZ9 \n.“”é" + "😀🏚️" + "x\u0302" + "قُصفت" + "ش\u0651\u064e" + "\u200f\u200c" + "٣"
texts = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80)
moments = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@st.composite
def passages(draw) -> tuple[Passage, str]:
    """A passage of a text as the archive makes one, unsaved, cited by some records."""
    text = normalise(draw(texts.filter(lambda words: normalise(words).strip())))
    start = draw(st.integers(0, len(text) - 1))
    start, end = anchors.snap(text, start, draw(st.integers(start + 1, len(text))))
    there = anchors.describe(text, start, end)
    source = Source(name_en="Mill News", text_policy=draw(st.sampled_from(list(TextPolicy))))
    article = Article(public_id="bcdfghjk", title="Mill", source=draw(st.sampled_from([source, None])))
    capture = Capture(captured_at=draw(moments))
    capture.created_at = draw(moments) or timezone.now()
    version = TextVersion(article=article, capture=capture, number=draw(st.integers(1, 99)), text=text)
    passage = Passage(
        public_id="bcdfghjkm", text_version=version, start=start, end=end, exact=there.exact, prefix=there.prefix,
        suffix=there.suffix,
    )  # fmt: skip
    passage.created_at = draw(moments) or timezone.now()
    records = draw(st.lists(st.sampled_from("bcdfgh"), min_size=1, max_size=4, unique=True))
    cited = [
        Citation(record=one, path=f"/incidents/{one}/v1/", is_current=draw(st.booleans()), title_en=one)
        for one in records
    ]
    passage.pk, passage._prefetched_objects_cache = 1, {"citations": cited}  # as `prefetch_related` leaves them
    return passage, text


@pytest.fixture
def _addresses(settings) -> None:
    settings.SITE_URL = ADDRESS


@pytest.mark.usefixtures("_addresses")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(passages())
def test_every_rule_of_the_model_holds_for_any_passage(made: tuple[Passage, str]) -> None:
    passage, text = made

    document = json.loads(json.dumps(annotations.document(passage)))

    assert broken(document, text) == []


# One change for each rule, by which it is broken.
BREAKS = {
    "it has one id, an address": lambda one: one.update(id="passages/b c"),
    "Annotation is among its types": lambda one: one.update(type="annotation"),
    "it has a target": lambda one: one.update(target={}),
    "each body is an address": lambda one: one.update(body="an incident"),
    "it has one body, no list": lambda one: one.update(body=[one["body"]]),
    "bodyValue does not stand beside a body": lambda one: one.update(bodyValue="words"),
    "it was created once, at a time in UTC": lambda one: one.update(created="2024-01-01T00:00:00+00:00"),
    "its motivations are known": lambda one: one.update(motivation="proving"),
    "its target has one source, an address": lambda one: one["target"].update(source=[one["target"]["source"]]),
    "each selector has one known type": lambda one: quote_of(one).update(type=["TextQuoteSelector"]),
    "a quote has its words once": lambda one: quote_of(one).update(exact=["words"]),
    "a quote has at most one prefix and one suffix, each a text": lambda one: quote_of(one).update(prefix=["a", "b"]),
    "a position has one start and one end, whole numbers from 0": lambda one: position_of(one).update(start="3"),
    "a position ends after it starts": lambda one: position_of(one).update(end=0),
    "a position counts characters of Unicode, from 0, without the last": lambda one: one["target"]["selector"][
        1
    ].update(end=position_of(one)["end"] + 1),
    "a prefix stands before the words, a suffix behind them": lambda one: quote_of(one).update(prefix="§"),
    "words do not begin in the middle of a character": lambda one: quote_of(one).update(exact="\u0302x"),
    "text is normalised as it is recorded": lambda one: quote_of(one).update(exact="e\u0301"),
    "each state has one type": lambda one: one["target"]["state"].update(type="RequestHeaderState"),
    "a state says when or which copy": lambda one: one["target"].update(state={"type": "TimeState"}),
    "the times of a state are in UTC": lambda one: one["target"]["state"].update(sourceDate="2024-01-01"),
    "a state has no span of time beside a time": lambda one: one["target"]["state"].update(
        sourceDateStart="2024-01-01T00:00:00Z"
    ),
    "copies of a state are addresses": lambda one: one["target"]["state"].update(cached="copy 1"),
    "it says nothing that its context does not know": lambda one: one["target"].update(score=0.9),
    "its context is that of annotations": lambda one: one.update({"@context": ["http://www.w3.org/ns/oa.jsonld"]}),
    "no two annotations have one id": lambda one: one.update({"@included": [copy.deepcopy(one)]}),
}


@pytest.fixture
def annotation(client: Client) -> Node:
    told = published()
    passage = told.passage(told.english, DENIAL)
    return json.loads(client.get(f"/passages/{passage.public_id}.jsonld").content)


@pytest.mark.django_db
def test_rules_notice_what_breaks_them(annotation: Node) -> None:
    """Otherwise nothing is shown by their holding."""
    assert broken(annotation, ENGLISH) == []
    assert RULES.keys() <= BREAKS.keys()
    for name, change in BREAKS.items():
        changed = copy.deepcopy(annotation)
        change(changed)
        assert name in noticed(changed), name


def noticed(changed: Node) -> list[str]:
    if not changed["target"]:  # nothing else can be asked then
        return [name for name in ("it has a target",) if not RULES[name](changed, ENGLISH)]
    return broken(changed, ENGLISH)


@pytest.mark.django_db
@pytest.mark.parametrize("policy", list(TextPolicy))
def test_every_published_annotation_keeps_the_rules(client: Client, policy: TextPolicy) -> None:
    told = published(text_policy=policy)
    texts = {text.pk: text.text for text in (told.english, told.arabic)}
    shown = Passage.objects.published()
    assert shown
    for passage in shown:
        document = json.loads(client.get(f"/passages/{passage.public_id}.jsonld").content)
        assert broken(document, texts[passage.text_version_id]) == []


@pytest.mark.django_db
def test_annotation_is_given_as_the_protocol_asks(client: Client, annotation: Node) -> None:
    """Web Annotation Protocol, §3: methods, media type, entity tag, allowed methods, and what kind of thing it is."""
    address = annotation["id"].removesuffix("/") + ".jsonld"
    address = "/" + address.split("/", 3)[3]
    whole = client.get(address)

    for answer in (whole, client.head(address)):
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
        assert '<http://www.w3.org/ns/ldp#Resource>; rel="type"' in answer.headers["Link"]
        assert {"GET", "HEAD", "OPTIONS"} == {one.strip() for one in answer.headers["Allow"].split(",")}
    assert whole.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    asked = client.options(address)
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in asked.headers["Allow"]
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/ar"])
def test_id_of_an_annotation_leads_who_asks_for_it_there(client: Client, annotation: Node, language: str) -> None:
    """The id is the address of the passage: browsers get the page, clients of annotations the annotation."""
    path = f"{language}/{annotation['id'].split('/', 3)[3]}"
    json_ld = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    for accept, wanted in (
        (json_ld, "jsonld"), ("application/ld+json", "jsonld"), (f"{json_ld}, text/html;q=0.5", "jsonld"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "#p"), ("*/*", "#p"), ("", "#p"),
        ("application/ld+json;q=0.4, text/html", "#p"),
    ):  # fmt: skip
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 302
        assert "accept" in answer.headers["Vary"].lower()
        assert wanted in answer.headers["Location"], accept
    found = client.get(path, headers={"Accept": json_ld}, follow=True)
    assert found.json()["id"] == annotation["id"]
