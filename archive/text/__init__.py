"""Texts of articles as strings, pure: from bytes to the one normal form that offsets count in, and what is found in it.

Here are encodings, languages, sentences, visible characters, runs of the other direction, the anchors that tie a
passage to its text, and what of a text readers may read. Public here: what makes and describes a readable text.
"""

from archive.text.encodings import Decoded, DecodeError, decode, decode_as, looks_binary
from archive.text.languages import guess_language, is_arabic, script_of
from archive.text.normal_form import NORMALISATION, excerpt, normalise, sha256_of
from archive.text.sentences import sentences, short_sentences

__all__ = [
    "NORMALISATION",
    "DecodeError",
    "Decoded",
    "decode",
    "decode_as",
    "excerpt",
    "guess_language",
    "is_arabic",
    "looks_binary",
    "normalise",
    "script_of",
    "sentences",
    "sha256_of",
    "short_sentences",
]
