"""Pages of documents, and of the site itself."""

from archive.views.status import health

__all__ = ["health"]
