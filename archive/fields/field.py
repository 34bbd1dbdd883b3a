"""What a public field is called, what it holds and what that means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["string", "integer", "number", "boolean", "date", "datetime", "list", "object", "map"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One public field.

    ``description`` is translatable. ``items`` is what a list holds; where it holds objects, and for
    objects and maps (identifier → object), ``fields`` are theirs. ``is_required``: never null, never an empty cell.
    ``may_lack`` marks a key that is only there when it applies.
    """

    name: str
    kind: Kind
    description: Any
    example: Any = None
    enum: tuple[str, ...] = ()
    items: Kind = "string"
    fields: tuple["Field", ...] = ()
    is_required: bool = False
    may_lack: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""

    @property
    def constraints(self) -> dict[str, Any]:
        """What holds for every value, under the names that JSON Schema and Table Schema share."""
        found: dict[str, Any] = {"minimum": self.minimum, "maximum": self.maximum, "pattern": self.pattern or None}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def type_in_words(self) -> str:
        """The type as the codebook prints it: ``list of strings`` and so on."""
        if self.kind == "list":
            return f"list of {self.items}s"
        return "object by identifier" if self.kind == "map" else self.kind


def renamed(field: Field, **changes: Any) -> Field:
    """Return the field with another name, description or the like."""
    return replace(field, **changes)


def names(fields: Iterable[Field]) -> list[str]:
    return [field.name for field in fields]


def paths(fields: Iterable[Field], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Yield every field with its path: ``places[].pcode``, ``passages{}.exact``, ``occurred.edtf``."""
    joints = {"list": "[].", "map": "{}.", "object": "."}
    for field in fields:
        path = f"{prefix}{field.name}"
        yield path, field
        if field.fields:
            yield from paths(field.fields, f"{path}{joints[field.kind]}")
