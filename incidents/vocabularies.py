"""The vocabularies that come with the project: actors, kinds of facility, weapons, speakers, data sets, and roles."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from incidents.models import Actor, FacilityType, IdentifierScheme, Speaker, Weapon
from incidents.models.vocabulary import Term

# In this order: speakers name actors.
MODELS: Mapping[str, type[Term] | type[IdentifierScheme]] = {
    "facility_types": FacilityType,
    "weapons": Weapon,
    "actors": Actor,
    "speakers": Speaker,
    "identifier_schemes": IdentifierScheme,
}
RELATIONS: Mapping[str, type[Term]] = {"weapons": Weapon, "actors": Actor, "speakers": Actor}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many terms of a vocabulary were new, were changed, and are there."""

    name: str
    added: int
    changed: int
    total: int


@transaction.atomic
def load(folder: Path, *, update: bool = False) -> list[Loaded]:
    """Add the terms of a folder of `<vocabulary>.json` that are not there yet, and the roles of `roles.json`.

    Terms that are there stay as editors have them; with ``update`` they become what the files say. A parent stands
    before its children. Raises ValueError that names the file and the term for what cannot be read.
    """
    report = [load_terms(name, read(folder / f"{name}.json"), update=update) for name in MODELS]
    load_roles(read(folder / "roles.json"))
    return report


def read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error


def load_terms(name: str, entries: list[dict[str, Any]], *, update: bool) -> Loaded:
    model = MODELS[name]
    known = {term.slug: term for term in model._default_manager.all()}
    added = changed = 0
    for entry in entries:
        values = resolved(name, entry)
        term = known.get(entry["slug"])
        if term is None:
            known[entry["slug"]] = model._default_manager.create(**values)
            added += 1
        elif update and any(getattr(term, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(term, field, value)
            term.save()
            changed += 1
    return Loaded(name, added, changed, len(known))


def resolved(name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return model fields: the slug of a parent or actor becomes the row, and a child's ancestors are worked out."""
    field = "actor" if name == "speakers" else "parent"
    if field not in entry:
        return entry
    row = RELATIONS[name]._default_manager.filter(slug=entry[field]).first()
    if row is None:
        raise ValueError(f"{name}.json: {entry['slug']} names {entry[field]}, which does not stand before it.")
    values = {**entry, field: row}
    if isinstance(row, Actor) and name == "actors":
        values["ancestors"] = [*row.ancestors, row.pk]
    return values


def load_roles(roles: Mapping[str, list[str]]) -> None:
    """Make the groups and give each the permissions it lacks; permissions that were added by hand stay."""
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, codenames in roles.items():
        unknown = [codename for codename in codenames if codename not in permissions]
        if unknown:
            raise ValueError(f"roles.json: {name} has the unknown permissions {', '.join(unknown)}.")
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(permissions[codename] for codename in codenames))
