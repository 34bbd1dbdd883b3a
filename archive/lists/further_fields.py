"""The part of a list's form that is folded, as HTML: the same on almost every page, and half of what a form costs."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

TEMPLATE = "components/further_fields.html"
#: By the kind of list and language: a handful, whatever is asked.
_empty: dict[tuple[type, str | None], SafeString] = {}


def further_fields(listing: Any) -> SafeString:
    """Return the fields that the form shows only when it is unfolded.

    They are kept where the address says nothing of them: then they hold nothing that a reader typed.
    """
    key = type(listing), get_language()
    if any(name in listing.filters.data for name in listing.folded):
        return render_to_string(TEMPLATE, {"fields": listing.further_fields})
    if key not in _empty:
        _empty[key] = render_to_string(TEMPLATE, {"fields": listing.further_fields})
    return _empty[key]
