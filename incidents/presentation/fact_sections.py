"""A record's facts in the order of its page: date, place, what was struck, who, with what, how many people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from archive.localisation import isolated, shown_names
from archive.read_by_key import ReadByKey
from incidents.presentation import fact_wording
from incidents.presentation.casualties import Line, lines, notes, said_by
from incidents.presentation.quotes import Quote, Statement, judgements, quotes, speaker_names
from incidents.presentation.voices import actors_apart
from incidents.record.cited_parts import ClaimRecord
from incidents.record.parts import PlaceNames, TermNames
from incidents.record.whole import IncidentRecord, groups_in
from incidents.terms import COUNTED, LISTED, NUMBERED, Aspect, Scope

HEADINGS: dict[str, Any] = {
    Aspect.OCCURRED: pgettext_lazy("fact", "Date"),
    Aspect.PLACE: pgettext_lazy("fact", "Place"),
    Aspect.FACILITY: pgettext_lazy("fact", "Facilities"),
    Aspect.FACILITY_TYPE: pgettext_lazy("fact", "Kind of facility"),
    Aspect.ACTOR: pgettext_lazy("fact", "Attributed to"),
    Aspect.WEAPON: pgettext_lazy("fact", "Weapons"),
    Aspect.KILLED: pgettext_lazy("fact", "Killed"),
    Aspect.INJURED: pgettext_lazy("fact", "Injured"),
    Aspect.DETAINED: pgettext_lazy("fact", "Detained"),
    Aspect.ABDUCTED: pgettext_lazy("fact", "Abducted"),
    Aspect.DISPLACED: pgettext_lazy("fact", "Displaced"),
    Aspect.STRIKES: pgettext_lazy("fact", "Number of strikes"),
    Aspect.DAMAGE: pgettext_lazy("fact", "Damage"),
    Aspect.LOOTED: pgettext_lazy("fact", "Looting"),
    Aspect.OBSTRUCTED: pgettext_lazy("fact", "Obstruction"),
    Aspect.THREATENED: pgettext_lazy("fact", "Threats"),
}
FACTS: dict[str, tuple[str, str]] = {
    Aspect.PLACE: ("places", "pcode"),
    Aspect.FACILITY: ("facilities", "id"),
    Aspect.FACILITY_TYPE: ("facility_types", "slug"),
    Aspect.ACTOR: ("actors", "slug"),
    Aspect.WEAPON: ("weapons", "slug"),
}
Named = Mapping[str, Any]  # a fact, or the value of a claim
REPORTS_DIFFER = gettext_lazy("Reports differ on this; what each says stands in the evidence.")
POINTS_DIFFER = gettext_lazy("Reports differ on the point; each stands in the evidence, with who gives it.")
SEVERAL_POINTS = gettext_lazy("Several points are given; each stands in the evidence, with who gives it.")
NOT_TAKEN = gettext_lazy("Not taken as a fact of this incident: only set-aside statements or denials speak of it.")


class Alternative(NamedTuple):
    """One of several of whom one did it: its name and the address of its page."""

    name: str
    address: str


@dataclass(slots=True)
class Item(ReadByKey):
    """One fact in words, with what must be known of it (``notes``) and the evidence for and against it.

    Of several actors of whom one did it, ``heading`` names all and ``alternatives`` each.
    """

    heading: str
    other_script: str = ""
    detail: str = ""
    address: str = ""
    path: list[PlaceNames] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    alternatives: list["Alternative"] = field(default_factory=list)
    is_fact: bool = True
    is_disputed: bool = False
    quotes: list[Quote] = field(default_factory=list)
    judgements: list[Statement] = field(default_factory=list)


@dataclass(slots=True)
class Section(ReadByKey):
    """One aspect of the incident; ``numbers`` are those of killed and injured, each with who gives it."""

    aspect: str
    heading: str
    items: list[Item]
    numbers: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_counted(self) -> bool:
        return self.aspect in NUMBERED

    @property
    def facts(self) -> list[Item]:
        return [item for item in self.items if item.is_fact]

    @property
    def quote_count(self) -> int:
        return len({quote.passage for item in self.items for quote in item.quotes})

    @property
    def judgement_count(self) -> int:
        return sum(len(item.judgements) for item in self.items)


def sections(content: IncidentRecord) -> list[Section]:
    """Return the aspects that the record speaks of, each with its facts and their evidence.

    Of an attack the killed and the injured are always among them: that nobody reports a number is worth saying.
    """
    made = (section(content, aspect) for aspect in HEADINGS)
    return [one for one in made if one.items or (one.aspect in LISTED and content["scope"] == Scope.ATTACK)]


def section(content: IncidentRecord, aspect: str) -> Section:
    claims = [claim for claim in content["claims"] if claim["aspect"] == aspect]
    heading = str(HEADINGS[aspect])
    if aspect == Aspect.OCCURRED:
        return Section(aspect, heading, occurred_items(content, claims))
    if aspect == Aspect.DAMAGE:
        return Section(aspect, heading, damage_items(content, claims))
    if aspect in NUMBERED:
        return counts_section(content, aspect, heading, claims)
    key_of_facts, key = FACTS[aspect]
    facts = {fact[key]: fact for fact in facts_in(content, key_of_facts)}
    if aspect == Aspect.ACTOR:
        facts |= {together(one["actors"]): one for one in content.get("actors_one_of") or []}
    grouped = by_value(claims, key)
    items = [
        with_evidence(content, ITEMS[aspect](content, fact), grouped.pop(value, [])) for value, fact in facts.items()
    ]
    for item in items:
        follows_from_facilities(aspect, item)
    for rest in grouped.values():
        item = ITEMS[aspect](content, rest[0]["value"])
        item.is_fact, item.notes = False, [str(NOT_TAKEN)]
        items.append(with_evidence(content, item, rest))
    return Section(aspect, heading, items, notes=notes_on(content, aspect))


def notes_on(content: IncidentRecord, aspect: str) -> list[str]:
    if aspect == Aspect.PLACE and content.get("place_generalised"):
        return [_("To protect people, the archive gives only the district.")]
    return actors_apart(content) if aspect == Aspect.ACTOR else []


def facts_in(content: IncidentRecord, key: str) -> Sequence[Named]:
    found: Sequence[Named] = content.get(key) or []  # type: ignore[assignment]
    return found


def follows_from_facilities(aspect: str, item: Item) -> None:
    """A kind of facility may be a fact by way of a named facility alone: say so where there is nothing to quote."""
    if aspect == Aspect.FACILITY_TYPE and not item.quotes and not item.judgements:
        item.notes.append(_("Follows from the facilities named."))


def by_value(claims: list[ClaimRecord], key: str) -> dict[str, list[ClaimRecord]]:
    grouped: dict[str, list[ClaimRecord]] = {}
    for claim in claims:
        value = claim["value"]
        named = together(value["one_of"]) if "one_of" in value else str(value.get(key) or "")
        grouped.setdefault(named, []).append(claim)
    return grouped


def together(actors: Iterable[TermNames]) -> str:
    """What stands for several actors of whom one did it; no slug has such a form."""
    return " | ".join(actor["slug"] for actor in actors)


def with_evidence(content: IncidentRecord, item: Item, claims: list[ClaimRecord]) -> Item:
    item.quotes = quotes(content, claims)
    item.judgements = judgements(content, claims)
    return item


def occurred_items(content: IncidentRecord, claims: list[ClaimRecord]) -> list[Item]:
    fact = content.get("occurred")
    if not fact:
        return [with_evidence(content, Item(_("Not known")), claims)] if claims else []
    item = Item(fact_wording.occurred(fact), detail=fact_wording.date_precision(fact))
    if fact.get("contested"):
        item.notes.append(str(REPORTS_DIFFER))
    return [with_evidence(content, item, claims)]


def place_item(content: IncidentRecord, place: Named) -> Item:
    detail = fact_wording.level(place.get("level") or "")
    if place.get("precision") in fact_wording.PLACE_PRECISION:
        detail = pgettext("place", "%(level)s; %(precision)s") % {
            "level": detail,
            "precision": fact_wording.PLACE_PRECISION[place["precision"]],
        }
    item = named(place, reverse("town", args=[place["pcode"]]))
    if official := fact_wording.official_name(place):
        detail = pgettext("place", "%(detail)s, officially %(name)s") % {"detail": detail, "name": isolated(official)}
    item.detail = detail
    item.path = place.get("ancestors") or []
    if place.get("against"):
        item.notes.append(str(REPORTS_DIFFER))
    if "claims" in place and (point := place.get("point")):
        item.notes.append(point_note(content, point))
    return item


def point_note(content: IncidentRecord, point: Named) -> str:
    """The point with who gives it, or that there are several; claims have theirs in their own words."""
    if point["lat"] is None:
        return str(POINTS_DIFFER if point["contested"] else SEVERAL_POINTS)
    given = [claim for claim in content["claims"] if claim["id"] in point["claims"]]
    return _("Point: %(point)s, %(according)s.") % {
        "point": fact_wording.point(point),  # type: ignore[arg-type]
        "according": said_by(content, given),
    }


def facility_item(content: IncidentRecord, facility: Named) -> Item:
    item = named(facility, reverse("facility", args=[facility["id"]]))
    item.detail = fact_wording.name(facility.get("type"))
    return item


def actor_item(content: IncidentRecord, actor: Named) -> Item:
    if several := actor.get("actors") or actor.get("one_of"):
        return one_of_item(content, several, actor)
    item = named(actor, reverse("actor", args=[actor["slug"]]))
    item.is_disputed = bool(actor.get("disputed"))
    for key, sentence in (
        ("asserted_by", pgettext("actor", "Said by %(names)s.")),
        ("denied_by", pgettext("actor", "Denied by %(names)s.")),
        ("disputed_by", pgettext("actor", "Disputed by %(names)s.")),
    ):
        if names := speaker_names(content, actor.get(key) or []):
            item.notes.append(sentence % {"names": fact_wording.speakers(names)})
    if actor.get("asserted") and not actor.get("asserted_by"):
        item.notes.append(_("By the editors’ judgement; no report cited here says it."))
    if actor.get("asserted") is False:
        item.is_fact = False
        one_of = {one["slug"] for fact in content.get("actors_one_of") or [] for one in fact["actors"]}
        by_nobody = _("Nobody cited here says that it did it.")
        item.notes.append(_("It is only named as one of several.") if actor["slug"] in one_of else by_nobody)
    return item


def one_of_item(content: IncidentRecord, actors: Sequence[Named], fact: Named) -> Item:
    """Several actors of whom one did it: “A or B”, each with its page; who says so, and whose part is denied."""
    alternatives = [Alternative(fact_wording.name(one), reverse("actor", args=[one["slug"]])) for one in actors]
    item = Item(fact_wording.one_of(actors), alternatives=alternatives)
    item.notes.append(_("One of them; it is not said which."))
    if names := speaker_names(content, fact.get("asserted_by") or []):
        item.notes.append(pgettext("actor", "Said by %(names)s.") % {"names": fact_wording.speakers(names)})
    elif fact.get("claims"):
        item.notes.append(_("By the editors’ judgement; no report cited here says it."))
    if disputed := [fact_wording.name(one) for one in actors if one.get("disputed")]:
        names_of = fact_wording.speakers(disputed)
        item.notes.append(_("Denied or disputed, see below: the part of %(names)s.") % {"names": names_of})
    return item


def term_item(content: IncidentRecord, term: Named) -> Item:
    return named(term)


def named(thing: Named, address: str = "") -> Item:
    shown = fact_wording.name(thing)
    others = reversed(shown_names(thing))
    return Item(shown, other_script=next((o for o in others if o and o != shown), ""), address=address)


ITEMS: dict[str, Callable[[IncidentRecord, Named], Item]] = {
    Aspect.PLACE: place_item,
    Aspect.FACILITY: facility_item,
    Aspect.FACILITY_TYPE: term_item,
    Aspect.ACTOR: actor_item,
    Aspect.WEAPON: term_item,
}


def damage_items(content: IncidentRecord, claims: list[ClaimRecord]) -> list[Item]:
    """What became of each facility, in each degree that somebody asserts or denies."""
    grouped: dict[tuple[str, str], list[ClaimRecord]] = {}
    for claim in claims:
        grouped.setdefault((claim["value"].get("id") or "", claim["value"]["damage"]), []).append(claim)
    items = []
    for one in content.get("damage") or []:
        facility = one["facility"]
        address = reverse("facility", args=[facility["id"]]) if facility else ""
        item = Item(fact_wording.damaged(one["damage"], facility), address=address, is_disputed=bool(one["against"]))
        item.is_fact = bool(one["claims"])
        notes = [REPORTS_DIFFER] if one["contested"] and item.is_fact else []
        item.notes = [str(note) for note in (notes if item.is_fact else [NOT_TAKEN])]
        said = grouped.pop((facility["id"] if facility else "", one["damage"]), [])
        items.append(with_evidence(content, item, said))
    for rest in grouped.values():
        item = Item(fact_wording.claimed_value(rest[0]), notes=[str(NOT_TAKEN)], is_fact=False)
        items.append(with_evidence(content, item, rest))
    return items


def counts_section(content: IncidentRecord, aspect: str, heading: str, claims: list[ClaimRecord]) -> Section:
    grouped = by_value(claims, "group")
    items = []
    for group in groups_in(content, aspect):
        item = Item(fact_wording.numbered(aspect, group.get("low"), group.get("high"), group["group"]))
        item.is_fact = aspect in COUNTED or bool(group["claims"])
        best = group.get("best")
        if best is not None and group.get("low") != group.get("high"):
            item.notes.append(_("The editors prefer the figure %(best)s.") % {"best": fact_wording.count(best, best)})
        items.append(with_evidence(content, item, grouped.pop(group["group"], [])))
    for name, rest in grouped.items():
        item = Item(fact_wording.group_name(name) or heading, notes=[str(NOT_TAKEN)], is_fact=False)
        items.append(with_evidence(content, item, rest))
    return Section(aspect, heading, items, lines(content, aspect), notes=list(notes(content, aspect)))
