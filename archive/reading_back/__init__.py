"""English sentences in the language of whoever reads them.

Modules that know nothing of Django speak English, and rows keep the sentence that was said when they were written. Each
such sentence is listed here by its template, in the words of the module that says it, and read back.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import get_language, gettext

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
NARROW = {"number": r"[\d,.]+", "low": r"\d+", "high": r"\d+", "aspect": r"\S+"}  # the others take anything
Patterns = list[tuple[re.Pattern[str], str]]
NESTED = frozenset({"error", "advice", "examples", "numbers", "where"})  # what is a sentence of its own


class Sentences:
    """Sentences that are told apart by their templates. ``parts`` are templates of what stands in others alone,
    ``words`` terms that stand in them, English → shown.
    """

    def __init__(
        self, templates: Iterable[str], parts: Iterable[str] = (), words: Callable[[], Mapping[str, str]] = dict
    ) -> None:
        self.patterns = patterns_of(templates)
        self.parts = patterns_of(parts)
        self.words = words

    def knows(self, sentence: str) -> bool:
        return any(pattern.fullmatch(sentence) for pattern, _template in self.patterns)

    def __call__(self, sentence: str) -> str:
        """Return the sentence in the active language; one that is not listed stays as it is."""
        if (get_language() or "en").startswith("en"):
            return sentence
        return self.read(sentence, self.patterns)

    def read(self, sentence: str, patterns: Patterns) -> str:
        for pattern, template in patterns:
            if match := pattern.fullmatch(sentence):
                return gettext(template) % {name: self.value(name, said) for name, said in match.groupdict().items()}
        return sentence

    def value(self, name: str, said: str) -> str:
        if said in (words := self.words()):
            return str(words[said])
        return self.read(said, [*self.patterns, *self.parts]) if name in NESTED else said


def patterns_of(templates: Iterable[str]) -> Patterns:
    """With the templates that say most first: those of others may match what these do."""
    longest_first = sorted(templates, key=lambda template: -len(PLACEHOLDER.sub("", template)))
    return [(pattern_of(template), template) for template in longest_first]


def pattern_of(template: str) -> re.Pattern[str]:
    """What a sentence made of a template looks like. A name that stands twice is the same twice."""
    pieces, seen = [], set()
    for number, piece in enumerate(PLACEHOLDER.split(template)):
        if number % 2 == 0:
            pieces.append(re.escape(piece.replace("%%", "%")))
        elif piece in seen:
            pieces.append(f"(?P={piece})")
        else:
            seen.add(piece)
            pieces.append(f"(?P<{piece}>{NARROW.get(piece, '.*?')})")
    return re.compile("".join(pieces), re.DOTALL)
