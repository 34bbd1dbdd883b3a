"""The history of a row, as its page shows it: the choice of a person, of a kind, of a page."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from archive import history
from archive.history.entries import Mask
from archive.models import Editable
from archive.typed_numbers import typed_number
from archive.versions import events_of


def of_row(row: Editable) -> list[history.Line]:
    """The line of a row that has nothing but itself; nothing where no history of it is kept."""
    if not hasattr(type(row), "pgh_event_models"):
        return []
    model = events_of(type(row))
    name = row._meta.verbose_name
    line = history.TrackedLine(row._meta.model_name or "", name, name, model._default_manager.filter(pgh_obj_id=row.pk))
    return [line]


def as_it_is(text: str) -> str:
    return text


def wanted(query: QueryDict, lines: Sequence[history.Line]) -> history.Wanted:
    """What an address asks for; whatever cannot be is left out, and the page shows what it took."""
    person, kind = query.get("person", ""), query.get("kind", "")
    return history.Wanted(
        person=typed_number(person),
        kind=kind if kind in {line.slug for line in lines} else "",
        number=typed_number(query.get("page", "")) or 1,
    )


def context(request: HttpRequest, lines: Sequence[history.Line], *, mask: Mask = as_it_is) -> dict[str, Any]:
    """What the template shows; ``links`` leads to the other pages with the same choice."""
    if len({line.slug for line in lines}) < len(lines):
        raise ImproperlyConfigured("Two lines of a history have one name.")
    page = history.page(lines, wanted(request.GET, lines), mask=mask)
    chosen = {"person": page.wanted.person, "kind": page.wanted.kind}
    kept = QueryDict(mutable=True)
    kept.update({name: str(value) for name, value in chosen.items() if value not in (None, "")})
    return {
        "history": page,
        "people": [*page.people, *([(0, _("a command"))] if page.has_commands else [])],
        "is_narrowed": bool(kept),
        "newer": link(kept, page.wanted.number - 1, page.pages),
        "older": link(kept, page.wanted.number + 1, page.pages),
    }


def link(kept: QueryDict, number: int, pages: int) -> str:
    if not 1 <= number <= pages:
        return ""
    query = kept.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
