"""Weapons that a sentence of attack names."""

from collections.abc import Iterator

from incidents.terms import Aspect

from .found import Found
from .known_phrases import phrases_of
from .lexicon import Lexicon
from .values import Vocabularies
from .wording import Sentence


class WeaponFinder:
    def __init__(self, vocabularies: Vocabularies) -> None:
        self._known = Lexicon(phrases_of("weapons", vocabularies.weapons))

    def find(self, sentence: Sentence) -> Iterator[Found]:
        for hit in self._known.find(sentence):
            yield Found(Aspect.WEAPON, hit.first, hit.last, hit.meaning, "weapon_named")
