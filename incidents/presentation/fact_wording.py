"""Facts in words, in the reader's language. Sober words: nothing here says more than the record does."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy, npgettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from archive import dates
from archive.localisation import either, grouped, isolated, localised, point_in_words, shown_names
from archive.models.choices import LEVEL_LABELS
from archive.points import degrees
from archive.terms import DatePrecision, Level, PartOfDay
from incidents.models import choices
from incidents.record.cited_parts import ClaimRecord, Value
from incidents.record.parts import PointSaid
from incidents.terms import HAPPENED, NUMBERED, Aspect, Group, Precision

DATE_PRECISION: dict[str, Any] = {
    DatePrecision.DAY: pgettext_lazy("date precision", "known to the day"),
    "night": pgettext_lazy("date precision", "known to the night"),
    DatePrecision.DAYS: pgettext_lazy("date precision", "known to within a few days"),
    DatePrecision.WEEK: pgettext_lazy("date precision", "known to within a week"),
    DatePrecision.MONTH: pgettext_lazy("date precision", "known to within a month"),
    DatePrecision.YEAR: pgettext_lazy("date precision", "known to within a year"),
    DatePrecision.LONGER: pgettext_lazy("date precision", "known only to within more than a year"),
}
GROUPS: dict[str, Any] = {
    Group.PEOPLE: npgettext_lazy("counted", "%(number)s person", "%(number)s people", "n"),
    Group.CIVILIANS: npgettext_lazy("counted", "%(number)s civilian", "%(number)s civilians", "n"),
    Group.CHILDREN: npgettext_lazy("counted", "%(number)s child", "%(number)s children", "n"),
    Group.WOMEN: npgettext_lazy("counted", "%(number)s woman", "%(number)s women", "n"),
    Group.HEALTH_WORKERS: npgettext_lazy("counted", "%(number)s health worker", "%(number)s health workers", "n"),
    Group.RESCUE_WORKERS: npgettext_lazy("counted", "%(number)s rescue worker", "%(number)s rescue workers", "n"),
    Group.FIGHTERS: npgettext_lazy("counted", "%(number)s fighter", "%(number)s fighters", "n"),
}
# What is counted where it is not people.
TIMES: Any = npgettext_lazy("counted", "%(number)s time", "%(number)s times", "n")
UNITS: dict[str, Any] = {
    Aspect.STRIKES: npgettext_lazy("counted", "%(number)s strike", "%(number)s strikes", "n"),
    **dict.fromkeys(HAPPENED, TIMES),
}
DAMAGE: dict[str, Any] = dict(choices.DAMAGES)
PLACE_PRECISION: dict[str, Any] = {
    Precision.NEAR: gettext_lazy("near this place"),
    Precision.PART: gettext_lazy("somewhere in a part of this area"),
}
WITH_LEVEL: dict[str, Any] = {
    Level.GOVERNORATE.code: pgettext_lazy("place", "%(name)s governorate"),
    Level.DISTRICT.code: pgettext_lazy("place", "%(name)s district"),
    Level.SUBDISTRICT.code: pgettext_lazy("place", "%(name)s sub-district"),
}
FEW = 3  # the smallest number that every language of the site counts in the plural
LEVELS = {level.code: LEVEL_LABELS[level] for level in Level}


def name(thing: Mapping[str, Any] | None) -> str:
    """What readers call a part of a record, in their language."""
    return localised(*shown_names(thing)) if thing else ""


def official_name(place: Mapping[str, Any]) -> str:
    """The official name of a place in the reader's language, where readers call it otherwise; else empty."""
    official = localised(place.get("name_en") or "", place.get("name_ar") or "")
    return official if official != name(place) else ""


def count(low: int | None, high: int | None) -> str:
    """Return a count as “3”, “3–5”, “at least 3” or “up to 5”; nothing where neither end is known."""
    if low is None:
        return "" if high is None else pgettext("count", "up to %(high)s") % {"high": grouped(high)}
    if high is None:
        return pgettext("count", "at least %(low)s") % {"low": grouped(low)}
    if low == high:
        return grouped(low)
    return pgettext("count", "%(low)s–%(high)s") % {"low": grouped(low), "high": grouped(high)}


def counted_group(low: int | None, high: int | None, group: str) -> str:
    """Return a count with whom it counts: “at least 3 children”; the count alone where the group is not known."""
    words = GROUPS.get(group)
    return count_of(low, high, words, group_name(group)) if words else count(low, high)


def numbered(aspect: str, low: int | None, high: int | None, group: str) -> str:
    """Return what is said of an aspect that has numbers: “at least 3 children”, “3 strikes”, “reported”."""
    if group or aspect not in UNITS:
        return counted_group(low, high, group)
    if low is None and high is None:
        return pgettext("happened", "reported")
    return count_of(low, high, UNITS[aspect], "")


def damaged(damage: str, facility: Mapping[str, Any] | None) -> str:
    """Return what became of a facility: “Old Mill: destroyed”."""
    words = str(DAMAGE.get(damage, damage))
    if not facility:
        return words
    return pgettext("damage", "%(name)s: %(damage)s") % {"name": isolated(name(facility)), "damage": words}


def count_of(low: int | None, high: int | None, words: Any, of_whom: str) -> str:
    """A count of what ``words`` count; ``of_whom`` stands where no number is known."""
    if low is None:
        if high is None:
            return pgettext("count", "an unknown number of %(group)s") % {"group": of_whom}
        return pgettext("count", "up to %(high)s") % {"high": words % {"n": high, "number": grouped(high)}}
    if high is None:
        return pgettext("count", "at least %(low)s") % {"low": words % {"n": low, "number": grouped(low)}}
    # A range is never one or two people, wherever it ends: “0–1 people”, and in Arabic no dual.
    return words % {"n": low if low == high else max(high, FEW), "number": count(low, high)}


def group_name(group: str) -> str:
    return str(dict(choices.GROUPS).get(group, group))


def occurred(value: Mapping[str, Any]) -> str:
    """Return a date in words, with the part of the day and the local time where they are known."""
    edtf = value.get("edtf") or ""
    part_of_day = value.get("part_of_day") or ""
    try:
        words = dates.describe(dates.parse(edtf), get_language() or "en", part_of_day)
    except dates.DateError:
        words = edtf
    if time := local_time(value):
        words = _("%(date)s, %(time)s local time") % {"date": words, "time": time}
    return words


def local_time(value: Mapping[str, Any]) -> str:
    """“14:30”, “14:30–16:00”, “about 14:30”; "" where none is known."""
    if not value.get("time"):
        return ""
    words = "–".join(str(one)[:5] for one in (value["time"], value.get("time_to")) if one)
    return pgettext("time", "about %(time)s") % {"time": words} if value.get("time_about") else words


def date_precision(value: Mapping[str, Any]) -> str:
    """Say how well a date is known: “known to the day” only of one that is neither approximate nor uncertain."""
    try:
        when = dates.parse(value.get("edtf") or "")
    except dates.DateError:
        return ""
    if dates.certain_days(when):
        is_night = value.get("part_of_day") == PartOfDay.NIGHT and dates.takes_part_of_day(when, PartOfDay.NIGHT)
        return str(DATE_PRECISION.get("night" if is_night else value.get("precision") or "", ""))
    said = []
    if when.is_approximate:
        said.append(pgettext("date precision", "approximate: it may have been %(days)s") % {"days": possibly(when)})
    if when.is_uncertain:
        said.append(pgettext("date precision", "uncertain: it may have been at another time"))
    return pgettext("date precision", "; ").join(said)


def possibly(when: dates.UncertainDate) -> str:
    """The days on which it may have happened: “30 November – 4 December 2024”."""
    return dates.describe(dates.between(*dates.possible_days(when)), get_language() or "en")


def scope(value: str) -> str:
    return str(dict(choices.SCOPES).get(value, value))


def level(value: str) -> str:
    """The level of a place (``community``, …) in words."""
    return str(LEVELS.get(value, value))


def placed(place: Mapping[str, Any]) -> str:
    """The name of a place, with its level where towns bear the same name: “Idleb governorate”."""
    pattern = WITH_LEVEL.get(place.get("level") or "")
    return pattern % {"name": name(place)} if pattern else name(place)


def claimed_value(claim: ClaimRecord) -> str:
    """Return what a claim says, in words: a date, a name, a count of people."""
    value = claim["value"]
    match claim["aspect"]:
        case Aspect.OCCURRED:
            return occurred(value)
        case aspect if aspect in NUMBERED:
            return numbered(aspect, value.get("low"), value.get("high"), value.get("group") or "")
        case Aspect.DAMAGE:
            return damaged(value["damage"], value if value.get("id") else None)
        case Aspect.PLACE:
            return place_said(value)
        case Aspect.ACTOR if value.get("one_of"):
            return one_of(value["one_of"])
    return name(value)


def place_said(value: Value) -> str:
    """A place with how near, and the point that is given: “Upper Town (near this place; 35.6100, 36.5600, …)”."""
    more = [str(PLACE_PRECISION[value["precision"]])] if value.get("precision") in PLACE_PRECISION else []
    if "point" in value:
        more.append(point(value["point"]))
    return f"{name(value)} ({pgettext('between two parts of a sentence', '; ').join(more)})" if more else name(value)


def point(said: PointSaid) -> str:
    """“35.6100, 36.5600, known to within 500 m”; "" for one that is no fact."""
    lat, lon, within = said["lat"], said["lon"], said["within_m"]
    if lat is None or lon is None or within is None:
        return ""
    return point_in_words(f"{degrees(lat)}, {degrees(lon)}", within)


def one_of(actors: Iterable[Mapping[str, Any]]) -> str:
    """Several actors of whom one did it: “A, B or C”."""
    return either(name(actor) for actor in actors)


def speakers(names: list[str]) -> str:
    """Join names as a list reads: “A, B and C”."""
    names = [isolated(name) for name in names]
    if len(names) < 2:
        return "".join(names)
    return pgettext("list of names", "%(first)s and %(last)s") % {
        "first": pgettext("list of names", ", ").join(names[:-1]),
        "last": names[-1],
    }
