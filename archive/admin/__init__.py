"""The editors' side of documents, places and people."""

from archive.admin import articles, places, sources, users

__all__ = ["articles", "places", "sources", "users"]
