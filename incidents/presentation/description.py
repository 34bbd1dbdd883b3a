"""A record in one breath, for search engines and previews: where and when, who was struck, by whom, how many people.

What does not fit is left out as a whole, the least telling first; a number never stands without who gives it, unless
several are given: then it is the range that lists have.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from incidents.presentation import fact_wording
from incidents.presentation.casualties import lines
from incidents.presentation.fact_sections import HEADINGS
from incidents.record.whole import IncidentRecord, counts_in
from incidents.terms import LISTED, Aspect

LONGEST = 200  # characters that search engines and previews show at most
Part = tuple[int, str]  # its rank, the first to be kept lowest; its words


def description(content: IncidentRecord) -> str:
    """“Attack, 27 November 2019, Upper Town. Killed: 3 people, according to Rescue Group. Weapons: shelling.”"""
    parts = [part for part in ranked(content) if part[1]]
    kept: list[Part] = []
    for part in sorted(parts, key=lambda one: one[0]):
        if len(joined([*kept, part])) <= LONGEST:
            kept.append(part)
    return joined([part for part in parts if part in kept])


def joined(parts: list[Part]) -> str:
    return " ".join(f"{words}." for _rank, words in parts)


def ranked(content: IncidentRecord) -> Iterator[Part]:
    """In the order of the page."""
    yield 0, beginning(content)
    yield 3, named(Aspect.FACILITY, [fact_wording.name(one) for one in content["facilities"]])
    if not content["facilities"]:
        yield 3, named(Aspect.FACILITY_TYPE, [fact_wording.name(one) for one in content["facility_types"]])
    yield 4, named(Aspect.ACTOR, list(actors(content)))
    yield 5, named(Aspect.WEAPON, [fact_wording.name(one) for one in content["weapons"]])
    for rank, aspect in enumerate(LISTED, 1):
        yield rank, counted(content, aspect)


def beginning(content: IncidentRecord) -> str:
    """What it is, when and where: “Attack, 27 November 2019, Upper Town, Northmoor governorate”."""
    said = [fact_wording.scope(content["scope"])]
    if content["occurred"]:
        said.append(fact_wording.occurred(content["occurred"]))
    said += where(content)
    return pgettext("list of names", ", ").join(said)


def where(content: IncidentRecord) -> list[str]:
    """The places; of one alone the governorate that it lies in, too."""
    places = content["places"]
    above = places[0]["ancestors"][1:2] if len(places) == 1 else []
    return [fact_wording.placed(place) for place in [*places[:3], *above]]


def actors(content: IncidentRecord) -> Iterator[str]:
    for one in content["actors"]:
        name = fact_wording.name(one)
        yield _("%(name)s (disputed)") % {"name": name} if one["disputed"] else name
    for several in content.get("actors_one_of") or []:
        yield fact_wording.one_of(several["actors"])


def named(aspect: str, names: list[str]) -> str:
    return labelled(aspect, fact_wording.speakers([name for name in names if name]))


def counted(content: IncidentRecord, aspect: str) -> str:
    given = lines(content, aspect)
    if len(given) == 1:
        return labelled(aspect, pgettext("list of names", ", ").join([given[0].counted, given[0].said_by]))
    counts = counts_in(content, aspect)
    if not given or not counts:
        return ""
    number = fact_wording.count(counts["low"], counts["high"])
    return labelled(aspect, _("%(number)s, according to several statements") % {"number": number} if number else "")


def labelled(aspect: str, words: str) -> str:
    heading = HEADINGS[aspect]
    return pgettext("label", "%(name)s: %(value)s") % {"name": heading, "value": words} if words else ""
