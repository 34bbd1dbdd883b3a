"""What readers call a place: chosen by editors, else as most reports write it, else as the gazetteer prefers."""

import json
import random
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from archive.gazetteer.reported_spellings import FEWEST, Spelt, most_used, refresh_reported
from archive.gazetteer.storing import load
from archive.models import Article, Mention, Place, PlaceLabel
from tests.factories import gazetteer
from tests.factories.archive import ArticleFactory, MentionFactory, PlaceFactory, PlaceNameFactory, TextVersionFactory

COLUMNS = "place_id, label_en, label_ar, reason, created_at, updated_at, lock_version"
ON_RECORD = {"kafranbel", "kafrnabl", "كفرنبل"}


def spelt(**counts: int) -> list[Spelt]:
    """So many reports of each spelling; `_` is a space."""
    names = [name.replace("_", " ") for name, count in counts.items() for _ in range(count)]
    return [Spelt(name, number) for number, name in enumerate(names)]


# Which spelling most reports use


@pytest.mark.parametrize(
    ("counts", "label"),
    [
        ({"Kafranbel": FEWEST}, "Kafranbel"),
        ({"Kafranbel": FEWEST - 1}, ""),
        ({"Kafranbel": FEWEST, "Kafr_Nabl": FEWEST}, ""),
        ({"Kafranbel": FEWEST, "Kafr_Nabl": FEWEST + 1}, "Kafr Nabl"),
        ({"Kafr_Nabl": 2, "Kafr-Nabl": 3, "Kafranbel": 4}, "Kafr-Nabl"),
        ({"KAFRANBEL": 3, "Kafranbel": 3}, "Kafranbel"),
        ({"Kurdish": 50}, ""),
        ({"Kafranbel_town": 3, "Kafranbel": 2}, "Kafranbel"),
    ],
)
def test_most_used_is_what_most_reports_write_where_enough_do(counts, label):
    assert most_used(spelt(**counts), ON_RECORD).get("en", "") == label


def test_most_used_counts_each_report_once_and_each_language_by_itself():
    often = [Spelt("Kafranbel", 1)] * 50
    arabic = [Spelt("كَفَرنبل", number) for number in range(FEWEST - 1)] + [Spelt("كفرنبل", 90), Spelt("كفرنبل", 91)]

    assert most_used(often + arabic, ON_RECORD) == {"ar": "كَفَرنبل"}
    assert most_used([*often, *arabic, *(Spelt("كفرنبل", n) for n in range(100, 110))], ON_RECORD) == {"ar": "كفرنبل"}


@pytest.mark.parametrize("seed", range(20))
def test_most_used_does_not_depend_on_the_order_of_reports(seed):
    chance = random.Random(seed)
    forms = ["Kafranbel", "KAFRANBEL", "Kafr Nabl", "Kafr-Nabl", "kafr nabl", "Kafr Nabl village", "كفرنبل", "كفر نبل"]
    found = [Spelt(chance.choice(forms), number) for number in range(40)]

    assert most_used(sorted(found), ON_RECORD) == most_used(sorted(found), ON_RECORD)
    shuffled = chance.sample(found, len(found))
    assert most_used(shuffled, ON_RECORD) == most_used(found, ON_RECORD)


# In the database


@pytest.fixture
def town(db):
    place = PlaceFactory(pcode="C4068", name_en="Kafr Nobol", name_ar="كفر نبل")
    PlaceNameFactory(place=place, name="Kafranbel", folded="kafranbel", quality="exact")
    return place


def reports(town: Place, count: int, spelling: str = "Kafranbel", **article: str) -> list[Article]:
    found = [ArticleFactory(**article) for _ in range(count)]
    for one in found:
        text = TextVersionFactory(article=one, text=f"In {spelling} it rained.")
        MentionFactory(text_version=text, place=town, start=3, end=3 + len(spelling), exact=spelling)
    return found


def shown(town: Place) -> tuple[str, str]:
    return Place.objects.values_list("label_en", "label_ar").get(pk=town.pk)


def test_label_is_the_strongest_name_that_is_there(town):
    assert shown(town) == ("Kafr Nobol", "كفر نبل")
    Place.objects.update(preferred_en="Kafr Nabl")
    assert shown(town) == ("Kafr Nabl", "كفر نبل")
    reports(town, FEWEST)
    assert refresh_reported() == 1
    assert shown(town) == ("Kafranbel", "كفر نبل")
    choice = PlaceLabel.objects.create(place=town, label_en="Kafr Nabel", reason="The style guide.")
    assert shown(town) == ("Kafr Nabel", "كفر نبل")
    choice.label_en, choice.label_ar = "", "كفرنبل"
    choice.save()
    assert shown(town) == ("Kafranbel", "كفرنبل")
    choice.delete()
    assert shown(town) == ("Kafranbel", "كفر نبل")


def test_reports_that_readers_may_not_see_do_not_name_a_place(town):
    reports(town, FEWEST, visibility="withheld", visibility_reason="A reason.")

    assert refresh_reported() == 0


def test_name_goes_when_its_reports_do(town):
    found = reports(town, FEWEST)
    refresh_reported()
    Article.objects.filter(pk=found[0].pk).update(visibility="withheld", visibility_reason="A reason.")

    assert refresh_reported() == 1
    assert refresh_reported() == 0
    assert shown(town)[0] == "Kafr Nobol"


def test_import_names_the_places_that_it_mentions(db, tmp_path):
    load(gazetteer.write(tmp_path / "places.jsonl"))
    rows = [{"title": f"Day {n}", "text": f"Rain fell on Kafranbel on day {n}."} for n in range(FEWEST)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    call_command("import_articles", tmp_path / "rows.jsonl", stdout=StringIO())

    assert Mention.objects.count() == FEWEST
    assert Place.objects.get(pcode="C4068").label_en == "Kafranbel"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE archive_place SET label_en = 'Elsewhere'",
        (
            f"INSERT INTO archive_placelabel ({COLUMNS}) "
            "SELECT id, '', '', 'x', now(), now(), 1 FROM archive_place WHERE pcode = 'C4068'"
        ),
        (
            f"INSERT INTO archive_placelabel ({COLUMNS}) "
            "SELECT id, 'x', '', '', now(), now(), 1 FROM archive_place WHERE pcode = 'C4068'"
        ),
    ],
)
def test_database_refuses_a_label_without_a_rule(town, sql):
    with pytest.raises(DatabaseError, match="label"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_choice_keeps_its_history(town):
    choice = PlaceLabel.objects.create(place=town, label_en="One", reason="A")
    PlaceLabel.objects.filter(pk=choice.pk).update(label_en="Two")

    assert [event.label_en for event in choice.events.order_by("pgh_id")] == ["One", "Two"]
    assert shown(town)[0] == "Two"
    assert PlaceLabel.objects.get().lock_version == 2


def test_administrator_chooses_a_name_in_the_admin(town, admin_client):
    place = admin_client.get(f"/admin/archive/place/{town.pk}/change/")
    values = {"place": town.pk, "label_en": "Kafr Nabel", "label_ar": "", "reason": "The style guide."}
    saved = admin_client.post("/admin/archive/placelabel/add/", values)

    assert (place.status_code, saved.status_code) == (200, 302)
    assert shown(town)[0] == "Kafr Nabel"
    assert PlaceLabel.objects.get().created_by.username == "admin"
