"""The reader's language: which of two names is shown, in what order, and names that run the other way."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf.locale import LANG_INFO
from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.formats import number_format
from django.utils.translation import get_language, get_language_bidi, npgettext, pgettext
from django.utils.translation import gettext as _

from archive.text.bidi import FIRST_STRONG_ISOLATE, POP_ISOLATE, set_apart


def is_arabic() -> bool:
    return (get_language() or "en").startswith("ar")


def localised(english: str, arabic: str) -> str:
    """Return the name in the reader's language, or the one that is known."""
    if is_arabic():
        return arabic or english
    return english or arabic


def in_order(english: str, arabic: str) -> tuple[str, str]:
    """Return both names, that of the reader's language first."""
    return (arabic, english) if is_arabic() else (english, arabic)


def shown_names(thing: Mapping[str, Any]) -> tuple[str, str]:
    """What a part of a record is called in English and in Arabic; either may be empty.

    A place has names to show beside its official ones (`Place.label_en`). An edition from before there were such names
    says for ever what it said (ADR 0017): the official ones.
    """
    english, arabic = (thing.get(f"label_{code}") or thing.get(f"name_{code}") or "" for code in ("en", "ar"))
    return english, arabic


def language_name(code: str) -> str:
    """Return the name of a language (BCP 47 code) in the reader's language; an unknown code stays as it is."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.split("-", maxsplit=1)[0])
    return _(known["name"]) if known and "name" in known else code


def grouped(number: int) -> str:
    """Write a number with its thousands apart, as the reader's language has it."""
    return str(number) if 0 <= number < 1000 else number_format(number, use_l10n=True, force_grouping=True)


def by_name() -> Combinable:
    """Order rows by the name that the reader sees (`name_en`, `name_ar`)."""
    if is_arabic():
        return Coalesce(NullIf(F("name_ar"), Value("")), F("name_en"))
    return F("name_en")


def by_label() -> Combinable:
    """Order places by the name that the reader sees."""
    if is_arabic():
        return Coalesce(NullIf(F("label_ar"), Value("")), F("label_en"))
    return F("label_en")


def isolated(text: str) -> str:
    """Return a name as a sentence of the reader's language can hold it, whatever its script."""
    return set_apart(text, "rtl" if get_language_bidi() else "ltr")


def figures(text: str) -> str:
    """Return figures with signs between them (2019-11-27) as a line of the reader's language can hold them: after an
    Arabic letter they would be shown the other way round.
    """
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text and get_language_bidi() else text


def point_in_words(point: object, within_m: int) -> str:
    """“35.6100, 36.5600, known to within 500 m”."""
    return pgettext("point", "%(point)s, known to within %(distance)s") % {
        "point": figures(str(point)),
        "distance": distance(within_m),
    }


def distance(metres: int) -> str:
    """Metres, or whole kilometres: “500 m”, “25 km”."""
    if metres and metres % 1000 == 0:
        number = metres // 1000
        words = npgettext("distance", "%(number)s km", "%(number)s km", number)
    else:
        number = metres
        words = npgettext("distance", "%(number)s m", "%(number)s m", number)
    return words % {"number": grouped(number)}


def either(names: Iterable[str]) -> str:
    """“A, B or C”."""
    names = [isolated(name) for name in names]
    if len(names) < 2:
        return "".join(names)
    return pgettext("names, one of which applies", "%(first)s or %(last)s") % {
        "first": pgettext("names, one of which applies", ", ").join(names[:-1]),
        "last": names[-1],
    }
