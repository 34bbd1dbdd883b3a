"""What a group of sentences says of its attack, as suggestions in the order of the text."""

from collections.abc import Iterator
from dataclasses import replace

from archive.dates import possible_days
from archive.mentions.sites import Site
from incidents.assessment import Count, When, Where
from incidents.terms import Aspect, Group, Precision, Stance

from .days import DaySaid
from .found import Found
from .grouping import Above
from .grouping import Group as Sentences
from .scenes import Scene
from .values import Suggestion
from .voices import REPORT, Voice
from .wording import Sentence

_FEW_DAYS = 7
_PLAIN = "explosive-device"
_FLYING = frozenset(
    {
        "syrian-government-forces", "syrian-air-force", "syrian-arab-army", "russian-armed-forces",
        "russian-air-force",
        "global-coalition", "us-armed-forces", "turkish-armed-forces", "israeli-armed-forces",
    }
)  # fmt: skip
_MOST_OF_ONE_VALUE = 3  # passages offered for the same value by the same speaker


def suggestions_of(group: Sentences, above: Above, printed: tuple[Sentence, DaySaid] | None) -> tuple[Suggestion, ...]:
    made: list[Suggestion] = []
    for scene in group.scenes:
        made += _days(scene)
        made += _places(scene, group, above)
        made += _others(scene)
    if group.place_of_report is not None:
        made.append(_of_site(group.place_of_report, "place_of_report", is_certain=False))
    if not group.is_past and not any(_is_of_days(one) for one in made):
        made += _fallback_days(group, printed)
    made = _with_plain_weapons(_with_groups(made))
    return _without_repeats(sorted(made, key=_order))


def _is_of_days(one: Suggestion) -> bool:
    """Whether it dates the attack to a few days: “in May” does not."""
    if not isinstance(one.value, When):
        return False
    lower, upper = possible_days(one.value.date)
    return lower is not None and upper is not None and (upper - lower).days <= _FEW_DAYS


def _with_groups(made: list[Suggestion]) -> list[Suggestion]:
    """A bare number is of the people of whom the report says it elsewhere: “15 gunmen”, then “killing 15”."""
    said = {
        (one.aspect, one.value.low, one.value.high): one.value.group
        for one in reversed(made)
        if isinstance(one.value, Count) and one.value.group is not Group.PEOPLE
    }
    return [
        replace(one, value=replace(one.value, group=said[one.aspect, one.value.low, one.value.high]))
        if isinstance(one.value, Count)
        and one.value.group is Group.PEOPLE
        and said.get((one.aspect, one.value.low, one.value.high)) in (Group.FIGHTERS, Group.CIVILIANS)
        else one
        for one in made
    ]


def _with_plain_weapons(made: list[Suggestion]) -> list[Suggestion]:
    """“Bombing” and “blast” name no weapon where the report names one, or forces that have aircraft."""
    weapons = {str(one.value) for one in made if one.aspect is Aspect.WEAPON}
    actors = {str(one.value) for one in made if one.aspect is Aspect.ACTOR and one.stance is Stance.ASSERTS}
    if _PLAIN not in weapons:
        return made
    if weapons - {_PLAIN}:
        return [one for one in made if one.value != _PLAIN]
    if actors & _FLYING:
        return [
            replace(one, value="air-strike", rule="weapon_of_actor", is_certain=False) if one.value == _PLAIN else one
            for one in made
        ]
    return made


def _order(one: Suggestion) -> tuple[int, int, str, str, str]:
    return one.start, one.end, one.aspect, one.speaker, one.voice


def _days(scene: Scene) -> Iterator[Suggestion]:
    for day in scene.days:
        if (day.upper - day.lower).days < 40:
            yield _of_day(scene.sentence, day, "date_from_publication" if day.is_relative else "date_written")


def _of_day(sentence: Sentence, day: DaySaid, rule: str, *, is_certain: bool = True) -> Suggestion:
    start, end = sentence.span(day.first, day.last)
    value = When(day.when, day.part_of_day)
    return Suggestion(aspect=Aspect.OCCURRED, start=start, end=end, value=value, rule=rule, is_certain=is_certain)


def _fallback_days(group: Sentences, printed: tuple[Sentence, DaySaid] | None) -> list[Suggestion]:
    """The day of a statement, or the one that the report prints as its own, where no sentence dates the attack."""
    for scene in group.scenes:
        if scene.statements and scene.found:
            return [_of_day(scene.sentence, scene.statements[0], "date_of_statement", is_certain=False)]
    if printed:
        return [_of_day(*printed, "date_of_report", is_certain=False)]
    return []


def _places(scene: Scene, group: Sentences, above: Above) -> Iterator[Suggestion]:
    wider = {pcode for named in group.places for pcode in above.get(named, ())}
    for site in scene.attack_sites:
        if site.pcode not in wider:
            rule = "place_of_region" if site.region else "place_of_attack"
            yield _of_site(site, rule, is_certain=site.is_certain)


def _of_site(site: Site, rule: str, *, is_certain: bool) -> Suggestion:
    value = Where(site.pcode, Precision.IN)
    return Suggestion(
        aspect=Aspect.PLACE, start=site.start, end=site.end, value=value, rule=rule, is_certain=is_certain
    )


def _others(scene: Scene) -> Iterator[Suggestion]:
    for found in (*scene.found, *scene.denials):
        if scene.is_of_period and found.aspect in (Aspect.KILLED, Aspect.INJURED):
            continue
        for voice in scene.voices or [REPORT]:
            yield _made(scene, found, voice)


def _made(scene: Scene, found: Found, voice: Voice) -> Suggestion:
    start, end = scene.sentence.span(found.first, found.last)
    return Suggestion(
        aspect=found.aspect,
        start=start,
        end=end,
        value=found.value,
        rule=found.rule,
        stance=found.stance,
        speaker=voice.speaker,
        voice=voice.words,
        is_certain=found.is_certain and found.stance is Stance.ASSERTS,
    )


def _without_repeats(made: list[Suggestion]) -> tuple[Suggestion, ...]:
    """Of one value by one speaker the first few passages."""
    counts: dict[Suggestion, int] = {}
    kept: list[Suggestion] = []
    for one in made:
        same = replace(one, start=0, end=0, rule="", voice="" if one.speaker else one.voice, is_certain=True)
        counts[same] = counts.get(same, 0) + 1
        if counts[same] <= _MOST_OF_ONE_VALUE:
            kept.append(one)
    return tuple(kept)
