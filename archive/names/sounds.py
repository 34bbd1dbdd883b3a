"""Which of many keys are most like one: for spellings that no table has. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Indel

from archive.names.closeness import as_in_arabic, closeness
from archive.names.keys import LIKENESS_CEILING, skeleton_of_sound, sound_of_key

TELLING_BONES = 4  # consonants from which on a name is told from others by its sound
_COMPARED = 200  # of the keys that sound most alike, letter by letter


class Alike(NamedTuple):
    """A key, its likeness from 0 to 1, and how close its letters are, by which keys are put in order."""

    key: str
    score: float
    closeness: float


class Sounds:
    """Keys (`archive.names.name_key`) with their sounds, ready to be compared."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = list(keys)
        self._sounds = [sound_of_key(as_in_arabic(key)) for key in self.keys]
        self._bones = [skeleton_of_sound(sound) for sound in self._sounds]

    def nearest(self, key: str, most: int) -> list[Alike]:
        """The keys most like one, nearest first. A name of two or three consonants sounds like many: it scores less."""
        if not key or not self.keys:
            return []
        sound = sound_of_key(as_in_arabic(key))
        bones = skeleton_of_sound(sound)
        sounds = process.cdist([sound], self._sounds, scorer=Indel.normalized_similarity)[0]
        skeletons = process.cdist([bones], self._bones, scorer=DamerauLevenshtein.normalized_similarity)[0]
        telling = min(1.0, (TELLING_BONES + len(bones)) / (2 * TELLING_BONES))
        scores = LIKENESS_CEILING * telling * (sounds + skeletons) / 2
        nearest = np.argsort(-scores, kind="stable")[: max(most, _COMPARED)]
        close = closeness(key, [self.keys[at] for at in nearest])
        found = [Alike(self.keys[at], float(scores[at]), float(by)) for at, by in zip(nearest, close, strict=True)]
        return sorted(found, key=lambda one: (-one.closeness, -one.score))[:most]
