"""What the search index holds of a document: a `tsvector`, written out in Python."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from archive.search import pairs
from archive.search.lexicon import lexemes
from archive.search.words import word_list
from archive.text.sections import LONGEST, sections

WEIGHTS = "ABCD"
HEADINGS = "AB"  # a text is about the words of these parts
# PostgreSQL's limits of a tsvector: positions, positions of one lexeme, bytes (1,048,575, with room for padding).
MAX_POSITION = 16_383
MAX_POSITIONS = 255
MAX_BYTES = 900_000
_BEYOND = str(MAX_POSITION)  # one such position is enough
GAP = 8  # between the parts of a document, so that no phrase runs from one into the next

Document = Mapping[str, str]


class Vector(NamedTuple):
    """The words of a document with their positions, and what is found of them without (`archive.search.pairs`)."""

    words: str
    pairs: str

    @property
    def whole(self) -> str:
        """Both in one, without weights of the pairs, or with the sign that there are none."""
        if not self.words:
            return ""
        written = [entry.rsplit(":", 1)[0] for entry in self.pairs.split("\n")] if self.pairs else []
        without = f"{self.words} '{pairs.UNPAIRED}'"
        whole = " ".join([self.words, *written]) if written else without
        return whole if len(whole.encode()) <= MAX_BYTES else without


def split_vectors(documents: Sequence[Document]) -> list[Vector]:
    """The two `tsvector` of each document, as PostgreSQL reads them. Few queries for all of them.

    A document maps weights to texts: `{"A": title, "B": names, "D": body}`. A text of any length is accepted: words
    past the 16,000th are found, though not as phrases; of a text with more different words than a vector holds, the
    first. The pairs of a text that has too many are none.
    """
    cut = [{weight: _words(document.get(weight, "")) for weight in WEIGHTS} for document in documents]
    known = lexemes(set().union(*(part for document in cut for part in document.values())))
    return [Vector(_vector(document, known), _pairs(document, known)) for document in cut]


def vectors(documents: Sequence[Document]) -> list[str]:
    """The `tsvector` of each document (`split_vectors`) with its pairs, ready to be stored in a SearchVectorField."""
    return [written.whole for written in split_vectors(documents)]


def vector(**parts: str) -> str:
    """The `tsvector` of one document: `vector(A=title, D=body)`."""
    return vectors([parts])[0]


def _words(text: str) -> list[str]:
    """The words of a text in their order, as far as their positions are kept; behind them each further one once.

    Of those no more than a vector has room for are kept, so that a long text does not take more memory than that.
    """
    if len(text) <= LONGEST:
        return word_list(text)
    found: list[str] = []
    further: dict[str, None] = {}
    room = 2 * MAX_BYTES  # lexemes are shorter than words
    for word in _in_sections(text):
        if len(found) < MAX_POSITION:
            found.append(word)
        elif word not in further:
            room -= len(word.encode()) + 6
            if room < 0:
                break
            further[word] = None
    return [*found, *further]


def _in_sections(text: str) -> Iterator[str]:
    for start, end in sections(text):
        yield from word_list(text[start:end])


def _vector(parts: Mapping[str, Sequence[str]], known: Mapping[str, str]) -> str:
    entries: dict[str, list[str]] = {}
    room = MAX_BYTES
    offset = 1
    for weight, part in parts.items():
        for place, word in enumerate(part, start=offset):
            lexeme = known[word]
            if not lexeme:
                continue
            places = entries.get(lexeme)
            if places is None:
                room -= len(lexeme.encode()) + 6
                if room < 0:
                    return _written(entries)
                places = entries[lexeme] = []
            written = f"{min(place, MAX_POSITION)}{weight}"
            if len(places) < MAX_POSITIONS and not (places and places[-1].startswith(_BEYOND)):
                room -= 2
                places.append(written)
        offset += len(part) + GAP
    return _written(entries)


def _pairs(parts: Mapping[str, Sequence[str]], known: Mapping[str, str]) -> str:
    """The entries of each part under its weight, one a line; none if they have no room.

    Where they stand is not told: each part has one position, which is there because a weight needs one.
    """
    places: dict[str, str] = {}
    for position, (weight, part) in enumerate(parts.items(), start=1):
        for entry in pairs.entries(part[: MAX_POSITION - 1], known, is_heading=weight in HEADINGS):
            had = places.get(entry)
            places[entry] = f"{had},{position}{weight}" if had else f"{position}{weight}"
    written = "\n".join([f"'{entry}':{place}" for entry, place in places.items()])
    return written if len(written.encode()) <= MAX_BYTES else ""


def _written(entries: Mapping[str, Sequence[str]]) -> str:
    return " ".join(f"'{lexeme}':{','.join(places)}" for lexeme, places in entries.items())
