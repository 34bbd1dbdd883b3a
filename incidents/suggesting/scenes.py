"""One sentence with all that is found in it, before it is known which attack it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.mentions.sites import Part, Site
from incidents.terms import COUNTED, Aspect

from .attack_words import ATTACK_NOUNS, ATTACK_VERBS, CERTAINLY_ATTACK, INJURED, KILLED, OF_A_PERIOD, SAID, words
from .days import DaySaid
from .found import Found
from .lexicon import Lexicon
from .voices import Voice
from .wording import Sentence

LONG_AGO = 21  # days before publication: an attack of another story
_PERIODS = Lexicon((phrase, phrase) for phrase in OF_A_PERIOD)
_VICTIMS = KILLED | INJURED
_BEFORE = 14  # words between “reported” and the date of the report
_REPORTING = words("reported reports reporting recorded counted announced announces أعلن أعلنت أحصى أحصت وثق وثقت")
_SHORT = words("monday tuesday wednesday thursday friday saturday sunday dawn yesterday morning midnight")


@dataclass
class Scene:
    """A sentence; ``days`` are of attacks, ``statements`` of what was said; ``sites`` are all its places."""

    sentence: Sentence
    days: list[DaySaid] = field(default_factory=list)
    statements: list[DaySaid] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    denials: list[Found] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    is_attack: bool = False
    is_of_period: bool = False

    @property
    def attack_sites(self) -> list[Site]:
        return [site for site in self.sites if site.part in (Part.ATTACK, Part.EARLIER) and site.pcode]

    def has(self, *aspects: Aspect) -> bool:
        return any(found.aspect in aspects for found in self.found)

    @property
    def counts(self) -> list[Found]:
        return [found for found in self.found if found.aspect in COUNTED]

    def is_past(self, published: date | None) -> bool:
        """Whether it tells of a time long before the report's own."""
        if published is None or not self.days:
            sites = self.attack_sites
            return bool(sites) and not self.days and all(site.part is Part.EARLIER for site in sites)
        return (published - max(day.upper for day in self.days)).days > LONG_AGO


def tells_of_attack(sentence: Sentence) -> bool:
    """Whether it has a word that is of attacks alone, or two that often are."""
    forms = [sentence.forms(place) for place in range(len(sentence.words))]
    if any(not CERTAINLY_ATTACK.isdisjoint(each) for each in forms):
        return True
    return sum(not (ATTACK_NOUNS | ATTACK_VERBS).isdisjoint(each) for each in forms) > 1


def tells_of_victims(sentence: Sentence) -> bool:
    return any(not _VICTIMS.isdisjoint(forms) for forms in sentence.all_forms)


def is_of_period(sentence: Sentence) -> bool:
    """Whether its numbers are totals of a time or of many places: “since the war began”."""
    for hit in _PERIODS.find(sentence):
        following = {sentence.word(hit.last + step) for step in (1, 2, 3)}
        if not (hit.meaning in ("since", "منذ") and following & _SHORT):
            return True
    return False


def divide_days(sentence: Sentence, days: Sequence[DaySaid]) -> tuple[list[DaySaid], list[DaySaid]]:
    """Dates of attacks, and dates of statements: “said on Wednesday”, “On Tuesday the ministry issued a statement”."""
    of_attacks: list[DaySaid] = []
    of_statements: list[DaySaid] = []
    for day in days:
        (of_statements if _dates_statement(sentence, day) else of_attacks).append(day)
    return of_attacks, of_statements


def _dates_statement(sentence: Sentence, day: DaySaid) -> bool:
    passed_a_noun = False
    for place in range(day.first - 1, max(-1, day.first - _BEFORE), -1):
        forms = sentence.forms(place)
        if not SAID.isdisjoint(forms):
            return not passed_a_noun or not _REPORTING.isdisjoint(forms)
        if "that" in forms or not (ATTACK_VERBS - ATTACK_NOUNS).isdisjoint(forms):
            return False
        passed_a_noun |= _is_of_attack(forms) or day.first - place > 5
    if day.first > 2:
        return False
    for place in range(day.last + 1, min(day.last + 9, len(sentence.words))):
        forms = sentence.forms(place)
        if not SAID.isdisjoint(forms):
            return True
        if _is_of_attack(forms):
            return False
    return False


def _is_of_attack(forms: Sequence[str]) -> bool:
    return not (ATTACK_NOUNS | ATTACK_VERBS | KILLED | INJURED).isdisjoint(forms)
