"""Which of many keys are most like one: for spellings that no table has. Pure."""

from collections.abc import Sequence
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


class _Sound(NamedTuple):
    sounds: list[str]
    bones: list[str]

    def shared_with(self, sound: str) -> Floats:
        """How much of a sound and its consonants each of these shares."""
        found: Floats = (_same(sound, self.sounds) + _same(skeleton_of_sound(sound), self.bones)) / np.float32(2)
        return found


def _same(one: str, others: Sequence[str]) -> Floats:
    found: Floats = process.cdist([one], others, scorer=Indel.normalized_similarity, dtype=np.float32)[0]
    return found


def _core(key: str) -> str:
    return sound_of_key(parts(key).name)


class Sounds:
    """Keys (`archive.names.name_key`) with their sounds, ready to be compared."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = list(keys)
        self._wholes = _sound([sound_of_key(as_in_arabic(key)) for key in self.keys])

    @cached_property
    def _cores(self) -> _Sound:
        return _sound([_core(key) for key in self.keys])

    def nearest(self, key: str, most: int) -> list[Alike]:
        """The keys most like one, nearest first. A name of two or three consonants sounds like many: it scores less."""
        if not key or not self.keys:
            return []
        sound = sound_of_key(as_in_arabic(key))
        scores = _likeness(sound, self._wholes, _same(sound, self._wholes.sounds))
        nearest = np.argsort(-scores, kind="stable")[: max(most, _COMPARED)]
        close = closeness(key, [self.keys[at] for at in nearest])
        found = [Alike(self.keys[at], float(scores[at]), float(by)) for at, by in zip(nearest, close, strict=True)]
        return sorted(found, key=lambda one: (-one.closeness, -one.score))[:most]

    def evidence(self, key: str, in_arabic: str = "") -> list[Evidence]:
        """What speaks for each of the keys that sound most alike, in no order; `archive.names.romanised` gives the same
        name in Arabic, if its marks tell."""
        if not key or not self.keys:
            return []
        sound = sound_of_key(as_in_arabic(key))
        whole, core = self._wholes.shared_with(sound), self._cores.shared_with(_core(key))
        chosen = list(dict.fromkeys([*_highest(whole, _WHOLE), *_highest(core, _CORE)]))
        keys = [self.keys[at] for at in chosen]
        near = _Sound([self._wholes.sounds[at] for at in chosen], [self._wholes.bones[at] for at in chosen])
        measures = (
            _likeness(sound, near, _same(sound, near.sounds)),
            core[chosen],
            np.maximum(closeness(key, keys), closeness(in_arabic, keys)) if in_arabic else closeness(key, keys),
            log_odds(key, keys),
        )
        return [Evidence(name, *map(float, each)) for name, *each in zip(keys, *measures, strict=True)]


def _sound(sounds: list[str]) -> _Sound:
    return _Sound(sounds, [skeleton_of_sound(sound) for sound in sounds])


def _highest(values: Floats, most: int) -> list[int]:
    """Where the highest values stand, in the order of the keys."""
    if len(values) <= most:
        return list(range(len(values)))
    found: list[int] = np.argpartition(-values, most)[:most].tolist()
    return sorted(found)


def _likeness(sound: str, others: _Sound, shared: Floats) -> Floats:
    bones = skeleton_of_sound(sound)
    skeletons = process.cdist([bones], others.bones, scorer=DamerauLevenshtein.normalized_similarity)[0]
    telling = min(1.0, (TELLING_BONES + len(bones)) / (2 * TELLING_BONES))
    found: Floats = LIKENESS_CEILING * telling * (shared + skeletons) / 2
    return found
