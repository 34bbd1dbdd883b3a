"""The grammar of titles in each language: conjunctions, articles, plurals."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from archive.terms import Level
from incidents.terms import Aspect


@dataclass(frozen=True, slots=True)
class Words:
    language: str
    attack: str
    attacks: str
    on: str
    comma: str
    near: str
    totals: str
    levels: Mapping[str, str]
    join: Callable[[Sequence[str]], str]
    indefinite: Callable[[str], str]
    share_noun: Callable[[Sequence[str], Sequence[tuple[str, str]]], str]
    other_facilities: Callable[[int], str]
    other_kinds: Callable[[int], str]
    other_places: Callable[[int], str]
    deeds: Mapping[str, tuple[str, str]]  # what was done, and how its target follows

    def shorten(self, names: Sequence[str], others: Callable[[int], str], limit: int = 3) -> str:
        """All names up to `limit`; of more, the first one or two, and how many others (two or more)."""
        if len(names) <= limit:
            return self.join(names)
        shown = 2 if len(names) > 3 else 1
        return self.join([*names[:shown], others(len(names) - shown)])


def _join_en(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _join_ar(names: Sequence[str]) -> str:
    """The conjunction و is written onto the next word, unless that is in another script."""
    joined = "".join(f" و{name}" if re.match("[\u0600-\u06ff0-9]", name) else f" و {name}" for name in names[1:])
    return "".join(names[:1]) + joined


def _indefinite_en(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in set("aeiou") else f"a {noun}"


def _share_noun_en(names: Sequence[str], nouns: Sequence[tuple[str, str]]) -> str:
    """“Kiwan Hospital” and “Amal Hospital” → “Kiwan and Amal hospitals”; empty when they share no noun."""
    for one, many in nouns:
        ending = " " + one.lower()
        if len(names) > 1 and all(name.lower().endswith(ending) for name in names):
            return f"{_join_en([name[: -len(ending)].strip() for name in names])} {many}"
    return ""


def _others_en(one_kind: str) -> Callable[[int], str]:
    return lambda number: f"{number} {one_kind}"


def _others_ar(two: str, few: str, many: str) -> Callable[[int], str]:
    """Arabic counts two by the dual, 3–10 with the plural, 11 and more with the singular; 103–110 with the plural."""

    def others(number: int) -> str:
        if number == 2:
            return two
        return f"{number} {few if 3 <= number % 100 <= 10 else many}"

    return others


WORDS: Mapping[str, Words] = {
    "en": Words(
        language="en",
        attack="attack",
        attacks="attacks",
        on="{} on {}",
        comma=", ",
        near="near {}",
        totals="{}: totals",
        levels={
            Level.GOVERNORATE.code: "{} Governorate",
            Level.DISTRICT.code: "{} District",
            Level.SUBDISTRICT.code: "{} Sub-district",
        },
        join=_join_en,
        indefinite=_indefinite_en,
        share_noun=_share_noun_en,
        other_facilities=_others_en("others"),
        other_kinds=_others_en("other kinds of facility"),
        other_places=_others_en("other places"),
        deeds={
            Aspect.ABDUCTED: ("abduction", "{} at {}"),
            Aspect.DETAINED: ("detention", "{} at {}"),
            Aspect.LOOTED: ("looting", "{} of {}"),
            Aspect.OBSTRUCTED: ("obstruction", "{} of {}"),
            Aspect.THREATENED: ("threats", "{} against {}"),
        },
    ),
    "ar": Words(
        language="ar",
        attack="هجوم",
        attacks="هجمات",
        on="{} على {}",
        comma="، ",
        near="قرب {}",
        totals="{}: حصيلة",
        levels={
            Level.GOVERNORATE.code: "محافظة {}",
            Level.DISTRICT.code: "منطقة {}",
            Level.SUBDISTRICT.code: "ناحية {}",
        },
        join=_join_ar,
        indefinite=lambda noun: noun,
        share_noun=lambda names, nouns: "",
        other_facilities=_others_ar("منشأتين أخريين", "منشآت أخرى", "منشأة أخرى"),
        other_kinds=_others_ar("نوعين آخرين من المنشآت", "أنواع أخرى من المنشآت", "نوعًا آخر من المنشآت"),
        other_places=_others_ar("مكانين آخرين", "أماكن أخرى", "مكانًا آخر"),
        deeds={
            Aspect.ABDUCTED: ("اختطاف", "{} في {}"),
            Aspect.DETAINED: ("احتجاز", "{} في {}"),
            Aspect.LOOTED: ("نهب", "{} {}"),
            Aspect.OBSTRUCTED: ("عرقلة عمل", "{} {}"),
            Aspect.THREATENED: ("تهديدات", "{} ضد {}"),
        },
    ),
}
