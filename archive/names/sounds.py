"""Which of many keys are most like one: for spellings that no table has. Pure."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Indel

from archive.names.closeness import as_in_arabic, closeness
from archive.names.keys import LIKENESS_CEILING, skeleton_of_sound, sound_of_key
from archive.names.letter_odds import log_odds
from archive.names.name_parts import parts

TELLING_BONES = 4  # consonants from which on a name is told from others by its sound
_COMPARED = 200  # of the keys that sound most alike, letter by letter
# Keys of which all evidence is weighed: those that sound most alike, and those that do without the kind of spot that a
# name begins with (`Tell`, `Khirbat`) and the word for which of two namesakes it is.
_WHOLE, _CORE = 120, 60

Floats = NDArray[np.float32]


class Alike(NamedTuple):
    """A key, its likeness from 0 to 1, and how close its letters are, by which keys are put in order."""

    key: str
    score: float
    closeness: float


class Evidence(NamedTuple):
    """What speaks for a key: its likeness, the share of the sounds of its core that are the same, the closeness of its
    letters, and the logarithm of the chance that what was typed is written for it."""

    key: str
    score: float
    core: float
    closeness: float
    log_odds: float


class _Strings:
    """Strings to be compared with one, the same ones once."""

    def __init__(self, strings: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        self._where = np.array([numbers.setdefault(each, len(numbers)) for each in strings], np.int64)
        self._distinct = list(numbers)

    def likeness_to(self, one: str, measure: Callable[..., float] = Indel.normalized_similarity) -> Floats:
        """How like each string is to one, 0 to 1, in their order."""
        found = process.cdist([one], self._distinct, scorer=measure, dtype=np.float32)[0]
        result: Floats = found[self._where]
        return result


class _Sound:
    """How keys sound, and the consonants of it."""

    def __init__(self, sounds: Sequence[str]) -> None:
        self.sounds = _Strings(sounds)
        self.bones = _Strings([skeleton_of_sound(sound) for sound in sounds])

    def shared_with(self, sound: str) -> Floats:
        """How much of a sound and its consonants each of these shares."""
        found: Floats = (
            self.sounds.likeness_to(sound) + self.bones.likeness_to(skeleton_of_sound(sound))
        ) / np.float32(2)
        return found

    def likeness_to(self, sound: str) -> Floats:
        """Half what they share of their sounds in order, half how few changes lead from one skeleton to the other."""
        bones = skeleton_of_sound(sound)
        telling = min(1.0, (TELLING_BONES + len(bones)) / (2 * TELLING_BONES))
        shared = self.sounds.likeness_to(sound) + self.bones.likeness_to(
            bones, DamerauLevenshtein.normalized_similarity
        )
        found: Floats = np.float32(LIKENESS_CEILING * telling / 2) * shared
        return found


def _sound(key: str) -> str:
    return sound_of_key(as_in_arabic(key))


def _core(key: str) -> str:
    return sound_of_key(parts(key).name)


class Sounds:
    """Keys (`archive.names.name_key`) with their sounds, ready to be compared."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = list(keys)
        self._wholes = _Sound([_sound(key) for key in self.keys])

    @cached_property
    def _cores(self) -> _Sound:
        return _Sound([_core(key) for key in self.keys])

    def nearest(self, key: str, most: int) -> list[Alike]:
        """The keys most like one, nearest first. A name of two or three consonants sounds like many: it scores less."""
        if not key or not self.keys:
            return []
        scores = self._wholes.likeness_to(_sound(key))
        nearest = np.argsort(-scores, kind="stable")[: max(most, _COMPARED)]
        close = closeness(key, [self.keys[at] for at in nearest])
        found = [Alike(self.keys[at], float(scores[at]), float(by)) for at, by in zip(nearest, close, strict=True)]
        return sorted(found, key=lambda one: (-one.closeness, -one.score))[:most]

    def evidence(self, key: str, in_arabic: str = "") -> list[Evidence]:
        """What speaks for each of the keys that sound most alike, in no order; `archive.names.romanised` gives the same
        name in Arabic, if its marks tell."""
        if not key or not self.keys:
            return []
        sound = _sound(key)
        whole, core = self._wholes.shared_with(sound), self._cores.shared_with(_core(key))
        chosen = list(dict.fromkeys([*_highest(whole, _WHOLE), *_highest(core, _CORE)]))
        keys = [self.keys[at] for at in chosen]
        measures = (
            _Sound([_sound(near) for near in keys]).likeness_to(sound),
            core[chosen],
            np.maximum(closeness(key, keys), closeness(in_arabic, keys)) if in_arabic else closeness(key, keys),
            log_odds(key, keys),
        )
        return [Evidence(name, *map(float, each)) for name, *each in zip(keys, *measures, strict=True)]


def _highest(values: Floats, most: int) -> list[int]:
    """Where the highest values stand, in the order of the keys."""
    if len(values) <= most:
        return list(range(len(values)))
    found: list[int] = np.argpartition(-values, most)[:most].tolist()
    return sorted(found)
