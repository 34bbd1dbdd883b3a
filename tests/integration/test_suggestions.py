"""What the box of places suggests: either script, best first, read back by `town`; anything can be asked; no leak."""

import json
import random
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import translation

from archive.gazetteer.begun import Closeness, begun
from archive.gazetteer.storing import load
from archive.lists.suggestions import MOST, suggestions
from archive.lists.towns import TownField
from archive.models import Place
from incidents.lists.incident_listing import listing_of
from tests.factories import gazetteer
from tests.factories.listed import published, read_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(tmp_path: Path) -> None:
    load(gazetteer.write(tmp_path / "places.jsonl"))


def codes(typed: str) -> list[str]:
    return [one.pcode for one in suggestions(typed)]


def told_of(*pcodes: str) -> None:
    for code in pcodes:
        published(places=[Place.objects.get(pcode=code)])
        assert listing_of(f"town={code}").count.number


@pytest.mark.parametrize(
    "typed",
    ["kafra", "Kafr n", "KAFR NO", "kafr-nob", "كفر ن", "كفرنب", "Kafranbel", "c4068", "ﻛﻔﺮ ﻧﺒﻞ", "\u200fكفر\u200f نب"],
)
def test_names_begun_in_any_spelling_and_script_and_codes(typed: str) -> None:
    assert "C4068" in codes(typed)


@pytest.mark.parametrize("typed", ["", " ", "k", "ك", "\x00", "%", "_", "%%%", "__", "()", "12"])
def test_less_than_two_letters_of_a_name_suggest_nothing(typed: str) -> None:
    assert codes(typed) == []


def test_what_is_no_letter_is_no_pattern() -> None:
    assert codes("k%l") == codes("kl")
    assert codes("ka_r") == codes("kar")


@pytest.mark.parametrize(
    ("typed", "found"), [("رق", "C5710"), ("الرق", "C5710"), ("al-sal", "C4192"), ("alsal", "C4192")]
)
def test_article_makes_no_difference(typed: str, found: str) -> None:
    assert found in codes(typed)


def test_inside_of_names_from_three_letters_on() -> None:
    assert "C4066" in codes("oweid")
    assert "C4066" not in codes("we")


def test_begun_says_how_close_and_by_which_spelling() -> None:
    town = Place.objects.get(pcode="C4068")
    found = {
        typed: next(one for one in begun(typed) if one.place_id == town.pk)
        for typed in ("kafranbel", "kafran", "ranbel")
    }

    assert [one.closeness for one in found.values()] == [Closeness.WHOLE, Closeness.BEGINS, Closeness.HOLDS]
    assert {one.spelling for one in found.values()} == {"Kafranbel"}


def test_what_lists_tell_of_comes_first_and_more_before_less() -> None:
    assert codes("kafr")[0] == "C4068"  # the town before the unit around it

    told_of("C4066")
    assert codes("kafr")[0] == "C4066"

    told_of("C4068", "C4068")
    assert codes("kafr") == ["C4068", "SY070203", "C4066"]


def test_whole_name_goes_before_what_only_holds_it() -> None:
    village = Place.objects.get(pcode="C4541")
    village.names.create(name="Upper Has", folded="upperhas", skeleton="x", script="Latn", source="x", quality="exact")
    told_of("C4541")

    assert codes("has") == ["C4058", "C4541"]


def test_what_lists_tell_of_goes_before_what_only_begins_so() -> None:
    village = Place.objects.get(pcode="C4541")
    village.names.create(
        name="Upper Kafr", folded="upperkafr", skeleton="x", script="Latn", source="x", quality="exact"
    )
    assert codes("kafr")[-1] == "C4541"

    told_of("C4541")

    assert codes("kafr")[0] == "C4541"


@pytest.mark.parametrize("typed", ["idl", "idlib", "إدلب"])
def test_governorate_goes_before_the_town_of_its_name_with_codes(typed: str) -> None:
    told_of("C3871")

    assert [one.name for one in suggestions(typed)][:2] == ["Idleb (SY07)", "Idleb (C3871)"]


def test_place_that_only_a_hidden_report_tells_of_goes_no_sooner() -> None:
    before = codes("kafr")

    oweid = Place.objects.get(pcode="C4066")
    read_article("Hidden", "Kafr Oweid", places=[oweid], visibility="embargoed", visibility_reason="not yet")
    published(places=[oweid], state="withdrawn")

    assert codes("kafr") == before
    read_article("Open", "Kafr Oweid", places=[oweid])
    assert codes("kafr")[0] == "C4066" != before[0]


def test_names_are_in_the_readers_language_with_where_they_are() -> None:
    assert suggestions("kafran")[0]._asdict() == {
        "pcode": "C4068",
        "name": "Kafr Nobol (C4068)",
        "spelling": "Kafranbel",
        "within": "community, Al Ma'ra, Idleb",
    }
    with translation.override("ar"):
        assert suggestions("عويد")[0] == ("C4066", "كفر عويد", "", "المعرة، إدلب")


def test_misspelt_whole_name_suggests_what_the_list_would_offer() -> None:
    assert codes("Kafr Nabil")[0] == "C4068"
    assert codes("Srqb") == ["C3916"]
    assert codes("qqqqqq") == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_name_is_read_back_as_its_place(language: str) -> None:
    with translation.override(language):
        pieces = {name[:size] for name in Place.objects.values_list("label_en", flat=True) for size in (2, 4)}
        found = {one for piece in pieces for one in suggestions(piece)}

        assert len(found) >= 20
        for one in found:
            field = TownField()
            assert field.resolve([one.name])[one.name].pcode == one.pcode
            assert not field.readings


@pytest.mark.parametrize("path", ["/places.json", "/ar/places.json"])
def test_answer_is_small_public_and_in_the_language_of_the_page(client: Client, path: str) -> None:
    response = client.get(f"{path}?q=kafr")
    answer = json.loads(response.content)

    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"].startswith("public, max-age=60")
    assert response.headers["Content-Language"] == ("ar" if path.startswith("/ar") else "en")
    assert response.headers["ETag"]
    assert len(answer["places"]) == 3
    assert answer["said"] == ("3 اقتراحات" if path.startswith("/ar") else "3 suggestions")
    assert client.get(f"{path}?q=kafr", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert client.post(f"{path}?q=kafr").status_code == 405


def test_no_question_is_answered_with_no_places(client: Client) -> None:
    assert client.get("/places.json").json() == {"places": [], "said": "No suggestions"}


HOSTILE = [
    "\x00",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "\u202e",
    "\u2066",
    "\ufeff",
    "ـ",
    "ي",
    "a" * 6_500,
    "😀",
    "\ud7ff",
    "(",
    ")",
    "ka",
]


@pytest.mark.parametrize("seed", range(4))
def test_anything_can_be_asked_and_the_answer_is_bounded(client: Client, seed: int) -> None:
    rnd = random.Random(seed)
    for _ in range(15):
        typed = "".join(rnd.choices(HOSTILE, k=rnd.randrange(1, 6)))
        response = client.get(f"/places.json?q={quote(typed)}")
        if len(quote(typed)) > 6_900:
            assert response.status_code == 414
        else:
            assert response.status_code == 200
            assert len(response.json()["places"]) <= MOST
            assert len(response.content) < 4_000
    assert client.get("/places.json?q=%ff%fe%00&q=ka&x=1").status_code == 200


def test_most_places_are_eight_and_queries_are_few(client: Client, django_assert_max_num_queries) -> None:
    country = Place.objects.get(level=0)
    for number in range(30):
        village = Place.objects.create(
            pcode=f"C7{number}", level=4, name_en=f"Barr {number}", parent=country, ancestors=[country.pk]
        )
        village.names.create(
            name=village.name_en, folded=f"barr{number}", skeleton="x", script="Latn", source="x", quality="official"
        )
    suggestions("ba")

    with django_assert_max_num_queries(6):
        assert len(suggestions("barr")) == MOST
