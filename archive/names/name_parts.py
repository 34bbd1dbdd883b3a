"""A key of a place's name in parts: what kind of spot it is of, the name itself, which of two namesakes is meant. Pure.

`Tell Rifaat al-Gharbi` and `Western Tal Refaat` are both a hill, `rifaat`, the western one. The parts are what one
source writes, another leaves out and a third translates, so each is compared as a whole and not letter by letter.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from archive.names.letters import script_of

# The first part of a name: how Latin transliterations begin, and Arabic.
_KINDS = {
    "TALL": ("t[aeu]ll?|tulul", "تل"),
    "KHIRBA": ("kh?(?:[aei]u?)?rb(?:e|a)?[ht]?|xirbet", "خربه|خربت"),
    "KAFR": ("ka?fe?a?r|kefr", "كفر"),
    "UMM": ("(?:ou|u|o)mm?", "ام"),
    "ABU": ("ab[uo]u?|bu|bou", "ابو"),
    "AYN": ("aa?[iy]n|ein|eyn", "عين"),
    "DAYR": ("d[ae][iy]r", "دير"),
    "BAYT": ("b[ae][iy]th?", "بيت"),
    "RASM": ("rasi?m", "رسم"),
    "QASR": ("qasi?r|kasr", "قصر"),
    "SHAYKH": ("(?:sh|ch)[ae][iy]kh|szajch", "شيخ"),
    "RAS": ("raa?s", "راس"),
    "BIR": ("b[ie]+r", "بير|بئر"),
    "WADI": ("[wo]u?adi", "وادي"),
    "QALA": ("qalaa?[ht]?|qalaet|kalaat", "قلعه|قلعت"),
    "JISR": ("jisi?r|jesr|djisr", "جسر"),
    "MAZRAA": ("ma?zra+[ht]?|mazraa?et", "مزرعه|مزرعت"),
}
# The last part, which English says first: English, Latin transliterations, Arabic.
_WHICH = {
    "UPPER": ("upper", "f[ao]u?w?qani|faouqani", "فوقاني|فوقانيه|فوقا"),
    "LOWER": ("lower", "tahtani|tahtaniyah|tahta", "تحتاني|تحتانيه|تحتا"),
    "BIG": ("big|great|greater", "ka?bira?h?|ke?bi?re?h?|kubra", "كبيره?|كبري"),
    "SMALL": ("little|small|lesser", "saghira?h?|sa?rhire?|seghire?|sughra", "صغيره?|صغري"),
    "EAST": ("eastern|east", "(?:sh|ch)arqi(?:yah?|yeh?)?", "شرقيه?"),
    "WEST": ("western|west", "(?:gh|rh)arbi(?:yah?|yeh?)?", "غربيه?"),
    "NORTH": ("northern|north", "(?:sh|ch)amali(?:yah?|yeh?)?", "شماليه?"),
    "SOUTH": ("southern|south", "(?:dj|j)ano?ubi(?:yah?|yeh?)?", "جنوبيه?"),
    "MIDDLE": ("middle", "wa?s[ta]+ani(?:yah?|yeh?)?", "وسطانيه?|وسطي"),
    "NEW": ("new", "jadida?h?", "جديده?"),
    "OLD": ("old", "qadima?h?", "قديمه?"),
}
_LEAST = 3  # letters of the name itself that must be left
_MOST_LAST = 2  # parts that are taken off the end
_KIND = {
    script: [(kind, re.compile(f"(?:{words[at]})(?=.{{{_LEAST}}})")) for kind, words in _KINDS.items()]
    for at, script in enumerate(("Latn", "Arab"))
}
_CASTLE = re.compile(f"(?<=.{{{_LEAST}}})castle$")  # which English says last
_FIRST = [(which, re.compile(f"(?:{words[0]})(?=.{{{_LEAST}}})")) for which, words in _WHICH.items()]
_LAST = {
    script: [(which, re.compile(f"(?<=.{{{_LEAST}}})(?:{words[at]})$")) for which, words in _WHICH.items()]
    for at, script in enumerate(("Latn", "Arab"), start=1)
}
_LATIN = re.compile("tch|sch|sh|ch|kh|gh|th|dh|zh|dj|ph|sz|cz|ou|oo|ee|ai|ay|ei|ey|au|aw|iy|ij|aa|.")
_DOUBLED = re.compile(r"(.)\1+")
_DOUBLED_CONSONANT = re.compile(r"([^aeiou])\1+")
FINAL = "$"  # marks the last letter of a name, which transliterations treat otherwise: -ah, -eh, -é, -a


class Parts(NamedTuple):
    """``kind`` is empty where the name says none; ``which`` is in alphabetical order."""

    kind: str
    name: str
    which: tuple[str, ...]


@lru_cache(maxsize=100_000)
def parts(key: str) -> Parts:
    """The parts of a key; a name always keeps three letters of its own."""
    script = "Arab" if script_of(key) == "Arab" else "Latn"
    which: set[str] = set()
    if script == "Latn":
        while found := _first_of(_FIRST, key):
            which.add(found[0])
            key = key[found[1].end() :]
    for _ in range(_MOST_LAST):
        for name, pattern in _LAST[script]:
            if match := pattern.search(key):
                which.add(name)
                key = key[: match.start()]
                break
    if script == "Latn" and (castle := _CASTLE.search(key)):
        return Parts("QALA", key[: castle.start()], tuple(sorted(which)))
    kind = _first_of(_KIND[script], key)
    return Parts(kind[0] if kind else "", key[kind[1].end() :] if kind else key, tuple(sorted(which)))


def _first_of(patterns: list[tuple[str, re.Pattern[str]]], key: str) -> tuple[str, re.Match[str]] | None:
    return next(((name, match) for name, pattern in patterns if (match := pattern.match(key))), None)


def letters(key: str) -> list[str]:
    """The letters that one sound is written with (`kh`, `ou`), doubled consonants as one, the last one marked."""
    if script_of(key) == "Arab":
        found = list(_DOUBLED.sub(r"\1", key))
    else:
        found = _LATIN.findall(_DOUBLED_CONSONANT.sub(r"\1", key))
    return [*found[:-1], found[-1] + FINAL] if found else []


def signs(key: str) -> list[str]:
    """A key as parts and letters: `TALL r i f aa t$ WEST`."""
    kind, name, which = parts(key)
    return [*filter(None, [kind]), *letters(name), *which]
