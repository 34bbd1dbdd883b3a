"""A reading as the row that `suggest` prints, in the form that `docs/suggestions.md` gives."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from archive.dates import possible_days
from incidents.assessment import Count, OneOf, When
from incidents.terms import Aspect, Stance

from .values import Attack, Reading, Report, Struck, Suggestion

_LATER = ("count_part", "count_vague", "count_sum")  # the plain totals come first


def row(report: Report, reading: Reading) -> dict[str, Any]:
    """Title, day of publication, attacks and mentions of a report, ready for JSON."""
    return {
        "title": report.title,
        "published": report.published.isoformat() if report.published else None,
        "attacks": [_attack(report.text, attack) for attack in reading.attacks],
        "mentions": [
            {
                "pcode": each.pcode or None,
                "start": each.start,
                "end": each.end,
                "exact": report.text[each.start : each.end],
            }
            for each in reading.mentions
        ],
    }


def _attack(text: str, attack: Attack) -> dict[str, Any]:
    asserted = [each for each in attack.suggestions if each.stance is Stance.ASSERTS]
    return {
        "occurred": _occurred(asserted),
        "places": list(attack.places),
        "facility_types": _unlike(_kinds(asserted)),
        "facilities": _unlike(each.value.name for each in asserted if isinstance(each.value, Struck)),
        "actors": _unlike(_actors(asserted)),
        "weapons": _unlike(str(each.value) for each in asserted if each.aspect is Aspect.WEAPON),
        "killed": _counts(asserted, Aspect.KILLED),
        "injured": _counts(asserted, Aspect.INJURED),
        "denied_by": _unlike(each.speaker or each.voice for each in attack.suggestions if each.stance is Stance.DENIES),
        "passages": [_passage(text, each) for each in attack.suggestions],
    }


def _occurred(asserted: Sequence[Suggestion]) -> dict[str, str | None] | None:
    """The first date, those that are certain before the others."""
    dates = sorted((each for each in asserted if isinstance(each.value, When)), key=lambda each: not each.is_certain)
    for each in dates:
        if isinstance(each.value, When):
            first, last = possible_days(each.value.date)
            return {"edtf": each.value.date.edtf, "from": _iso(first), "to": _iso(last)}
    return None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _kinds(asserted: Sequence[Suggestion]) -> Iterator[str]:
    for each in asserted:
        if isinstance(each.value, Struck):
            yield each.value.facility_type
        elif each.aspect is Aspect.FACILITY_TYPE:
            yield str(each.value)


def _actors(asserted: Sequence[Suggestion]) -> Iterator[str]:
    for each in asserted:
        if each.aspect is Aspect.ACTOR:
            yield from each.value.actors if isinstance(each.value, OneOf) else (str(each.value),)


def _counts(asserted: Sequence[Suggestion], aspect: Aspect) -> list[dict[str, Any]]:
    counted = sorted((each for each in asserted if each.aspect is aspect), key=lambda each: each.rule in _LATER)
    rows = [
        {
            "low": each.value.low,
            "high": each.value.high,
            "group": str(each.value.group),
            "speaker": each.speaker or each.voice or None,
        }
        for each in counted
        if isinstance(each.value, Count)
    ]
    return [row for index, row in enumerate(rows) if row not in rows[:index]]


def _passage(text: str, each: Suggestion) -> dict[str, Any]:
    return {
        "aspect": str(each.aspect),
        "start": each.start,
        "end": each.end,
        "exact": text[each.start : each.end],
        "stance": str(each.stance),
        "speaker": each.speaker or each.voice or None,
        "rule": each.rule,
        "certain": each.is_certain,
    }


def _unlike(values: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(values))
