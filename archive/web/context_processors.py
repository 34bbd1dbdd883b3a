"""What every page may show of the site itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and address, where to write to, and whether lists can be followed by e-mail."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "SENDS_ALERTS": bool(settings.EMAIL_FROM),
    }
