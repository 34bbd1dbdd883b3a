"""What a map says: its title, what is drawn and what is not, its legend, the ways closer and further out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from archive.localisation import grouped, isolated
from archive.terms import Level
from incidents.lists.chart.wording import split as split_words
from incidents.lists.filter_sentence import counted, sentence
from incidents.lists.incident_filters import IncidentFilters

if TYPE_CHECKING:
    from incidents.lists.map.town_map import TownMap


def title(filters: IncidentFilters) -> str:
    """“Attacks on hospitals in Idleb in 2019, by actor”."""
    split = filters.value("split")
    words = split_words(filters) if split and split != "nothing" else ""
    return pgettext("parts of a title", ", ").join(part for part in (sentence(filters), words) if part)


def seen(found: "TownMap") -> Iterator[str]:
    """Sentences on what is drawn, and on what is not."""
    if not found.rows:
        yield _("Nothing matches all of this") + "."
        return
    if number := len(found.units.exact):
        yield _("%(incidents)s in %(places)s.") % {
            "incidents": counted(found.scope, number),
            "places": places(found.level, len(found.units.marked)),
        }
    if (marked := sum(count for _label, count in found.units.marked)) > number:
        yield _("Added up, the marks make %(sum)s, since an incident in several of these places counts in each.") % {
            "sum": grouped(marked)
        }
    if number := len(found.ringed):
        yield _("Known only by a larger area, and drawn there as a dashed ring: %(incidents)s.") % {
            "incidents": counted(found.scope, number)
        }
    if number := found.undrawn:
        yield _(
            "Not drawn, because no place with a position is known, or none nearer than the country: %(incidents)s."
        ) % {"incidents": counted(found.scope, number)}


def places(level: int, number: int) -> str:
    """“14 towns”."""
    shown = {"number": grouped(number)}
    match level:
        case Level.GOVERNORATE:
            return ngettext("%(number)s governorate", "%(number)s governorates", number) % shown
        case Level.DISTRICT:
            return ngettext("%(number)s district", "%(number)s districts", number) % shown
    return ngettext("%(number)s town", "%(number)s towns", number) % shown


def rules(found: "TownMap") -> Iterator[str]:
    """How to read it."""
    if found.is_of_towns:
        yield _(
            "Each mark is a town; its area grows with the number of incidents. "
            "An incident in several towns counts at each."
        )
    elif found.level == Level.DISTRICT:
        yield _(
            "Each mark is a district, amid the towns that were hit; its area grows with the number of incidents. "
            "Choose one to see its towns."
        )
    else:
        yield _(
            "Each mark is a governorate, amid the towns that were hit; its area grows with the number of incidents. "
            "Choose one to see its towns."
        )
    if found.split:
        yield _("An incident that belongs to several parts counts in each.")
    if found.is_gathered:
        yield _(
            "Towns whose marks would lie on each other share one, which counts each incident once and leads to a "
            "closer map."
        )
    if found.further:
        yield ngettext(
            "%(number)s further town with fewer incidents is a dot without a name: choose a governorate to see it.",
            "%(number)s further towns with fewer incidents are dots without names: choose a governorate to see them.",
            found.further,
        ) % {"number": grouped(found.further)}


def numbered(found: "TownMap") -> Iterator[str]:
    """What the numbers on a picture stand for, which has no table beside it."""
    written = [one for one in found.canvas.names if one.is_instead and one.text and one.where != "narrow"]
    if written:
        names = (f"{one.text} {isolated(one.wish.text)}" for one in written)
        yield _("Where a name had no room: %(names)s.") % {"names": pgettext("list of names", ", ").join(names)}


def keys(found: "TownMap") -> Iterator[tuple[str, int, str]]:
    """The legend: kind and shape of a sample, and what it stands for."""
    if found.split:
        yield from (("part", part.shape, part.name) for part in found.parts)
    if any(piece.certain_radius < piece.radius for mark in found.marks for piece in mark.pieces):
        yield "certain", 0, _("dark: certainly of the dates and actors; pale: possibly")
    if found.rings:
        yield "ring", 0, _("known only to lie somewhere in this area")
