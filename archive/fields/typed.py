"""Types that say what each of their keys means: `fields_of` reads from a TypedDict what schemas and codebooks print.

A key is annotated with its type and, by `says`, with its meaning::

    class Point(TypedDict):
        lat: Annotated[float | None, says(_("The latitude, in degrees (WGS 84)."), example=35.6)]
        height: NotRequired[Annotated[int, says(_("Above the sea, in metres."), minimum=0)]]

mypy checks who reads and writes such a mapping; at run time it is the plain JSON that was stored.
"""

import types
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from archive.fields.field import Field, Kind

KINDS: dict[type, Kind] = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a type does not say of a value; None is not said here, but perhaps by what the type is made of.

    ``may_be_null`` says it of a key whose type has no None: what is written always has it, the schema does not promise.
    """

    description: Any = None
    example: Any = None
    kind: Kind | None = None
    enum: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    may_be_null: bool | None = None

    def or_else(self, other: "Meaning") -> "Meaning":
        """Return this, completed by what another one says."""
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(other, **{name: value for name, value in mine.items() if value is not None})


def says(description: Any = None, **more: Any) -> Meaning:
    """Return the meaning of a key, to be written into its `Annotated`; the outer one outweighs those inside."""
    return Meaning(description=description, **more)


@dataclass(frozen=True)
class Shape:
    """A type without what is around it: with what it means, whether it may be None, and the words that it allows."""

    type: Any
    meaning: Meaning
    is_nullable: bool = False
    words: tuple[str, ...] = ()


@cache
def fields_of(described: type) -> tuple[Field, ...]:
    """Return the fields of a TypedDict, in its order. Raises TypeError for a key without a description."""
    hints = get_type_hints(described, include_extras=True)
    optional: frozenset[str] = described.__optional_keys__  # type: ignore[attr-defined]
    return tuple(field_of(name, hint, may_lack=name in optional) for name, hint in hints.items())


def field_of(name: str, hint: Any, *, may_lack: bool) -> Field:
    shape = shape_of(hint)
    meaning = shape.meaning
    if meaning.description is None:
        raise TypeError(f"{name}: its annotation has no meaning")
    kind, inner = kind_of(shape)
    is_holder = kind in ("list", "map")  # never null: empty where there is nothing
    item = shape_of(inner) if inner else None
    return Field(
        name=name,
        kind=meaning.kind or kind,
        description=meaning.description,
        example=meaning.example,
        enum=meaning.enum or shape.words or (item.words if item and kind == "list" else ()),
        items=kind_of(item)[0] if item and kind == "list" else "string",
        fields=fields_of(item.type) if item and is_typeddict(item.type) else (),
        is_required=not (is_holder or shape.is_nullable or meaning.may_be_null),
        may_lack=may_lack,
        minimum=meaning.minimum,
        maximum=meaning.maximum,
        pattern=meaning.pattern or "",
    )


def shape_of(hint: Any) -> Shape:
    """Take off `NotRequired`, `Annotated` and `None`, from the outside in."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (NotRequired, Required):
        return shape_of(parts[0])
    if origin is Annotated:
        inner = shape_of(parts[0])
        meaning = inner.meaning
        for said in parts[1:]:
            meaning = said.or_else(meaning) if isinstance(said, Meaning) else meaning
        return replace(inner, meaning=meaning)
    if origin in (Union, types.UnionType):
        return union(parts)
    if origin is Literal:
        return Shape(str, Meaning(), words=parts)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Shape(str, Meaning(), words=tuple(term.value for term in hint))
    return Shape(hint, Meaning())


def union(parts: tuple[Any, ...]) -> Shape:
    """A type or None, or the terms of a vocabulary with words beside it."""
    shapes = [shape_of(part) for part in parts if part is not types.NoneType]
    first = shapes[0]
    if any(shape.type is not first.type for shape in shapes):
        raise TypeError(f"{parts}: one type or None")
    words = tuple(word for shape in shapes for word in shape.words)
    is_nullable = types.NoneType in parts or any(shape.is_nullable for shape in shapes)
    return replace(first, words=words, is_nullable=is_nullable)


def kind_of(shape: Shape) -> tuple[Kind, Any]:
    """The kind of a value, and the type of what it holds, if it holds anything."""
    origin, parts = get_origin(shape.type), get_args(shape.type)
    if origin is list:
        return "list", parts[0]
    if origin is dict:
        return "map", parts[1]
    if is_typeddict(shape.type):
        return "object", shape.type
    return shape.meaning.kind or KINDS[shape.type], None
