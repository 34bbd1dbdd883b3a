"""The editors' side of documents, places and people."""

from archive.admin import access, articles, places, sources, users

__all__ = ["access", "articles", "places", "sources", "users"]
