"""What was struck: facilities on record, others by name, and kinds without a name."""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from archive.text.folding import fold
from incidents.sense.tokens import tokens
from incidents.terms import Aspect

from .attack_words import ATTACK_NOUNS, ATTACK_VERBS, words
from .found import Found
from .known_phrases import phrases_of
from .lexicon import Hit, Lexicon
from .values import KnownFacility, Struck, Vocabularies
from .wording import Sentence

_STRUCK_BEFORE = words(
    "on hit hits hitting struck strike strikes targeted targeting target bombed bombing bombs shelled shelling "
    "destroyed "
    "destroying damaged damaging inside outside near into against at attacked attacking pummelled pounded landed "
    "fell in "
    "including",
    "استهدف استهدفت استهدفوا قصف قصفت على طال طالت دمر دمرت أصاب أصابت داخل قرب محيط استهداف خرج خرجت أخرج أخرجت "
    "باستهداف "
    "في",
)
_STRUCK_AFTER = words(
    "hit struck bombed targeted destroyed shelled damaged attacked inoperable bombing destroyed attack levelled",
    "للقصف لقصف استهدف قصف دمر",
)
_NOT_STRUCK_BEFORE = words(
    "taken rushed transferred admitted treated evacuated fled from told visited hospitalised brought died leaving "
    "to sent "
    "reached arrived leave left return returned returning remain stay for",
    "إلى نقل نقلوا نقلت أسعف اسعفوا من",
)
_NOT_STRUCK_AFTER = words(
    "source sources director directors staff worker workers official officials doctor doctors bed beds records "
    "said told "
    "spokesman manager employee employees courtyard patients treatment administration",
    "مدير إدارة مصدر كوادر",
)
_WEAK = frozenset(
    {"road", "bridge", "vehicle", "farm", "shop", "ambulance", "prison", "police-station", "home", "church"}
)
_NO_KIND = words("training home army military detention refugee's border power prisoner")
_REACH = 7
_NAME_WORDS = words("and for of s al el ar as an at the abu ibn")
_NOT_IN_A_NAME = words(
    "the a an on in at and or of two three four five six several main last nearby neighbouring neighboring both "
    "this that "
    "syrian russian field local only another underground children's makeshift one all such their its public"
)
_PLAIN_NAMES = words("national central general university public military city maternity children s")
_ARABIC_STOPS = words(
    "خلال عند ليس هو هي لم لا حيث بسبب نتيجة مشفى مستشفى مدرسة سوق في من على إلى و عن مع قرب بعد قبل جنوب شمال "
    "شرق غرب ريف مدينة بلدة قرية ما التي الذي كان كانت تم خرج خرجت "
    "وسط داخل بقصف "
    "أمس اليوم صباح مساء بغارات وأصيب وقتل دون بين أيضا بغارة جراء إثر عن خارج"
)
_GENERIC_ARABIC = words("الميداني الجراحي التخصصي المركزي الخاص الحكومي المدني الطبي الوحيد الطبية التعليمي الابتدائية")


class _Known(NamedTuple):
    facility: KnownFacility
    words: int


class FacilityFinder:
    def __init__(self, vocabularies: Vocabularies) -> None:
        self._types = Lexicon(phrases_of("facility_types", vocabularies.facility_types))
        self._by_name: dict[tuple[str, ...], list[KnownFacility]] = {}
        for facility in vocabularies.facilities:
            for name in facility.names:
                self._by_name.setdefault(_key(name), []).append(facility)
        self._by_word: dict[str, set[tuple[str, ...]]] = {}
        for key in self._by_name:
            for word in key:
                self._by_word.setdefault(word, set()).add(key)

    def find(self, sentence: Sentence, places: Collection[str]) -> Iterator[Found]:
        """What a sentence of attack says was struck. ``places`` are the P-codes that the report names, and above."""
        taken = -1
        for hit in self._types.find(sentence):
            if hit.first <= taken or not _is_kind(sentence, hit) or not _is_struck(sentence, hit):
                continue
            for found in self._read(sentence, hit, places):
                taken = max(taken, found.last)
                yield found

    def _read(self, sentence: Sentence, hit: Hit[str], places: Collection[str]) -> Iterator[Found]:
        if _is_arabic(sentence, hit.first):
            last = _arabic_name(sentence, hit)
            named = [(hit.first, last, sentence.exact(hit.first, last))] if last > hit.last else []
        else:
            named = list(_english_names(sentence, hit, lambda name: _key(name) in self._by_name))
        for first, last, name in named:
            yield self._named(first, last, name, hit.meaning, places)
        if not named:
            yield Found(Aspect.FACILITY_TYPE, hit.first, hit.last, hit.meaning, "facility_kind")

    def _named(self, first: int, last: int, name: str, kind: str, places: Collection[str]) -> Found:
        known = self._by_name.get(_key(name), [])
        here = [facility for facility in known if facility.pcode in places] or self._shortened(name, kind, places)
        if here or len(known) == 1:
            facility = (here or known)[0]
            value = Struck(facility.names[0], facility.facility_type, facility.id)
            return Found(Aspect.FACILITY, first, last, value, "facility_on_record", len(here) == 1)
        return Found(Aspect.FACILITY, first, last, Struck(name, kind), "facility_named", False)

    def _shortened(self, name: str, kind: str, places: Collection[str]) -> list[KnownFacility]:
        """The only facility of its kind in these places whose name has all the words: “national hospital”."""
        said = set(_key(name))
        if len(said) < 2:
            return []
        here = {
            facility.id: facility
            for key in set.intersection(*(self._by_word.get(word, set()) for word in said))
            for facility in self._by_name[key]
            if facility.pcode in places and facility.facility_type == kind
        }
        return list(here.values()) if len(here) == 1 else []


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(token.text for token in tokens(fold(name).text) if token.text not in ("al", "the", "s")))


def _is_arabic(sentence: Sentence, place: int) -> bool:
    return "\u0600" <= sentence.word(place)[:1] <= "\u06ff"


def _is_kind(sentence: Sentence, hit: Hit[str]) -> bool:
    """Not “home to”, “training camp”, “told hospital officials”."""
    before, after = sentence.word(hit.first - 1), sentence.word(hit.last + 1)
    behind = hit.last + 1 + (after == "s")
    if before in _NO_KIND or not _NOT_STRUCK_AFTER.isdisjoint(sentence.forms(behind)):
        return False
    return not (hit.meaning == "home" and (after in ("to", "of") or before in ("their", "at")))


def _is_struck(sentence: Sentence, hit: Hit[str]) -> bool:
    """Whether words before or behind say that it was struck, and none that people were brought there."""
    reach = 3 if hit.meaning in _WEAK else _REACH
    is_arabic = _is_arabic(sentence, hit.first)
    for place in range(hit.first - 1, max(-1, hit.first - 1 - reach), -1):
        forms = sentence.forms(place)
        if not _NOT_STRUCK_BEFORE.isdisjoint(forms):
            return False
        if not _STRUCK_BEFORE.isdisjoint(forms) or (is_arabic and not ATTACK_NOUNS.isdisjoint(forms)):
            return True
    behind = range(hit.last + 1, min(hit.last + 9, len(sentence.words)))
    return any(not _STRUCK_AFTER.isdisjoint(sentence.forms(place)) for place in behind)


def _english_names(
    sentence: Sentence, hit: Hit[str], is_known: Callable[[str], bool]
) -> Iterator[tuple[int, int, str]]:
    """Names before the word for the kind: “Kiwan Hospital”, “both the national and Ibn Sina hospitals”."""
    is_plural = sentence.word(hit.last).endswith("s")
    first = _name_start(sentence, hit.first, is_one=not is_plural)
    if first == hit.first and is_known(sentence.exact(0, hit.last)):
        first = 0
    if first < hit.first:
        kind = sentence.exact(hit.first, hit.last).removesuffix("s")
        yield first, hit.last, f"{sentence.exact(first, hit.first - 1)} {kind}"
        if is_plural and sentence.word(first - 1) == "and":
            start = _name_start(sentence, first - 1, is_one=False)
            if start < first - 1:
                yield start, hit.last, f"{sentence.exact(start, first - 2)} {kind}"
    elif sentence.word(hit.first - 1) == "national":
        yield hit.first - 1, hit.last, sentence.exact(hit.first - 1, hit.last)


def _name_start(sentence: Sentence, end: int, *, is_one: bool) -> int:
    """The first word of a name that ends before a word; the word itself if there is none. ``is_one``: “and” may be in
    it, as in “Maternity and Children’s”."""
    start, place = end, end - 1
    while place >= 0 and end - place <= 7 and not _is_apart(sentence, place):
        word = sentence.word(place)
        is_said = sentence.is_capital(place) and word not in _NOT_IN_A_NAME
        if is_said or (start == end and word in _PLAIN_NAMES and sentence.word(place - 1) in ("the", "both")):
            start = place
        elif word not in _NAME_WORDS or (word == "and" and not is_one):
            break
        place -= 1
    capitals = sum(sentence.is_capital(at) for at in range(start, end))
    is_of_a_place = capitals == 1 and sentence.word(end - 1) == "s" and end - start == 2
    if (start == 0 and capitals < 2) or is_of_a_place:
        return end
    if start and sentence.word(start - 1) in ("al", "el") and "-" in sentence.between(start - 1, start):
        start -= 1
    return start


def _is_apart(sentence: Sentence, place: int) -> bool:
    return any(mark in sentence.between(place, place + 1) for mark in ',;:.()"\n،؛؟')


def _arabic_name(sentence: Sentence, hit: Hit[str]) -> int:
    """The last word of a name behind the word for the kind, at most three; the kind's own if there is none."""
    last = hit.last
    for place in range(hit.last + 1, min(hit.last + 4, len(sentence.words))):
        forms = sentence.forms(place)
        if _is_apart(sentence, place - 1) or not _ARABIC_STOPS.isdisjoint(forms) or sentence.words[place].is_joined:
            break
        if not (ATTACK_NOUNS | ATTACK_VERBS).isdisjoint(forms) or forms[0].startswith(("ب", "ف")):
            break
        if place == hit.last + 1 and not _GENERIC_ARABIC.isdisjoint(forms):
            break
        last = place
    return last
