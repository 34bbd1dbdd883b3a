"""Points on the ground as people write them: degrees, with minutes and seconds, in digits of any script. Pure.

A point is latitude and longitude (WGS 84) with at most six digits after the point, a tenth of a metre on the ground.
What can be read in two ways is refused: two numbers with one comma between them may be one number, and two without a
direction are taken in the order that nearly everybody writes, the latitude first.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from archive.dates.names import ascii_digits
from archive.text.bidi import without_directions

DIGITS = 6  # after the point
FEWEST_SHOWN = 4  # after the point: 11 metres
MOST = {"lat": 90, "lon": 180}
MOST_METRES = 500_000  # what is known no nearer is no point
EARTH = 6371_000.0  # its mean radius in metres

# Each way of writing a sign, and the one that is read.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("،؛;", ","),
        **dict.fromkeys("٫", "."),
        **dict.fromkeys("−–—‐‑", "-"),
        **dict.fromkeys("º˚", "°"),
        **dict.fromkeys("′’‘ʹʼ`´", "'"),
        **dict.fromkeys("″”“ʺ״", '"'),
        **dict.fromkeys("\u00a0\u202f\u2009\t\r\n()", " "),
    }
)
_WORDS = (
    (re.compile(r"(?<![^\W_])(?:north|شمالا|شمال|ش)(?![^\W_])"), "n"),
    (re.compile(r"(?<![^\W_])(?:south|جنوبا|جنوب|ج)(?![^\W_])"), "s"),
    (re.compile(r"(?<![^\W_])(?:east|شرقا|شرق|ق)(?![^\W_])"), "e"),
    (re.compile(r"(?<![^\W_])(?:west|غربا|غرب|غ)(?![^\W_])"), "w"),
)
_MARKS = re.compile("[\u064b-\u0652\u0640]")  # vowel signs and tatweel: شمالًا is شمالا
_NUMBER = r"\d+(?:\.\d+)?"
# An angle with its direction before it, or behind it.
_ANGLE = rf"""
    (?P<before%(n)s>[nsew]\s*)?(?P<minus%(n)s>-\s*)?(?P<degrees%(n)s>{_NUMBER})
    (?:\s*°(?:\s*(?P<minutes%(n)s>{_NUMBER})\s*'(?:\s*(?P<seconds%(n)s>{_NUMBER})\s*(?:"|''))?)?)?
    (?(before%(n)s)|(?:\s*(?P<after%(n)s>[nsew]))?)
"""
_TWO = re.compile(
    rf"{_ANGLE % {'n': 1}} (?:\s*,\s* | \s+ | (?<=[nsew°'\"]) | (?=[nsew])) {_ANGLE % {'n': 2}}", re.VERBOSE
)
_TWO_WHOLE = re.compile(r"-?\d+,-?\d+")
_AXES = {"n": "lat", "s": "lat", "e": "lon", "w": "lon"}


class Point(NamedTuple):
    """Latitude and longitude in degrees."""

    lat: Decimal
    lon: Decimal

    def __str__(self) -> str:
        """“35.6100, 36.5600”: what `read` reads again."""
        return f"{degrees(self.lat)}, {degrees(self.lon)}"


class _Angle(NamedTuple):
    """The parts of one angle as they are written, "" for those that are not."""

    before: str
    minus: str
    degrees: str
    minutes: str
    seconds: str
    after: str

    @property
    def direction(self) -> str:
        return (self.before or self.after).strip()

    @property
    def axis(self) -> str:
        """Which of both its direction says, "" without one."""
        return _AXES.get(self.direction, "")

    @property
    def value(self) -> Decimal:
        parts = [part for part in (self.degrees, self.minutes, self.seconds) if part]
        whole, *rest = map(Decimal, parts)
        is_odd = any("." in part for part in parts[:-1]) or any(part >= 60 for part in rest)
        if is_odd or (self.direction and self.minus):
            raise PointError("unreadable")
        value = whole + sum((part / 60**power for power, part in enumerate(rest, 1)), Decimal(0))
        return -value if self.minus or self.direction in ("s", "w") else value


class PointError(ValueError):
    """What cannot be read as a point. ``kind``: unreadable, ambiguous, out_of_range, exchanged."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def degrees(value: Decimal | float) -> str:
    """Degrees with at least four digits after the point, and no more than say something."""
    whole, _, rest = f"{rounded(Decimal(str(value))):f}".partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(FEWEST_SHOWN, '0')}"


def rounded(value: Decimal) -> Decimal:
    """To the digits that are kept; zero has no sign."""
    return value.quantize(Decimal(1).scaleb(-DIGITS), ROUND_HALF_EVEN) + 0


def read(text: str) -> Point:
    """Read what people paste: “35.61, 36.56”, “35°36'36"N 36°33'E”, “N35.61 E36.56”, ٣٥٫٦١، ٣٦٫٥٦.

    Raises `PointError`.
    """
    plain = _plain(text)
    found = _TWO.fullmatch(plain)
    if found is None or _TWO_WHOLE.fullmatch(plain):
        raise PointError("ambiguous" if found or plain.count(",") > 1 else "unreadable")
    angles = [_Angle(*(found[f"{part}{number}"] or "" for part in _Angle._fields)) for number in (1, 2)]
    axes = [angle.axis for angle in angles]
    if axes not in (["", ""], ["lat", "lon"], ["lon", "lat"]):
        raise PointError("ambiguous")
    values = [angle.value for angle in angles]
    lat, lon = reversed(values) if axes[0] == "lon" else values
    if abs(lat) > MOST["lat"] or abs(lon) > MOST["lon"]:
        is_exchanged = axes[0] == "" and abs(lon) <= MOST["lat"] and abs(lat) <= MOST["lon"]
        raise PointError("exchanged" if is_exchanged else "out_of_range")
    return Point(rounded(lat), rounded(lon))


def _plain(text: str) -> str:
    """In small letters, ASCII digits and the signs that are read."""
    plain = ascii_digits(_MARKS.sub("", without_directions(text))).translate(_SIGNS).casefold()
    for pattern, letter in _WORDS:
        plain = pattern.sub(letter, plain)
    return " ".join(plain.split())


def metres(one: tuple[Decimal | float, Decimal | float], other: tuple[Decimal | float, Decimal | float]) -> float:
    """How far two points, latitude first, lie apart along the great circle."""
    (north, east), (south, west) = ((radians(lat), radians(lon)) for lat, lon in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin((east - west) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))
