"""The reader's language."""

from django.utils.translation import get_language


def localised(english: str, arabic: str) -> str:
    """Return the name in the reader's language, or the one that is known."""
    if (get_language() or "en").startswith("ar"):
        return arabic or english
    return english or arabic
