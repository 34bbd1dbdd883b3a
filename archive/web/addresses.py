"""Whole addresses of the site, the same whatever language the reader came in: for citations and for machines."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def whole(name: str, *args: Any) -> str:
    """Return the address of a named page in the default language, with scheme and host."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse(name, args=args)
