"""Names as strings, pure: the letters of two scripts, the keys under which spellings are one, and likeness.

Here are also the words that say what kind of place a name is of, a text read as words that can be matched, and the
index from spellings to places. Public here: keys and likeness, for names of anything.
"""

from archive.names.keys import (
    is_article,
    likeness,
    name_key,
    name_keys,
    skeleton,
    skeleton_of_sound,
    sound_of_key,
    spaceless,
    without_article,
)
from archive.names.letters import script_of

__all__ = [
    "is_article",
    "likeness",
    "name_key",
    "name_keys",
    "script_of",
    "skeleton",
    "skeleton_of_sound",
    "sound_of_key",
    "spaceless",
    "without_article",
]
