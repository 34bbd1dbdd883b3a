"""Incidents by what is claimed of them, drafts too: towns in any spelling, days, facilities, actors, codes, titles."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from archive import dates, gazetteer
from archive.models import Place
from incidents.models import Actor, Claim, Facility, Incident, IncidentIdentifier, PublishedIncident
from incidents.terms import Aspect

LONGEST = 200  # characters of a search
MAX_WORDS = 8
MOST = 200  # facilities and actors of one word
ENOUGH = 0.75  # score from which a spelling that is on no record is taken for a place
SURE = 5  # letters of such a spelling
CODE = re.compile(r"[A-Za-z]{1,3}[0-9]+")
DATE = re.compile(
    r"\b(?:[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?:/[0-9]{4}-[0-9]{2}-[0-9]{2})?"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[^\W\d_]{3,}\.?,?\s+[0-9]{4}"
    r"|[^\W\d_]{3,}\.?\s+[0-9]{1,2},?\s+[0-9]{4}"
    r"|[^\W\d_]{3,}\.?\s+[0-9]{4}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})(?![\w-])"
)


class Named(NamedTuple):
    """Some words of a search that name a place, as typed, with the keys of the places that they may mean."""

    typed: str
    places: Collection[int]


def incidents(term: str, queryset: QuerySet[Incident] | None = None) -> QuerySet[Incident]:
    """Incidents that every part of the term fits, the newest first: its dates, its places, each other word.

    A date fits what may have happened then; a place, what happened there or in a part of it. A word fits a title,
    generated or working, a code, an identifier, a facility, an actor, or a place spelt like it.
    """
    found = (Incident.objects.all() if queryset is None else queryset).select_related("row")
    rest = " ".join(term.replace("\0", " ").split())[:LONGEST]
    for match in list(DATE.finditer(rest)):
        if (condition := on_date(match.group())) is not None:
            found = found.filter(condition)
            rest = rest.replace(match.group(), " ", 1)
    named, words = places_and_words(rest)
    for place in named:
        found = found.filter(at_places(place.places) | told_in_all(place.typed.split()))
    for word, places in likely_places(words):
        found = found.filter(told(word) | at_places(places) if places else told(word))
    return found.order_by("-pk")


def on_date(words: str) -> Q | None:
    """Incidents that may have happened then; None when the words are no date."""
    meant = dates.suggest(words)
    if not meant:
        return None
    condition = Q()
    for edtf in meant:
        when = dates.parse(edtf)
        condition |= Q(occurred__overlap=DateRange(when.lower, when.upper, "[]"))
    return Q(pk__in=Claim.objects.filter(condition, aspect=Aspect.OCCURRED).order_by().values("incident"))


def places_and_words(rest: str) -> tuple[list[Named], list[str]]:
    """The places that are named by a spelling on record, the longest first taken, and the words besides."""
    named, left, end = [], [], 0
    for each in gazetteer.expansions(rest):
        named.append(Named(each.typed, [place.pk for place in each.places]))
        left.append(rest[end : each.start])
        end = each.end
    words = " ".join([*left, rest[end:]]).replace(",", " ").split()
    return named[:MAX_WORDS], words[:MAX_WORDS]


def likely_places(words: Sequence[str]) -> Iterable[tuple[str, list[int]]]:
    """Each word with the places that it, or all of the words together, may spell."""
    together = resolved(" ".join(words)) if len(words) > 1 else []
    return [(word, [*together, *resolved(word)]) for word in words]


def resolved(words: str) -> list[int]:
    if not CODE.fullmatch(words) and sum(char.isalnum() for char in words) < SURE:
        return []
    return [match.place.pk for match in gazetteer.resolve(words).matches if match.score >= ENOUGH]


def at_places(pks: Collection[int]) -> Q:
    """Incidents at one of the places, or in a part of one."""
    within = Place.objects.filter(Q(pk__in=pks) | Q(ancestors__overlap=list(pks))).order_by().values("pk")
    claims = Claim.objects.filter(Q(place__in=within) | Q(facility__place__in=within))
    return Q(pk__in=claims.order_by().values("incident"))


def told_in_all(words: Iterable[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= told(word)
    return condition


def told(word: str) -> Q:
    """Incidents that have the word in a title, a code, an identifier, or in a facility or actor that is claimed."""
    titled = PublishedIncident.objects.filter(Q(title_en__icontains=word) | Q(title_ar__icontains=word))
    known_as = IncidentIdentifier.objects.standing().filter(value=word.rsplit(":", 1)[-1])
    named = Q(name_en__icontains=word) | Q(name_ar__icontains=word) | Q(aliases__icontains=word)
    known = named | Q(public_id=word.lower()) | Q(merged_here__public_id=word.lower())
    struck = Facility.objects.filter(known).order_by().values_list("pk", flat=True)
    known = named | Q(slug=word.lower()) | Q(merged_here__slug=word.lower())
    actors = dict(Actor.every.filter(known).order_by().values_list("pk", "slug")[:MOST])
    claims = Claim.objects.filter(Q(facility__in=list(struck[:MOST])) | by_actors(actors))
    return (
        Q(code__startswith=word.lower())
        | Q(working_title__icontains=word)
        | Q(pk__in=titled.order_by().values("incident_id"))
        | Q(pk__in=known_as.order_by().values("incident_id"))
        | Q(pk__in=claims.order_by().values("incident"))
    )


def by_actors(slugs: Mapping[int, str]) -> Q:
    """Claims that name one of the actors, alone or as one of several."""
    return Q(actor__in=list(slugs)) | Q(one_of_actors__overlap=list(slugs.values())) if slugs else Q(actor=None, pk=0)
