"""Addresses of the site: the same in whatever language, for citations and for machines; and the reader's."""

from functools import cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils import translation

_STAND_IN = 987_654_321  # a number that is a slug as well; those of further arguments follow it


def path(name: str, *args: Any, language: str = "") -> str:
    """Return the path of a named page, in the default language where none is said."""
    with translation.override(language or settings.LANGUAGE_CODE):
        return reverse(name, args=args)


def whole(name: str, *args: Any) -> str:
    """Return the address of a named page in the default language, with scheme and host."""
    return settings.SITE_URL + path(name, *args)


def whole_in(name: str, *args: Any, language: str) -> str:
    """Return the address of a named page in a language, with scheme and host."""
    return settings.SITE_URL + path(name, *args, language=language)


@cache
def template(name: str, count: int = 1, language: str = "") -> str:
    """Return the path of a named page with ``{}`` for each of its arguments, where thousands are written."""
    stand_ins = [_STAND_IN + number for number in range(count)]
    found = path(name, *stand_ins, language=language)
    for stand_in in stand_ins:
        found = found.replace(str(stand_in), "{}")
    return found


def in_language(name: str, *args: Any) -> str:
    """Return the path of a named page in the reader's language, as `reverse` does: for pages with hundreds of links."""
    found = template(name, len(args), translation.get_language() or "")
    return found.format(*(quote(str(arg), safe="") for arg in args))
