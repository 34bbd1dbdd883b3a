"""Fields that follow from types."""

from enum import StrEnum
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import pytest

from archive.fields import Field
from archive.fields.typed import fields_of, says


class Tone(StrEnum):
    LOUD = "loud"
    SOFT = "soft"


Name = Annotated[str, says("Its name.", example="Upper Town")]


class Bell(TypedDict):
    name: Name
    tone: Annotated[Tone, says("How it sounds.")]


class Tower(Bell, total=False):
    height: Annotated[float | None, says("In metres.", minimum=0)]


class Town(TypedDict):
    name: Annotated[Name, says("What it is called.")]
    built: Annotated[str | None, says("When.", kind="date")]
    tone: Annotated[Tone | Literal[""], says("Of its bells.")]
    bells: Annotated[list[Bell], says("Its bells.")]
    first: Annotated[Bell, says("The first of them.")]
    towers: Annotated[dict[str, Tower], says("Its towers, by name.")]
    tones: Annotated[list[Tone], says("Which are heard.")]
    people: NotRequired[Annotated[int, says("How many live there.", may_be_null=True)]]
    is_old: Annotated[bool | None, says("Whether it is.")]


def of(name: str, described: type = Town) -> Field:
    return next(field for field in fields_of(described) if field.name == name)


def test_fields_stand_in_the_order_of_the_type_with_those_of_its_base_first():
    assert [field.name for field in fields_of(Tower)] == ["name", "tone", "height"]


def test_outer_meaning_outweighs_the_inner_and_keeps_the_rest():
    assert (of("name").description, of("name").example) == ("What it is called.", "Upper Town")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name", "string"),
        ("built", "date"),
        ("bells", "list"),
        ("first", "object"),
        ("towers", "map"),
        ("people", "integer"),
        ("is_old", "boolean"),
    ],
)
def test_kind_follows_from_the_type(name, kind):
    assert of(name).kind == kind


@pytest.mark.parametrize(
    ("name", "is_required"),
    [("name", True), ("built", False), ("bells", False), ("towers", False), ("people", False), ("first", True)],
)
def test_null_is_allowed_by_none_or_by_saying_so(name, is_required):
    assert of(name).is_required is is_required


def test_key_may_lack_where_the_type_does_not_require_it():
    assert (of("people").may_lack, of("name").may_lack) == (True, False)
    assert [field.may_lack for field in fields_of(Tower)] == [False, False, True]


def test_words_are_those_of_the_vocabulary_and_of_what_stands_beside_it():
    assert of("tone").enum == ("loud", "soft", "")
    assert of("tones").enum == ("loud", "soft")


def test_lists_objects_and_maps_have_the_fields_of_what_they_hold():
    assert of("bells").fields == of("first").fields == fields_of(Bell)
    assert of("towers").fields == fields_of(Tower)
    assert (of("bells").items, of("tones").items) == ("object", "string")


def test_key_without_a_meaning_is_refused():
    class Nameless(TypedDict):
        name: str

    with pytest.raises(TypeError, match="name: its annotation has no meaning"):
        fields_of(Nameless)


def test_value_of_two_types_is_refused():
    class Mixed(TypedDict):
        size: Annotated[int | str, says("How large.")]

    with pytest.raises(TypeError, match="one type or None"):
        fields_of(Mixed)


def test_meaning_is_kept_through_none():
    class Lost(TypedDict):
        name: Name | None

    found: Any = fields_of(Lost)[0]
    assert (found.description, found.is_required) == ("Its name.", False)
