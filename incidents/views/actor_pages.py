"""Pages of those who are said to have done it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.lists.tidy import tidied
from archive.localisation import by_name
from archive.reported_errors import shown_answers
from archive.terms import Spoken
from incidents.lists.incident_listing import listing_of
from incidents.lists.newest import newest
from incidents.lists.starting_kinds import NAMED, Actors
from incidents.lists.starting_points import StartFilters
from incidents.lists.tallies import Tallies, scopes
from incidents.models import Actor, Speaker
from incidents.record.redaction import shown_speakers
from incidents.standing_names import moved_actors
from incidents.views.moving import moved_to


def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an actor: what it belongs to, and the incidents that someone ascribes to it or to a part of it.

    The address of one that was merged leads to the one that it is.
    """
    if survivor := moved_actors([slug]).get(slug):
        return moved_to(request, survivor)
    shown = get_object_or_404(Actor.objects.select_related("parent"), slug=slug)
    parts = list(Actor.objects.filter(parent=shown).order_by(by_name()))
    ascribed = Tallies(listing_of(""), NAMED, "actor", [part.pk for part in parts])
    context = {
        "actor": shown,
        "ancestors": Actor.objects.filter(pk__in=shown.ancestors).order_by("ancestors__len"),
        "parts": [(part, ascribed.of(part.pk, part.slug)) for part in parts],
        "speakers": shown_speakers(Speaker.objects.filter(actor=shown).order_by(by_name())),
        "newest": newest(f"actor={shown.slug}"),
        "answered": shown_answers([(Spoken.ACTOR, shown.slug)]),
        "disputed": list(scopes(listing_of(f"actor={shown.slug}&stance=disputed"))),
    }
    return render(request, "incidents/actor.html", context)


@require_safe
@tidied(StartFilters)
def actors(request: HttpRequest) -> HttpResponse:
    """List the actors, those to whom most is ascribed first."""
    return render(request, "incidents/actors.html", {"listing": Actors(request.GET)})
