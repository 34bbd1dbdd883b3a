"""The reader's language."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def localised(english: str, arabic: str) -> str:
    """Return the name in the reader's language, or the one that is known."""
    if (get_language() or "en").startswith("ar"):
        return arabic or english
    return english or arabic


def language_name(code: str) -> str:
    """Return the name of a language (BCP 47 code) in the reader's language; an unknown code stays as it is."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.split("-", maxsplit=1)[0])
    return _(known["name"]) if known and "name" in known else code
