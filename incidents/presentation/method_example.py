"""The invented example of the method page, worked out by the rules themselves."""

from typing import NamedTuple

from django.utils.translation import get_language

from archive import dates
from incidents.assessment import ClaimView, Count, When, assess
from incidents.presentation.fact_wording import count
from incidents.terms import Aspect, Stance

HERALD, RADIO = "herald", "radio"
ARMY = "army-of-nowhere"
CLAIMS = (
    ClaimView(1, Aspect.OCCURRED, When(dates.parse("2019-11-27"), "night"), passage=HERALD),
    ClaimView(2, Aspect.OCCURRED, When(dates.parse("2019-11-25/2019-11-29")), passage=RADIO),
    ClaimView(3, Aspect.KILLED, Count(3, 5), passage=HERALD, speaker="rescue-group", source=HERALD),
    ClaimView(4, Aspect.KILLED, Count(4, 4), passage=RADIO, speaker="residents", source=RADIO),
    ClaimView(5, Aspect.ACTOR, ARMY, passage=RADIO, speaker="residents", source=RADIO),
    ClaimView(6, Aspect.ACTOR, ARMY, passage=RADIO, speaker="ministry", source=RADIO, stance=Stance.DENIES),
)


class Example(NamedTuple):
    """What follows: the day and the number in words, whether the actor is disputed, whether nobody told of injured."""

    day: str
    killed: str
    is_disputed: bool
    injured_unknown: bool


def example() -> Example:
    facts = assess(CLAIMS)
    killed = facts.killed.headline
    assert facts.occurred.date is not None
    assert killed is not None
    actor = facts.actors.items[0]
    return Example(
        day=dates.describe(facts.occurred.date, get_language() or "en", facts.occurred.part_of_day),
        killed=count(killed.low, killed.high),
        is_disputed=actor.is_asserted and actor.is_disputed,
        injured_unknown=facts.injured.headline is None,
    )
