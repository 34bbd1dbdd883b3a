"""Regions that no P-code covers, with the governorates they lie in: our own short list of names. Pure.

A village of the same name somewhere else is not meant by them: Eastern Ghouta is not Ghota in Ar-Raqqa.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["FoundRegion", "Region", "regions"]


class Region(NamedTuple):
    """A region: its English name and the P-codes of the governorates that it lies in."""

    name: str
    governorates: tuple[str, ...]


class FoundRegion(NamedTuple):
    """A region named in a text, in code points."""

    start: int
    end: int
    region: Region


_BEFORE = re.compile(
    r"(?:(?:[Ee]ast|[Ww]est|[Nn]orth|[Ss]outh)(?:ern)?\s+)?(?:[AEae][lz][- ])?$|(?<!\w)[وبل]$|(?<!\w)$"
)
_MOUNT = r"(?:[Jj]aba[lr]|[Jj][ea]bel|[Mm]ount)\s+(?:[AEae][lztdr][- ]?)?"
_TABLE: tuple[tuple[str, str, str], ...] = (
    ("Ghouta", "SY03", r"G(?:h(?:ou|u|oo)|ou)tah?\b|(?:الغوطة|غوطة دمشق)(?:\s+(?:الشرقية|الغربية))?"),
    ("Qalamoun", "SY03", r"[QK]ala?m(?:ou|u|oo)n\b|القلمون(?:\s+(?:الشرقي|الغربي))?"),
    ("Wadi Barada", "SY03", r"Wadi\s+Barada\b|وادي بردى"),
    ("Jabal al-Zawiya", "SY07", rf"{_MOUNT}[ZS]aw(?:i|ee|iy)y?[ae]h?\b|Zawiyah?\s+[Mm]ountains?\b|جبل الزاوية"),
    ("Jabal Shahshabo", "SY05 SY07", rf"{_MOUNT}Sha[hk]sha(?:b[ou]|abu)\b|جبل شحشبو"),
    ("Ghab Plain", "SY05", r"Ghab\s+[Pp]lain\b|[Ss]ahl\s+al-Ghab\b|سهل الغاب"),
    ("Jabal al-Turkman", "SY06", rf"{_MOUNT}Turkm[ae]n\b|Turkm[ae]n\s+[Mm]ountains?\b|جبل التركمان"),
    ("Jabal al-Akrad", "SY06", rf"{_MOUNT}Akrad\b|Kurds?\s+[Mm]ountains?\b|جبل (?:الأكراد|الاكراد)"),
    ("Jabal al-Druze", "SY13", rf"{_MOUNT}(?:Druze|Arab)\b|جبل (?:العرب|الدروز)"),
    ("Hauran", "SY12 SY13", r"H(?:a|o|au|ou|aw)ran\b|حوران"),
    ("Lajat", "SY12 SY13", r"L[ae]jat?h?\b|اللجاة"),
    ("Yarmouk Basin", "SY12", r"Yarmou?k\s+(?:[Bb]asin|[Vv]alley)\b|حوض اليرموك"),
    ("Golan", "SY14", r"Golan(?:\s+Heights)?\b|الجولان"),
    ("Jazira", "SY08 SY09 SY11", r"Jazee?i?rah?\s+(?:region|canton)\b"),
    ("Khabur", "SY08", r"Khab(?:u|ou|oo)r(?:\s+(?:[Rr]iver|[Vv]alley))?\b|الخابور"),
    (
        "Euphrates",
        "SY02 SY09 SY11",
        r"Euphrates(?!\s+Shield)(?:\s+(?:[Rr]iver|[Vv]alley))?\b|(?:نهر|شرق|حوض|وادي) الفرات",
    ),
    ("Badia", "SY03 SY04 SY09", r"Badi(?:y?ah?|yat)(?:\s+al-Sham)?\b|Syrian\s+[Dd]esert\b|البادية(?:\s+السورية)?"),
    ("Mount Hermon", "SY03 SY14", r"Mount\s+Hermon\b|Jabal\s+al-Sheikh\b|جبل الشيخ"),
    ("Wadi al-Nasara", "SY04", r"Wadi\s+(?:al-)?Nas[sa]?ara\b|وادي النصارى"),
    ("Syrian coast", "SY06 SY10", r"Syrian\s+[Cc]oast\b|الساحل السوري"),
)
_REGIONS = tuple(Region(name, tuple(pcodes.split())) for name, pcodes, _pattern in _TABLE)
_INITIALS = "[GQKWJjMmZTSsHLYEBاغقوجسحنش]"
_ANY = re.compile(
    f"(?={_INITIALS})(?:" + "|".join(f"(?P<r{number}>{row[2]})" for number, row in enumerate(_TABLE)) + ")"
)
_LONGEST_BEFORE = 20


def regions(text: str) -> Iterator[FoundRegion]:
    """The regions that a text names, in its order, none overlapping."""
    for match in _ANY.finditer(text):
        start, end = match.span()
        before = _BEFORE.search(text[max(0, start - _LONGEST_BEFORE) : start])
        if before is not None:
            yield FoundRegion(start - len(before[0]), end, _REGIONS[int((match.lastgroup or "r0")[1:])])
