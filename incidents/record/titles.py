"""The title of an incident from its facts, in English and Arabic: what, on what, where, when. No adjectives.

“Air strikes on Kiwan and Amal hospitals, Kansafra, 25 November 2019”; what is not known is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive import dates
from archive.terms import PartOfDay
from incidents.assessment import Facts, Places
from incidents.record.title_words import WORDS, Words
from incidents.terms import DEEDS, LISTED, Aspect, Precision, Scope


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages; a missing one falls back to the other. `level` of a place: `governorate`, …"""

    name_en: str = ""
    name_ar: str = ""
    level: str = ""

    def name(self, language: str) -> str:
        first, second = (self.name_ar, self.name_en) if language == "ar" else (self.name_en, self.name_ar)
        return first or second


@dataclass(frozen=True, slots=True)
class CountedLabel:
    """A common noun, one and several: “air strike”, “air strikes”."""

    one: Label
    many: Label


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of what the facts refer to. A value without a label is left out of the title."""

    places: Mapping[str, Label] = field(default_factory=dict)
    facilities: Mapping[int | str, Label] = field(default_factory=dict)
    facility_types: Mapping[str, CountedLabel] = field(default_factory=dict)
    weapons: Mapping[str, CountedLabel] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Title:
    en: str
    ar: str


def make_title(facts: Facts, labels: Labels, *, scope: str = Scope.ATTACK) -> Title:
    """The title in both languages; `scope` is that of the incident."""
    return Title(*(_in_language(facts, labels, scope, language) for language in ("en", "ar")))


def _in_language(facts: Facts, labels: Labels, scope: str, language: str) -> str:
    words = WORDS[language]
    targets = _targets(facts, labels, scope, words)
    is_many = scope != Scope.ATTACK or len(facts.facilities.asserted) > 1 or len(facts.places.items) > 1
    what, on = _what(facts, labels, words, is_many=is_many), words.on
    if deed := _deed(facts):
        what, on = words.deeds[deed]
    head = on.format(what, targets) if targets else what
    parts = [head, _where(facts.places, labels, words), _when(facts, language)]
    title = words.comma.join(part for part in parts if part)
    title = title[:1].upper() + title[1:]
    return words.totals.format(title) if scope == Scope.TALLY else title


def _what(facts: Facts, labels: Labels, words: Words, *, is_many: bool) -> str:
    """One or two weapons that nobody disputes, else “attack”."""
    weapons = [labels.weapons.get(str(item.value)) for item in facts.weapons.asserted if not item.is_disputed]
    names = [_noun(weapon, words.language, is_many=is_many) for weapon in weapons if weapon]
    if len(names) not in {1, 2} or not all(names):
        return words.attacks if is_many else words.attack
    return words.join(names)


def _deed(facts: Facts) -> str:
    """The one thing that was done, where no weapon was used and nobody was killed or injured; else empty."""
    done = [aspect for aspect in DEEDS if any(fact.claims and not fact.against for fact in facts.counts[aspect].items)]
    others = facts.weapons.asserted or any(facts.counts[aspect].items for aspect in (*LISTED, Aspect.STRIKES))
    return str(done[0]) if len(done) == 1 and not others and not facts.damage else ""


def _noun(label: CountedLabel, language: str, *, is_many: bool) -> str:
    return (label.many if is_many else label.one).name(language)


def _targets(facts: Facts, labels: Labels, scope: str, words: Words) -> str:
    """The facilities by name, then the kinds of those that are not named."""
    named = [item.value for item in facts.facilities.asserted if item.value in labels.facilities]
    names = [name for value in named if (name := labels.facilities[value].name(words.language))]
    kinds = [
        label
        for item in facts.facility_types.asserted
        if (label := labels.facility_types.get(str(item.value))) and not (names and item.is_derived)
    ]
    if not names:
        return words.shorten(_kinds(kinds, words, is_many=scope != Scope.ATTACK), words.other_kinds)
    if not kinds and len(names) <= 3 and (together := words.share_noun(names, _derived(facts, labels))):
        return together
    return words.shorten(names + _kinds(kinds, words, is_many=scope != Scope.ATTACK), words.other_facilities)


def _kinds(kinds: Sequence[CountedLabel], words: Words, *, is_many: bool) -> list[str]:
    nouns = [_noun(kind, words.language, is_many=is_many) for kind in kinds]
    return [noun if is_many else words.indefinite(noun) for noun in nouns if noun]


def _derived(facts: Facts, labels: Labels) -> list[tuple[str, str]]:
    """Singular and plural, in English, of the kinds of the named facilities."""
    items = [item for item in facts.facility_types.asserted if item.is_derived]
    found = [labels.facility_types[str(item.value)] for item in items if item.value in labels.facility_types]
    return [(label.one.name_en, label.many.name_en) for label in found if label.one.name_en and label.many.name_en]


def _where(places: Places, labels: Labels, words: Words) -> str:
    """Up to two places by name; of more, the smallest unit that holds them all, if it has a name."""
    named = [
        (words.near.format(name) if item.precision == Precision.NEAR else name)
        for item in places.items
        if (name := place_name(item.pcode, labels, words))
    ]
    common = place_name(places.pcode, labels, words)
    if len(named) > 2 and common:
        return common
    return words.shorten(named, words.other_places, limit=2)


def place_name(pcode: str, labels: Labels, words: Words) -> str:
    label = labels.places.get(pcode)
    name = label.name(words.language) if label else ""
    pattern = words.levels.get(label.level, "{}") if label else "{}"
    unit = pattern.format("").strip()
    return name if not name or unit.lower() in name.lower() else pattern.format(name)


def _when(facts: Facts, language: str) -> str:
    if facts.occurred.date is None:
        return ""
    part_of_day = PartOfDay.NIGHT if facts.occurred.part_of_day == PartOfDay.NIGHT else ""
    return dates.describe(facts.occurred.date, language, part_of_day)
