"""The gazetteer: which places a spelling may mean, which a text mentions, how else the names in a query are spelt.

Its files are read and stored here too, its indexes kept in memory, and places looked up by some letters of a name.
"""

from archive.gazetteer.likeness import alike
from archive.gazetteer.resolving import Answer, Expansion, PlaceMatch, expansions, resolve, spelt

__all__ = ["Answer", "Expansion", "PlaceMatch", "alike", "expansions", "find_mentions", "resolve", "spelt"]
