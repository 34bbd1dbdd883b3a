"""What an editor is warned of, each rule under its name. The order is that of the page."""

from collections.abc import Callable, Iterator, Mapping

from archive.points import degrees, metres
from archive.terms import Level
from incidents.assessment import ClaimView, Count, CountFact, Where
from incidents.terms import PARTS, Rank

from .doubt import Doubt
from .matter import Matter
from .numbers import Said, says
from .private_people import looks_private

# How far a place reaches from its own point, in kilometres: as far as the gazetteer's towns lie from what they are in.
REACH_KM = {
    Level.COUNTRY: 450,
    Level.GOVERNORATE: 200,
    Level.DISTRICT: 120,
    Level.SUBDISTRICT: 100,
    Level.COMMUNITY: 20,
    Level.NEIGHBOURHOOD: 10,
}
FEWEST_WORDS = 5  # of a judgement that tells a reader anything

GENERAL_SPEAKERS = "Witnesses, Local residents, Medical workers, Rescue workers, Relatives of victims, Local sources"

Rule = Callable[[Matter], Iterator[Doubt]]


def warnings(matter: Matter) -> list[Doubt]:
    """Everything that is odd about an incident, in the order of RULES."""
    return [warning for rule in RULES.values() for warning in rule(matter)]


def count_not_in_quote(matter: Matter) -> Iterator[Doubt]:
    """A number of people that its quote does not say, in digits or in words."""
    for claim in live(matter):
        words = matter.quotes.get(claim.passage, "")
        if not isinstance(claim.value, Count) or not words:
            continue
        said = says(words)
        ends = (claim.value.low, claim.value.high)
        if lacking := [end for end in dict.fromkeys(ends) if end is not None and not said.supports(end)]:
            yield Doubt(
                rule="count_not_in_quote",
                message=f"{claim.aspect.capitalize()}: {matter.shown.get(claim.id, '')}. "
                f"Its words do not say {' or '.join(map(str, lacking))}; {numbers_of(said)}: “{words}”",
                subject=("claim", matter.ids[claim.id]),
                about=(matter.ids[claim.id], claim.aspect, claim.value.group, *ends, claim.passage, words),
            )


def numbers_of(said: Said) -> str:
    return f"they say {said.in_words}" if said.in_words else "they say no number"


def facility_elsewhere(matter: Matter) -> Iterator[Doubt]:
    """A facility of another place than the attack; a neighbourhood of the place, or what it lies in, is no other."""
    above = matter.vocabulary.ancestors
    places = [place.pcode for place in matter.facts.places.items]
    for fact in matter.facts.facilities.asserted:
        facility = matter.facilities[str(fact.value)]
        if not places or any(is_branch(facility.pcode, place, above) for place in places):
            continue
        where = " and ".join(matter.names.get(place, place) for place in places)
        yield Doubt(
            rule="facility_elsewhere",
            message=f"{facility.name} is in {facility.place}, the attack in {where}.",
            subject=("facility", str(fact.value)),
            about=(str(fact.value), facility.pcode, *sorted(places)),
        )


def is_branch(one: str, other: str, above: Mapping[str, tuple[str, ...]]) -> bool:
    return one == other or one in above.get(other, ()) or other in above.get(one, ())


def point_far(matter: Matter) -> Iterator[Doubt]:
    """A point further from its place than the place reaches; latitude and longitude may have been exchanged."""
    for claim in live(matter):
        if not isinstance(claim.value, Where):
            continue
        place, point = matter.placed.get(claim.value.pcode), claim.value.point
        if place is None or point is None:
            continue
        most = REACH_KM[Level(place.level)] + point.within_m / 1000
        away, swapped = (metres(one, (place.lat, place.lon)) / 1000 for one in (point[1:], point[:0:-1]))
        if away <= most:
            continue
        lat, lon = degrees(point.lat), degrees(point.lon)
        yield Doubt(
            rule="point_far",
            message=f"The point {lat}, {lon} is {away:.0f} km from {place.name}. With latitude and longitude exchanged "
            f"it would be {swapped:.0f} km."
            if swapped <= most
            else f"The point {lat}, {lon} is {away:.0f} km from {place.name}.",
            subject=("claim", matter.ids[claim.id]),
            about=(matter.ids[claim.id], claim.value.pcode, lat, lon, point.within_m),
        )


def total_below_part(matter: Matter) -> Iterator[Doubt]:
    """A total that is smaller than what is a part of it: fewer people than civilians, fewer killed than children."""
    for aspect, counts in matter.facts.counts.items():
        known = {item.group: item for item in counts.items if item.is_known}
        for group, parts in PARTS.items():
            for part in parts:
                if group in known and part in known and is_below(known[group], known[part]):
                    yield below(matter, aspect, known[group], known[part])


def is_below(total: CountFact, part: CountFact) -> bool:
    return total.high is not None and part.low is not None and total.high < part.low


def below(matter: Matter, aspect: str, total: CountFact, part: CountFact) -> Doubt:
    claims = sorted(matter.ids[claim] for claim in (*total.claims, *part.claims))
    return Doubt(
        rule="total_below_part",
        message=f"At most {total.high} {group_name(total)} {aspect}, but at least {part.low} {group_name(part)}.",
        subject=("aspect", aspect),
        about=(aspect, total.group, total.low, total.high, part.group, part.low, part.high, *claims),
    )


def group_name(fact: CountFact) -> str:
    return fact.group.replace("_", " ")


def actor_by_nobody(matter: Matter) -> Iterator[Doubt]:
    """An actor that somebody disputes or denies and nobody asserts."""
    together = {actor for one in matter.facts.actors.one_of for actor in one.actors}
    for fact in matter.facts.actors.items:
        if not fact.asserted_by and fact.value not in together:
            name = matter.names.get(str(fact.value), str(fact.value))
            yield Doubt(
                rule="actor_by_nobody",
                message=f"Nobody is on record who says that {name} did it; it is only disputed or denied.",
                subject=("aspect", "actor"),
                about=(str(fact.value), *sorted(matter.ids[claim] for claim in fact.against)),
            )


def report_without_date_or_source(matter: Matter) -> Iterator[Doubt]:
    """A cited report of which readers would not learn when, or by whom, it was published."""
    for report in matter.reports:
        lacking = [what for what, has in (("date", report.has_date), ("source", report.has_source)) if not has]
        if lacking:
            yield Doubt(
                rule="report_without_date_or_source",
                message=f"The report “{report.title}” has no {' and no '.join(lacking)}.",
                subject=("article", report.id),
                about=(report.id, *lacking),
            )


def passage_changed(matter: Matter) -> Iterator[Doubt]:
    """A cited passage that the current text of its report does not have, or not surely."""
    for later in matter.doubtful:
        yield Doubt(
            rule="passage_changed",
            message=f"The text of “{later.report}” has changed. Of the passages cited ({later.outcome}): "
            f"“{later.quote}”",
            subject=("passage", str(later.id)),
            about=(later.passage, later.id, later.outcome),
        )


def speaker_private(matter: Matter) -> Iterator[Doubt]:
    """A speaker who looks like a private person: a name, or one somebody of one town."""
    for claim in live(matter):
        speaker = matter.speakers.get(claim.id)
        if speaker is None or speaker.stands_for_actor or not looks_private(speaker.name_en, speaker.name_ar):
            continue
        yield Doubt(
            rule="speaker_private",
            message=f"“{speaker.name_en or speaker.name_ar}”, who says “{matter.shown.get(claim.id, '')}”, looks like "
            f"a private person, who could be found by it. Choose a general speaker ({GENERAL_SPEAKERS}).",
            subject=("claim", matter.ids[claim.id]),
            about=(matter.ids[claim.id], speaker.slug, speaker.name_en, speaker.name_ar),
        )


def judgement_short(matter: Matter) -> Iterator[Doubt]:
    """A judgement of a few words, which gives readers no reason."""
    for claim in live(matter):
        words = len(claim.judgement.split())
        if 0 < words < FEWEST_WORDS:
            yield Doubt(
                rule="judgement_short",
                message=f"The reason for “{matter.shown.get(claim.id, '')}” has "
                f"{words} word{'' if words == 1 else 's'}: “{claim.judgement}”",
                subject=("claim", matter.ids[claim.id]),
                about=(matter.ids[claim.id], claim.judgement),
            )


def live(matter: Matter) -> Iterator[ClaimView]:
    """Claims that are not set aside."""
    return (claim for claim in matter.claims if claim.rank != Rank.DEPRECATED)


RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        count_not_in_quote,
        total_below_part,
        facility_elsewhere,
        point_far,
        actor_by_nobody,
        report_without_date_or_source,
        passage_changed,
        speaker_private,
        judgement_short,
    )
}
