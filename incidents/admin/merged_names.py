"""What the change form of a facility, actor or speaker says of merges: into what it went, and what came to it."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from archive.admin.locked_admin import LockedAdmin
from archive.models import Editable
from incidents import name_merges
from incidents.models import NameMerge
from incidents.standing_names import Name, kind_of


class MergedHere(NamedTuple):
    """One that was merged into the row of the page; ``merge`` is None where it was only proposed before."""

    row: Name
    address: str
    merge: NameMerge | None


class MergeableAdmin(LockedAdmin):
    """An admin of what may turn out to be the same as another."""

    change_form_template = "admin/name_change_form.html"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context.get("original")
        return super().render_change_form(request, {**context, **(of_merges(row) if row else {})}, *args, **kwargs)


def of_merges(row: Name) -> dict[str, Any]:
    rows = row.merged_here.order_by("pk")
    return {
        "kind": kind_of(row),
        "may_merge": getattr(row, "is_accepted", True),
        "merge": name_merges.in_force(row),
        "survivor_page": change_page(row.merged_into) if row.merged_into else "",
        "merged_here": [MergedHere(one, change_page(one), name_merges.in_force(one)) for one in rows],
    }


def change_page(row: Editable) -> str:
    return reverse(f"admin:incidents_{row._meta.model_name}_change", args=[row.pk])
