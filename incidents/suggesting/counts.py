"""How many were killed and injured, of whom, as a sentence says it."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from incidents.assessment import Count
from incidents.terms import Aspect, Group

from .attack_words import INJURED, KILLED, MODIFIERS, words
from .found import Found
from .numerals import Numeral, find_numerals
from .people import group_at, is_people
from .wording import Sentence

_ADJECTIVES = words(
    "other others more innocent armed syrian kurdish turkish russian local of the its his her their own islamic state "
    "is isis daesh government regime army rebel opposition iranian lebanese young medical health rescue civil defence "
    "defense aid unarmed additional allied al nusra qaeda hezbollah islamist islamists of them whom foreign "
    "senior pro "
    "police nato small elderly pregnant isil hospital security force militia and takfiri fsa sdf ypg kurd family",
    "من",
)
_PASSED = words(
    "were was have has been had are is being also reportedly confirmed people who and of them the still all at least "
    "left said others other more by when after as in on from during including among a him himself",
    "قد كانوا من بينهم",
)
_INCLUDING = words(
    "including among them whom include includes included", "بينهم بينهن منهم ضمنهم بينها منهن ضمنهن بين ضمن"
)
_LIST = words(
    "and as well plus a an her his their another others other two with including among them of which most mostly "
    "also were",
    "و مع بينهم بينهن منهم ضمنهم بينها من بين وآخرون إضافة إلى",
)
_OR = words("or أو")
_OBJECT = words("of on against targeting targeted with ambushed attacked struck hit")
_DONE = words("executed beheaded murdered massacred slaughtered executes beheads killing wounding injuring kill kills")
_STATES = words("were was have has been are is had being reportedly also dead killed wounded injured hurt martyred")
_ACTIVE = words("killing kills kill wounding injuring injures wounds")
_ARABIC = re.compile("[\u0600-\u06ff]")
_PASSIVE = words("were was been be are is being and reported confirmed")
_MOST = 5_000  # more are the dead of a war, not of an attack
_A_DOZEN = 10  # “many” and “several” without people may be of anything
_RIGHT, _LEFT = 12, 7


@dataclass(frozen=True, slots=True)
class _Counted:
    numeral: Numeral
    noun: int  # the word for people, or the last of the number
    group: Group
    aspect: Aspect
    rule: str
    is_part: bool


def find_counts(sentence: Sentence, dated: Container[int] = ()) -> list[Found]:
    """Counts in the order of the sentence; what stands in a list is of what the list is. ``dated`` are the words of
    dates, which count nobody."""
    counted: list[_Counted] = []
    numerals = [numeral for numeral in find_numerals(sentence) if numeral.first not in dated]
    for index, numeral in enumerate(numerals):
        following = numerals[index + 1].start if index + 1 < len(numerals) else len(sentence.words)
        if one := _count(sentence, numeral, counted[-1] if counted else None, following):
            if counted and _is_whole_of(sentence, numeral, counted[-1]):
                counted[-1] = replace(counted[-1], rule="count_part", is_part=True)
            counted.append(one)
    return [*(_found(one) for one in counted), *_sums(sentence, counted)]


def _count(sentence: Sentence, numeral: Numeral, previous: _Counted | None, following: int) -> _Counted | None:
    noun = _noun(sentence, numeral, following)
    group = group_at(sentence, noun) if noun is not None else _group_before(sentence, numeral)
    end = noun if noun is not None else numeral.last
    is_part = _is_part(sentence, numeral, previous, end)
    is_arabic = bool(_ARABIC.match(sentence.word(end)))  # whose verbs stand before what they speak of
    aspect, rule = _active_verb(sentence, numeral) or _of_itself(sentence, numeral, noun, end), "count_with_verb"
    if aspect is None and (aspect := _verb_before(sentence, numeral)) is None and not is_arabic:
        aspect = _verb_after(sentence, end, following, near=True, is_bare=noun is None)
    if aspect is None and previous is not None and (noun is not None or not numeral.is_vague):
        aspect, rule = _of_list(sentence, numeral, previous), "count_of_list"
    if aspect is None and noun is not None and not is_arabic:
        aspect, rule = _verb_after(sentence, end, len(sentence.words), near=False), "count_with_verb"
    if numeral.value > _MOST or (noun is None and numeral.is_vague and numeral.value < _A_DOZEN):
        return None
    if aspect is None or (noun is None and _is_other_noun(sentence, end)):
        return None
    return _Counted(numeral, end, group, aspect, "count_part" if is_part else rule, is_part)


def _noun(sentence: Sentence, numeral: Numeral, following: int) -> int | None:
    """The word for people behind a number, or the number itself where it is one (طفلان)."""
    if numeral.first == numeral.last and is_people(sentence, numeral.first):
        return numeral.first
    best = None
    for place in range(numeral.last + 1, min(numeral.last + 6, max(following, numeral.last + 1), len(sentence.words))):
        if is_people(sentence, place):
            best = place
            if group_at(sentence, place) is not Group.PEOPLE or not is_people(sentence, place + 1):
                return best
        elif best is not None or _ADJECTIVES.isdisjoint(sentence.forms(place)) or _breaks(sentence, place):
            return best
    return best


def _group_before(sentence: Sentence, numeral: Numeral) -> Group:
    """Of whom a bare number is: “ambushed a group of gunmen, killing 15”."""
    for place in range(numeral.start - 1, max(-1, numeral.start - 20), -1):
        if is_people(sentence, place) and _casualty(sentence, place) is None:
            is_object = not _OBJECT.isdisjoint({sentence.word(place - step) for step in range(1, 5)})
            return Group.FIGHTERS if is_object and group_at(sentence, place) is Group.FIGHTERS else Group.PEOPLE
    return Group.PEOPLE


def _breaks(sentence: Sentence, place: int) -> bool:
    return any(mark in sentence.between(place - 1, place) for mark in ",;:.،؛()")


def _active_verb(sentence: Sentence, numeral: Numeral) -> Aspect | None:
    """“Killing 4 civilians”: right before the number."""
    place = numeral.start - 1
    return _casualty(sentence, place) if sentence.word(place) in _ACTIVE and not _is_either(sentence, place) else None


def _of_itself(sentence: Sentence, numeral: Numeral, noun: int | None, end: int) -> Aspect | None:
    """“23 deaths”, “40 dead”, “12 wounded”, 23 قتيلا."""
    following = end + 1 + (sentence.word(end + 1) in ("others", "other", "more"))
    is_next = not sentence.word(following).startswith("و") and sentence.word(following) not in _DONE
    for place in (noun, following if is_next else None):
        if place is not None and (aspect := _casualty(sentence, place)) is not None:
            return None if _is_either(sentence, place) else aspect
    return None


def _casualty(sentence: Sentence, place: int) -> Aspect | None:
    forms = sentence.forms(place)
    if not KILLED.isdisjoint(forms):
        return Aspect.KILLED
    return Aspect.INJURED if not INJURED.isdisjoint(forms) else None


def _is_either(sentence: Sentence, place: int) -> bool:
    """“Killed or wounded”: which, nobody says."""
    for step in (1, -1):
        if not _OR.isdisjoint(sentence.forms(place + step)) and _casualty(sentence, place + 2 * step) is not None:
            return True
    return False


def _verb_before(sentence: Sentence, numeral: Numeral) -> Aspect | None:
    """“Killing at least”, “the death toll rose to”, “claimed the lives of”, مقتل."""
    for place in range(numeral.start - 1, max(-1, numeral.start - _LEFT), -1):
        if (aspect := _casualty(sentence, place)) is not None:
            return None if _is_either(sentence, place) else aspect
        if MODIFIERS.isdisjoint(sentence.forms(place)) or _breaks(sentence, place + 1):
            return None
    return None


def _verb_after(sentence: Sentence, end: int, stop: int, *, near: bool, is_bare: bool = False) -> Aspect | None:
    """“… were killed”. Near: before the next number. Else a list of parts may stand between."""
    is_among_parts = False
    for place in range(end + 1, min(stop, end + 1 + (5 if near else 2 * _RIGHT), len(sentence.words))):
        forms = sentence.forms(place)
        is_among_parts |= not _INCLUDING.isdisjoint(forms)
        if (aspect := _casualty(sentence, place)) is not None:
            return None if _is_either(sentence, place) or _kills_others(sentence, place) else aspect
        if not near and not is_among_parts and place > end + _RIGHT:
            return None
        if near and _PASSED.isdisjoint(forms) and not is_people(sentence, place):
            return None
        if is_bare and _STATES.isdisjoint(forms):
            return None
    return None


def _kills_others(sentence: Sentence, place: int) -> bool:
    """“Killed 12”: an active verb, whose own count follows."""
    word = sentence.word(place)
    if word in ("killing", "wounding", "injuring", "kill", "kills"):
        return True
    is_passive = any(sentence.word(place - step) in _PASSIVE for step in (1, 2))
    follows = sentence.words[place + 1].value is not None if place + 1 < len(sentence.words) else False
    return follows and not is_passive


def _of_list(sentence: Sentence, numeral: Numeral, previous: _Counted) -> Aspect | None:
    """A number that goes on with a list whose first one is known: “…, including 5 children and 3 women”."""
    between = range(previous.noun + 1, numeral.start)
    if len(between) > 12:
        return None
    if any(_casualty(sentence, place) not in (None, previous.aspect) for place in between):
        return None
    if _has(sentence, _INCLUDING, max(previous.noun + 1, numeral.start - 3), numeral.start):
        return previous.aspect
    said = [place for place in between if _LIST.isdisjoint(sentence.forms(place))]
    if not said:
        return previous.aspect
    return None


def _is_part(sentence: Sentence, numeral: Numeral, previous: _Counted | None, end: int) -> bool:
    after = {sentence.word(place) for place in range(numeral.last + 1, end + 3)}
    if "of" in after and after & {"them", "whom", "those"} and previous is not None:
        return True
    if _is_whole_of(sentence, numeral, previous):
        return False
    begin = max(0, numeral.start - 4, 0 if previous is None else previous.noun + 1)
    return _has(sentence, _INCLUDING, begin, numeral.start) or _goes_on_with_parts(sentence, numeral, previous)


def _goes_on_with_parts(sentence: Sentence, numeral: Numeral, previous: _Counted | None) -> bool:
    if previous is None:
        return False
    between = range(previous.noun + 1, numeral.start)
    if any(_casualty(sentence, place) is not None for place in between):
        return False
    is_led_in = len(between) <= 8 and _has(sentence, _INCLUDING, previous.noun + 1, numeral.start)
    return is_led_in or (previous.is_part and len(between) <= 2)


def _has(sentence: Sentence, names: frozenset[str], first: int, end: int) -> bool:
    return any(not names.isdisjoint(sentence.forms(place)) for place in range(first, end))


def _is_whole_of(sentence: Sentence, numeral: Numeral, previous: _Counted | None) -> bool:
    """“11 children were among the 26 killed”: the 26."""
    return previous is not None and "among" in {sentence.word(numeral.start - step) for step in (1, 2)}


def _is_other_noun(sentence: Sentence, end: int) -> bool:
    """Whether a number without people counts something else: “wounded in 12 strikes”, “killed 3 km away”."""
    word = sentence.word(end + 1)
    if not word or _breaks(sentence, end + 1):
        return False
    return _casualty(sentence, end + 1) is None and word not in _AFTER_A_BARE_NUMBER


_AFTER_A_BARE_NUMBER = words(
    "and in on at when after as by including overnight others other more near during including from of so amid "
    "near for "
    "were was have had since across monitor this according said yesterday today dead outside while inside among "
    "the us",
    "في على إثر جراء بينهم وإصابة وجرح وأصيب بقصف",
)


def _found(one: _Counted) -> Found:
    numeral = one.numeral
    rule = "count_vague" if numeral.is_vague and not one.is_part else one.rule
    value = Count(numeral.low, numeral.high, one.group)
    return Found(one.aspect, numeral.start, one.noun, value, rule, not (numeral.is_vague or numeral.is_about))


def _sums(sentence: Sentence, counted: Sequence[_Counted]) -> list[Found]:
    """People told one by one, where nothing gives their total: “a woman and her two children”."""
    whole = [one for one in counted if not one.numeral.is_vague]
    for aspect in (Aspect.KILLED, Aspect.INJURED):
        of_it = [one for one in whole if one.aspect is aspect]
        listed = [
            one
            for index, one in enumerate(of_it)
            if one.rule == "count_of_list" or (index + 1 < len(of_it) and of_it[index + 1].rule == "count_of_list")
        ]
        is_plain = all(one.numeral.low == one.numeral.high and not one.is_part for one in listed)
        if len(listed) > 1 and is_plain and len(listed) == len(of_it):
            total = sum(one.numeral.value for one in listed)
            first, last = listed[0].numeral.start, listed[-1].noun
            groups = {one.group for one in listed}
            group = Group.FIGHTERS if groups == {Group.FIGHTERS} else Group.PEOPLE
            return [Found(aspect, first, last, Count(total, total, group), "count_sum")]
    return []
