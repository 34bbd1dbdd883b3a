"""Addresses of the site, the same whatever language the reader came in: for citations and for machines."""

from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

_STAND_IN = 987_654_321  # a number that is a slug as well; those of further arguments follow it


def path(name: str, *args: Any) -> str:
    """Return the path of a named page in the default language."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(name, args=args)


def whole(name: str, *args: Any) -> str:
    """Return the address of a named page in the default language, with scheme and host."""
    return settings.SITE_URL + path(name, *args)


@cache
def template(name: str, count: int = 1) -> str:
    """Return the path of a named page with ``{}`` for each of its arguments, where thousands are written."""
    stand_ins = [_STAND_IN + number for number in range(count)]
    found = path(name, *stand_ins)
    for stand_in in stand_ins:
        found = found.replace(str(stand_in), "{}")
    return found
