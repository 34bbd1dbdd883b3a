"""The filters of incidents said back in a sentence."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from archive.lists.filter_words import either, in_words, period, words
from archive.localisation import grouped, localised
from incidents.lists.incident_filters import IncidentFilters
from incidents.terms import Scope

TWO = 2


def sentence(filters: IncidentFilters) -> str:
    """“Attacks on hospitals that may have happened in Kafr Nobol in November 2019, said to be by …”."""
    return " ".join(clause for clause in clauses(filters) if clause)


def clauses(filters: IncidentFilters) -> Iterator[str]:
    yield subject(filters.value("scope"))
    struck = [plural(kind) for kind in filters.value("facility_type") or []]
    struck += [facility.name for facility in filters.value("facility") or []]
    if struck:
        yield _("on %(struck)s") % {"struck": either(struck)}
    first, last = filters.value("from"), filters.value("to")
    if first or last:
        is_certain = filters.value("match") == "certain"
        yield _("that certainly happened") if is_certain else _("that may have happened")
    if towns := filters.value("town"):
        yield pgettext("place", "in %(places)s") % {"places": either([place.name for place in towns])}
    if first or last:
        yield period(first, last)
    if since := filters.value("updated_since"):
        yield _("published or changed since %(day)s") % {"day": in_words(since.date(), since.date())}
    yield who(filters)
    if weapons := filters.value("weapon"):
        yield _("by means of %(weapons)s") % {"weapons": either([plural(weapon) for weapon in weapons])}
    if sources := filters.value("source"):
        yield _("reported by %(sources)s") % {"sources": either([source.name for source in sources])}
    if (killed := filters.value("killed_min")) is not None:
        said = ngettext("with at least %(number)s killed", "with at least %(number)s killed", killed)
        yield said % {"number": grouped(killed)}
    if (injured := filters.value("injured_min")) is not None:
        said = ngettext("with at least %(number)s injured", "with at least %(number)s injured", injured)
        yield said % {"number": grouped(injured)}
    yield words(filters)


def subject(scope: str | None) -> str:
    match scope:
        case Scope.SERIES:
            return pgettext("sentence", "Series of attacks")
        case Scope.TALLY:
            return pgettext("sentence", "Totals of periods")
        case "any":
            return pgettext("sentence", "Attacks, series of attacks and totals")
    return pgettext("sentence", "Attacks")


def counted(scope: str | None, number: int) -> str:
    """“22 attacks”, “1 series of attacks”, “4 totals of periods”, “27 incidents” of whatever scope."""
    shown = {"number": grouped(number)}
    match scope:
        case Scope.ATTACK:
            return ngettext("%(number)s attack", "%(number)s attacks", number) % shown
        case Scope.SERIES:
            return ngettext("%(number)s series of attacks", "%(number)s series of attacks", number) % shown
        case Scope.TALLY:
            return ngettext("%(number)s total of a period", "%(number)s totals of periods", number) % shown
    return ngettext("%(number)s incident", "%(number)s incidents", number) % shown


def who(filters: IncidentFilters) -> str:
    actors = either([actor.name for actor in filters.value("actor") or []])
    if filters.value("stance") == "disputed":
        if not actors:
            return _("in which someone denies or disputes who did it")
        return _("said to be by %(actors)s, which is denied or disputed") % {"actors": actors}
    return _("said to be by %(actors)s") % {"actors": actors} if actors else ""


def among_several(filters: IncidentFilters, number: int, most: int) -> str:
    """“3 of them name it as one of two”: how many of a list name an actor asked for together with others only.

    ``most`` is how many they name together, at most; nothing is said where there are none.
    """
    if not number:
        return ""
    if len(filters.value("actor") or []) == 1:
        words = (
            ngettext("%(number)s of them names it as one of two", "%(number)s of them name it as one of two", number)
            if most == TWO
            else ngettext(
                "%(number)s of them names it as one of several", "%(number)s of them name it as one of several", number
            )
        )
    else:
        words = (
            ngettext(
                "%(number)s of them says only that it was one of two",
                "%(number)s of them say only that it was one of two",
                number,
            )
            if most == TWO
            else ngettext(
                "%(number)s of them says only that it was one of several",
                "%(number)s of them say only that it was one of several",
                number,
            )
        )
    return words % {"number": grouped(number)}


def plural(term: Any) -> str:
    return localised(term.plural_en, term.plural_ar)
