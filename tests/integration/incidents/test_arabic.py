"""The public site in Arabic: every kind of page, its words, numbers and directions."""

import copy
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import polib
import pytest
from django.test import Client
from django.utils import translation

from archive.localisation import by_name
from archive.management.commands.messages import catalogues
from archive.models import Place
from incidents import curation
from incidents.presentation import fact_wording
from tests.factories.archive import PlaceFactory
from tests.factories.full_incident import FullIncident, published
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
SHOWN_ATTRIBUTES = ("title", "alt", "placeholder", "aria-label", "data-label", "data-copy-label", "data-copied-label")
UNREADABLE = (
    "from=25/11/2019&to=2019-02-30&killed_min=x&match=no&town=Xyzzyx&weapon=no&after=no&updated_since=x&facility=no"
)
ISOLATES = re.compile("[\u2060\u2068\u2069]")
VOID = {"meta", "link", "br", "input", "img", "hr", "path", "rect", "circle", "use"}
# Names of formats, standards and styles: the same in every language.
NAMES = re.compile(
    r"CSV|XLSX|Parquet|FollowTheMoney|SVG|PNG|JSON( Lines|-LD)?|GeoJSON|Atom|OpenAPI|"
    r"SHA-256|APA|MLA|Chicago|BibTeX|RIS|CSL-JSON|UTC|API|"
    r"English|en, ar, …"
)
# Inside these the words are not the site's own: names, quotes, codes, addresses.
FOREIGN = {"bdi", "code", "time", "script", "style", "mark"}


class Words(HTMLParser):
    """Texts of a page, with whether they stand in an element whose words are of others or of another language."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[tuple[str, bool]] = []
        self.root: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "html":
            self.root = given
        is_foreign = (
            tag in FOREIGN
            or "dir" in given
            or given.get("lang", "ar") != "ar"
            or bool({"code", "breakable", "copyable"} & set((given.get("class") or "").split()))
        )
        self.found += [(given[name] or "", False) for name in SHOWN_ATTRIBUTES if name in given]
        if tag not in VOID:
            self.open.append((tag, is_foreign and tag != "html"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.found.append((text, any(is_foreign for _tag, is_foreign in self.open)))


def read(client: Client, path: str) -> Words:
    response = client.get(path)
    assert response.headers["Content-Language"] == "ar"
    words = Words()
    words.feed(response.content.decode())
    return words


def untranslated() -> set[str]:
    """Strings of the catalogue that read otherwise in Arabic."""
    entries = [entry for path in catalogues() for entry in polib.pofile(str(path))]
    return {entry.msgid for entry in entries if entry.msgid.strip(" ,;") and entry.msgid != entry.msgstr}


STARTS = ("q=mill", "q=qqqq", "order=name", "order=best", "after=x", "other=1")


def addresses(told: FullIncident) -> Iterator[str]:
    """Every kind of page, and lists with every parameter, with errors, with nothing."""
    code, article = told.incident.code, told.english.article.public_id
    yield from (
        "",
        "incidents/",
        "articles/",
        "map/",
        "timeline/",
        "charts/",
        "towns/",
        "facilities/",
        "actors/",
        "sources/",
        *(f"{kind}/?{asked}" for kind in ("towns", "facilities", "actors", "sources") for asked in STARTS),
        "about/",
    )
    yield from (
        "about/method/",
        "about/data/",
        "about/glossary/",
        "corrections/",
        "corrections/report/",
        "nothing/",
        "incidents/nothing/",
    )
    yield from (f"incidents/{code}/", f"incidents/{code}/v1/", f"incidents/{code}/changes/")
    yield from (f"articles/{article}/", f"articles/{article}/text/1/", f"articles/{told.arabic.article.public_id}/")
    yield from (f"towns/{told.place.pcode}/", f"facilities/{told.facility.public_id}/", f"actors/{told.actor.slug}/")
    yield "sources/herald/"
    everything = (
        f"q=mill&town={told.place.pcode}&from=2019&to=2019-12&actor={told.actor.slug}&stance=disputed&scope=any"
        f"&facility={told.facility.public_id}&facility_type={told.type.slug}&weapon={told.weapon.slug}&source=herald"
        "&killed_min=1&updated_since=2019-01-01&order=killed"
    )
    for kind in ("incidents", "map", "timeline", "charts"):
        yield f"{kind}/?{everything}"
        yield f"{kind}/?q=unheard&match=certain&from=2019-11"
        yield f"{kind}/?{UNREADABLE}"
    yield 'articles/?q="mill&source=herald&language=en&from=2019-11&to=2019-11-30&order=relevance&unknown=1'
    yield "articles/?q=the&language=%3F&source=no&to=2018&from=2019"


def make_told() -> FullIncident:
    """One incident with two editions that differ, and one that was withdrawn."""
    told = FullIncident()
    told.say_least()
    told.publish()
    told.say_rest()
    told.publish(note="The rest.")
    return told


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(make_told)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def test_pages_in_arabic_run_from_right_to_left_and_hold_no_english_of_the_catalogue(
    told: FullIncident, client: Client
) -> None:
    english = untranslated()
    for address in addresses(told):
        page = read(client, f"/ar/{address}")

        assert (page.root.get("lang"), page.root.get("dir")) == ("ar", "rtl"), address
        assert [text for text, is_foreign in page.found if not is_foreign and text.strip(":.,()") in english] == [], (
            address
        )


def test_pages_in_arabic_hold_no_latin_words_of_the_sites_own(told: FullIncident, client: Client) -> None:
    """What is not in the catalogue at all would be seen only here: a text without an Arabic letter."""
    for address in addresses(told):
        if address == "about/data/":  # a table of names that programs use
            continue
        for text, is_foreign in read(client, f"/ar/{address}").found:
            own = NAMES.sub("", re.sub("\u2068[^\u2068\u2069]*\u2069", "", text))
            is_latin = re.search("[A-Za-z]{3}", own) and not re.search("[\u0621-\u064a]", own)
            assert is_foreign or not is_latin, (address, html.unescape(text))


def test_withdrawn_and_merged_records_are_told_in_arabic(told: FullIncident, client: Client) -> None:
    english = untranslated()
    other = published()
    curation.merge(other.incident, into=told.incident, by=None, reason="The same.")
    curation.withdraw(told.incident, by=None, reason="Wrong.")

    for code in (told.incident.code, f"{other.incident.code}/v1"):
        page = read(client, f"/ar/incidents/{code}/")
        assert page.root["dir"] == "rtl"
        assert [text for text, is_foreign in page.found if not is_foreign and text in english] == []


@pytest.mark.parametrize(
    ("low", "high", "group", "english", "arabic"),
    [
        (1, 1, "people", "1 person", "شخص واحد"),
        (2, 2, "children", "2 children", "طفلان"),
        (5, 5, "women", "5 women", "5 نساء"),
        (11, 11, "people", "11 people", "11 شخصًا"),
        (100, 100, "civilians", "100 civilians", "100 مدني"),
        (1200, 1200, "people", "1,200 people", "1,200 شخص"),
        (3, None, "people", "at least 3 people", "3 أشخاص على الأقل"),
        (1, None, "people", "at least 1 person", "شخص واحد على الأقل"),
        (None, 2, "fighters", "up to 2 fighters", "مقاتلان على الأكثر"),
        (3, 5, "people", "3–5 people", "من 3 إلى 5 أشخاص"),
        (0, 1, "people", "0–1 people", "من 0 إلى 1 أشخاص"),
        (None, None, "children", "an unknown number of children", "عدد غير معروف (أطفال)"),
        (3, 5, "", "3–5", "من 3 إلى 5"),
    ],
)
def test_counted_group_agrees_with_its_number(
    low: int | None, high: int | None, group: str, english: str, arabic: str
) -> None:
    with translation.override("en"):
        assert fact_wording.counted_group(low, high, group) == english
    with translation.override("ar"):
        assert fact_wording.counted_group(low, high, group) == arabic


def test_sentence_says_filters_back_in_arabic(told: FullIncident, client: Client) -> None:
    response = client.get(f"/ar/incidents/?town={told.place.pcode}&from=2019-11&to=2019-11&killed_min=3")

    sentence = response.context["listing"].sentence
    assert sentence == ("هجمات ربما وقعت في البلدة العليا في تشرين الثاني/نوفمبر 2019 مع 3 قتلى على الأقل")


def test_sentence_sets_names_of_the_other_script_apart(client: Client) -> None:
    place = PlaceFactory(name_en="Lower Town (old)", name_ar="")

    sentence = client.get(f"/ar/incidents/?town={place.pcode}").context["listing"].sentence

    assert sentence == "هجمات في \u2068Lower Town (old)\u2069"


def test_unreadable_date_is_explained_in_arabic(client: Client) -> None:
    problems = client.get("/ar/incidents/?from=soon").context["listing"].filters.problems

    assert [ISOLATES.sub("", message) for message in problems["from"]] == [
        "«soon» ليس تاريخًا مقروءًا هنا: اكتب YYYY أو YYYY-MM أو YYYY-MM-DD، مثل 2019-11-25."
    ]


def test_files_for_machines_are_the_same_whatever_the_language(told: FullIncident, client: Client) -> None:
    with translation.override("ar"):
        assert "Attacks" in client.get("/incidents.atom").content.decode()


def test_by_name_orders_as_the_reader_sees() -> None:
    first = PlaceFactory(name_en="Beta", name_ar="أ")
    second = PlaceFactory(name_en="Alpha", name_ar="ب")
    named = Place.objects.filter(pk__in=[first.pk, second.pk])

    with translation.override("ar"):
        assert list(named.order_by(by_name())) == [first, second]
    with translation.override("en"):
        assert list(named.order_by(by_name())) == [second, first]


def test_dates_with_invisible_marks_are_read(client: Client) -> None:
    listing = client.get("/ar/incidents/?from=%E2%80%8F2019-%E2%81%A011-%E2%81%A025").context["listing"]

    assert str(listing.filters.value("from")) == "2019-11-25"
