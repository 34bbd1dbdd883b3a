"""Titles and names hold no characters that turn the direction of writing, whichever way they come in."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.forms import modelform_factory

from archive.models import Article, PlaceLabel, ProposedSpelling, Source
from archive.models.name_field import NameField
from archive.text.bidi import DIRECTIONS
from incidents.models import Actor, Facility, FacilityType, IdentifierScheme, Speaker, Weapon
from tests.factories.archive import ArticleFactory, PlaceFactory, SourceFactory
from tests.factories.incidents import ActorFactory, FacilityFactory

pytestmark = pytest.mark.django_db

TURNED = f"The {DIRECTIONS}Mill\u202e Times"
NAMED = {
    Article: ("title", "authors"),
    Source: ("name_en", "name_ar"),
    PlaceLabel: ("label_en", "label_ar"),
    ProposedSpelling: ("name",),
    **dict.fromkeys((Actor, Facility, FacilityType, IdentifierScheme, Speaker, Weapon), ("name_en", "name_ar")),
}


def test_each_title_and_name_that_people_write_is_such_a_column():
    named = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, NameField) and not model.__name__.endswith("Event")
    }

    assert named == {(model, field) for model, fields in NAMED.items() for field in fields}
    for model in NAMED:
        names = [constraint.name for constraint in model._meta.constraints]
        assert any(name.endswith("_without_directions") for name in names), model


@pytest.mark.parametrize("make", ["save", "bulk_create", "update", "form"])
def test_they_are_taken_out_of_what_comes_in(make):
    source = SourceFactory(name_en="First")
    if make == "save":
        source.name_en = TURNED
        source.save()
    elif make == "bulk_create":
        Source.objects.bulk_create([Source(slug="second", name_en=TURNED)])
    elif make == "update":
        Source.objects.update(name_en=TURNED)
    else:
        form = modelform_factory(Source, fields=["name_en"])({"name_en": TURNED}, instance=source)
        assert form.is_valid()
        assert form.instance.name_en == "The Mill Times"
        form.save()

    assert Source.objects.filter(name_en=TURNED).count() == Source.objects.filter(name_en="The Mill Times").count() == 1


def test_name_of_nothing_else_is_no_name():
    form = modelform_factory(Source, fields=["name_en"])({"name_en": DIRECTIONS})

    assert not form.is_valid()


@pytest.mark.parametrize("character", DIRECTIONS)
def test_database_refuses_them_from_everybody_else(character):
    ArticleFactory()
    SourceFactory()
    ActorFactory()
    FacilityFactory(place=PlaceFactory())
    for model in (Article, Source, Actor, Facility):
        for column in NAMED[model]:
            with pytest.raises(IntegrityError, match="without_directions"), transaction.atomic():
                write(model, column, f"Mill{character}")


def write(model: type[models.Model], column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s", [value])
