"""Pages fetched from the public web, within limits, and kept as a web archive of our own. `fetch` is the way in."""

from archive.fetching.fetch import Fetched, fetch
from archive.fetching.hosts import refuse_unfetchable
from archive.fetching.rules import FetchError, Rules

__all__ = ["FetchError", "Fetched", "Rules", "fetch", "refuse_unfetchable"]
