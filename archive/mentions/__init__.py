"""Places that a text mentions, pure: the finder, the rules by which a word is a place's name, and the words they go by.

Spellings come from an index (`archive.names.spelling_index`); those that no index has are matched by how they sound.
"""

from archive.mentions.finder import FoundMention, MentionFinder

__all__ = ["FoundMention", "MentionFinder"]
