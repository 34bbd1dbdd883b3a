"""The editors' side of documents, places and people."""

from archive.admin import (
    about_text_admin,
    access_settings_admin,
    article_admin,
    place_admin,
    reported_error_admin,
    source_admin,
    user_admin,
)

__all__ = [
    "about_text_admin",
    "access_settings_admin",
    "article_admin",
    "place_admin",
    "reported_error_admin",
    "source_admin",
    "user_admin",
]
