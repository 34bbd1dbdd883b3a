"""Pages of those who are said to have done it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.lists.counting import Count, count, count_of, counted
from archive.localisation import by_name
from incidents.lists.newest import newest
from incidents.models import Actor, PublishedIncident
from incidents.presentation.rows import rows


def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an actor: what it belongs to, and the incidents that someone ascribes to it or to a part of it."""
    shown = get_object_or_404(Actor.objects.select_related("parent"), slug=slug)
    published = PublishedIncident.objects.published()
    found = newest(published.filter(actor_ids__contains=[shown.pk]))
    parts = shown.children.annotate(found=counted(published.filter(actor_ids__contains=[OuterRef("pk")])))
    context = {
        "actor": shown,
        "ancestors": Actor.objects.filter(pk__in=shown.ancestors).order_by("ancestors__len"),
        "parts": [(part, count_of(part.found)) for part in parts.order_by(by_name())],
        "speakers": shown.speakers.order_by(by_name()),
        "newest": found,
        "rows": rows(found.records),
        "disputed": count(published.filter(actor_disputed_ids__contains=[shown.pk])),
    }
    return render(request, "incidents/actor.html", context)


def actors(request: HttpRequest) -> HttpResponse:
    """List the actors, each under the one that it belongs to."""
    ascribed = PublishedIncident.objects.published().filter(actor_ids__contains=[OuterRef("pk")])
    known = list(Actor.objects.annotate(found=counted(ascribed)).order_by(by_name()))
    by_parent: dict[int | None, list[Any]] = {}
    for one in known:
        by_parent.setdefault(one.parent_id, []).append(one)
    return render(request, "incidents/actors.html", {"lines": list(branch(by_parent, None, 0))})


def branch(
    by_parent: dict[int | None, list[Any]], parent: int | None, depth: int
) -> Iterator[tuple[Actor, Count, int]]:
    """Yield the actors below one, each with its count and how deep it lies, before those below it."""
    for one in by_parent.get(parent, []):
        yield one, count_of(one.found), depth
        yield from branch(by_parent, one.pk, depth + 1)
