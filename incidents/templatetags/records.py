"""How lists and pages write what a record says."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from archive.localisation import localised
from archive.models import Place
from archive.terms import Level
from incidents.models import claims
from incidents.presentation import fact_wording
from incidents.presentation.fact_sections import HEADINGS
from incidents.reading_back.likeness import read_back
from incidents.record.differences import Shown

#: What passages support: an aspect, or a sentence of the summary.
ASPECTS: dict[str, Any] = {**HEADINGS, "summary": gettext_lazy("Summary")}
register = template.Library()


@register.filter
def scope(value: str) -> str:
    """`attack`, `series` or `tally` in words."""
    return fact_wording.scope(value)


@register.filter
def level(value: str) -> str:
    """The level of a place in words."""
    return fact_wording.level(value)


@register.filter
def placed(place: Any) -> str:
    """The name of a place, a row or a part of a record, with its level where towns bear the same name."""
    if isinstance(place, Place):
        names = {"name_en": place.label_en, "name_ar": place.label_ar}
        return fact_wording.placed({**names, "level": Level(place.level).code})
    return fact_wording.placed(place)


@register.simple_tag
def people(low: int | None, high: int | None) -> str:
    """A count as “3”, “3–5”, “at least 3” or “up to 5”; nothing where it is not known."""
    return fact_wording.count(low, high)


@register.filter
def in_words(value: Shown) -> str:
    """A value of a record in words of the reader's language."""
    return localised(value.en, value.ar)


@register.filter
def shown(value: Any) -> str:
    """A term, place or facility in the reader's language."""
    return claims.shown(value)


@register.filter
def noticed(reasons: Iterable[str]) -> str:
    """What speaks for and against one attack."""
    return " · ".join(read_back(reason) for reason in reasons)


@register.filter
def listed(value: list[Any] | None) -> str:
    """Names as a list reads."""
    return fact_wording.speakers([str(one) for one in value or []])


@register.filter
def aspects(names: Iterable[str]) -> str:
    """What a passage supports, as a list reads: “Killed, Injured”; of an old record that says nothing, “Cited in”."""
    headings = [str(ASPECTS[name]) for name in names if name in ASPECTS]
    return pgettext("list of names", ", ").join(headings) or _("Cited in")


@register.filter
def evidence_anchor(names: Iterable[str]) -> str:
    """Where the page of an incident shows the words that support the first of these, or nothing."""
    return next((f"#evidence-{name}" for name in names if name in HEADINGS), "")
