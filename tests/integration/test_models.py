"""One walk over every model, so that the next one cannot forget what holds for all."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import DateRangeField
from django.db import connection, models

from archive.models import Editable
from archive.models.base import Created

# History models are made by django-pghistory, join tables by Django; a proxy has no table of its own.
MODELS = sorted(
    (
        model
        for app in ("archive", "incidents")
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model") and not model._meta.proxy
    ),
    key=lambda model: model.__name__,
)
FOREIGN_KEYS = [
    field
    for model in MODELS
    for field in model._meta.get_fields()
    if isinstance(field, models.ForeignKey) and field.model is model
]
# Why a row may go with what it points to.
MAY_CASCADE = {
    ("ArticleRow", "article"): "made again from the article at any time",
    ("PlaceName", "place"): "a spelling has no life without its place",
    ("Mention", "text_version"): "found again in the text at any time",
    ("PublishedIncident", "incident"): "made again from the editions at any time",
    ("PublishedIncident", "edition"): "made again from the editions at any time",
    ("PublishedRecord", "incident"): "made again from the editions at any time",
}
NEVER_LISTED = {
    "CaptureBytes": "found by their digest",
    "ArticleAssignment": "found by their article",
    "IncidentAssignment": "found by their incident",
    "Remade": "found by their step",
}
APPEND_ONLY = {
    "Backup",
    "Capture",
    "CaptureBytes",
    "CustodyEvent",
    "Edition",
    "EditorialEvent",
    "FoundAgain",
    "FoundVerdict",
    "LikelyPair",
    "Manifest",
    "NameMerge",
    "NameMergeUndone",
    "NearCopy",
    "PairVerdict",
    "Passage",
    "Release",
    "ReleasedWords",
    "SuggestionAnswer",
    "TextChoice",
    "TextJudgement",
    "TextVersion",
    "TimeStamp",
    "Verification",
    "WarningAnswer",
    "WithheldWords",
}
NEVER_DELETED = {"Article", "Facility", "Incident", "IncidentLink", "ReportedError"}
# What readers and links know a row by; the rest is reached through one of these.
PUBLIC_NAMES = {
    "Article": "public_id",
    "Passage": "public_id",
    "Facility": "public_id",
    "Claim": "public_id",
    "Incident": "code",
    "Release": "name",
    "Source": "slug",
    "Place": "pcode",
    "Actor": "slug",
    "Weapon": "slug",
    "FacilityType": "slug",
    "Speaker": "slug",
}
# Datetimes say when we did something, never when an attack was; a new one is read here by a second pair of eyes.
OUR_OWN_TIMES = {
    "created_at",
    "made_at",
    "updated_at",
    "captured_at",
    "loaded_at",
    "published_at",
    "changed_at",
    "generalised_changed_at",
    "closed_at",
    "found_at",
    "began_at",
    "ended_at",
    "decided_at",
    "answered_at",
    "asked_at",
    "confirmed_at",
    "told_until",
    "claimed_until",
    "at",
    "date_joined",
    "last_login",
}
named = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def triggers(model: type[models.Model]) -> set[str]:
    """The triggers that PostgreSQL has on the model's table, without the digest that ends their names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)", [model._meta.db_table])
        names = [name for (name,) in cursor.fetchall()]
    return {name.removeprefix("pgtrigger_").rpartition("_")[0] for name in names if name.startswith("pgtrigger_")}


def field_id(field: models.Field) -> str:
    return f"{field.model.__name__}.{field.name}"


@named
def test_model_has_a_docstring_of_its_own(model: type[models.Model]) -> None:
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@named
def test_model_has_names_and_an_order(model: type[models.Model]) -> None:
    name, plural = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)

    assert plural != f"{name}s" or not re.search("(s|x|ch|[^aeo]y)$", name)
    assert model._meta.ordering or issubclass(model, AbstractUser) or model.__name__ in NEVER_LISTED


@named
def test_model_says_what_a_row_is(model: type[models.Model]) -> None:
    assert any("__str__" in vars(base) for base in model.__mro__ if base is not models.Model and base is not object)


@pytest.mark.parametrize("field", FOREIGN_KEYS, ids=field_id)
def test_foreign_key_protects_and_is_named_from_the_other_side(field: models.ForeignKey) -> None:
    allowed = (field.model.__name__, field.name) in MAY_CASCADE

    assert field.remote_field.related_name
    assert field.remote_field.on_delete is (models.CASCADE if allowed else models.PROTECT)


def test_exceptions_are_still_needed() -> None:
    known = {(field.model.__name__, field.name) for field in FOREIGN_KEYS}

    assert set(MAY_CASCADE) <= known
    assert APPEND_ONLY | NEVER_DELETED | set(PUBLIC_NAMES) <= {model.__name__ for model in MODELS}


@named
def test_constraints_and_indexes_are_named_by_hand(model: type[models.Model]) -> None:
    names = [item.name for item in (*model._meta.constraints, *model._meta.indexes)]

    # Django ends a name that it made up with a digest and what it is for.
    assert not [name for name in names if not name or name.endswith(("_idx", "_uniq", "_check"))]


@pytest.mark.django_db
@named
def test_choices_are_checked_by_the_database(model: type[models.Model]) -> None:
    """What Python offers as choices, PostgreSQL enforces."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(pg_get_constraintdef(oid), ' ') FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid = to_regclass(%s)",
            [model._meta.db_table],
        )
        checks = cursor.fetchone()[0] or ""
    fields = [field for field in model._meta.concrete_fields if field.choices and field.name != "action"]

    assert [field.name for field in fields if field.column not in checks] == []


@pytest.mark.django_db
@named
def test_what_editors_change_is_tracked_and_counted(model: type[models.Model]) -> None:
    if issubclass(model, Editable):
        assert {"count_lock_version", "insert_insert", "update_update", "delete_delete"} <= triggers(model)


@pytest.mark.django_db
@named
def test_what_is_immutable_has_its_triggers(model: type[models.Model]) -> None:
    if model.__name__ in APPEND_ONLY:
        assert {"refuse_change", "refuse_truncate"} <= triggers(model)
        assert not issubclass(model, Editable)
    if model.__name__ in NEVER_DELETED:
        assert {"refuse_delete", "refuse_truncate"} <= triggers(model)
    if issubclass(model, Created) and not issubclass(model, Editable):
        assert model.__name__ in APPEND_ONLY


@pytest.mark.django_db
@named
def test_public_name_is_unique_and_fixed(model: type[models.Model]) -> None:
    if model.__name__ not in PUBLIC_NAMES:
        assert not hasattr(model, "get_absolute_url") or model.__name__ in {
            "TextVersion",
            "Edition",
            "PublishedIncident",
            "User",
        }
        return
    field = model._meta.get_field(PUBLIC_NAMES[model.__name__])

    assert field.unique
    if field.name in ("public_id", "code"):
        assert not field.editable
        assert len({field.get_default() for _ in range(5)}) == 5
        assert any(name == "refuse_change" or name.startswith(f"keep_{field.name}") for name in triggers(model))


@named
def test_no_event_has_a_datetime(model: type[models.Model]) -> None:
    times = {field.name for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)}

    assert times <= OUR_OWN_TIMES


@named
def test_date_of_an_event_is_a_range(model: type[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if field.name == "occurred"]

    assert all(isinstance(field, DateRangeField) for field in fields)


@named
def test_text_is_empty_rather_than_null(model: type[models.Model]) -> None:
    texts = [field for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)]

    assert [field.name for field in texts if field.null] == []
