"""Names as strings, pure: the letters of two scripts, the keys under which spellings are one, and likeness.

Here are also the words that say what kind of place a name is of, a text read as words that can be matched, and the
index from spellings to places. Public here: keys and likeness, for names of anything.
"""

from archive.names.keys import (
    fold,
    fold_keys,
    fold_word,
    is_article,
    likeness,
    skeleton,
    skeleton_of_sound,
    sound_of_key,
    spaceless,
)
from archive.names.letters import script_of

__all__ = [
    "fold",
    "fold_keys",
    "fold_word",
    "is_article",
    "likeness",
    "script_of",
    "skeleton",
    "skeleton_of_sound",
    "sound_of_key",
    "spaceless",
]
