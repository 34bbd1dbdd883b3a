"""The editors' side of documents, places and people."""

from archive.admin import access_settings_admin, article_admin, place_admin, source_admin, user_admin

__all__ = ["access_settings_admin", "article_admin", "place_admin", "source_admin", "user_admin"]
