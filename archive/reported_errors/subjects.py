"""What an error may be reported of: whatever readers have a page of, and nothing that they do not see."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from archive.terms import Spoken


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that readers see: ``name`` in their language and ``address`` are those of its page, ``desk`` is where
    editors work on it. ``newest`` is its last version or text, None where it has none; ``number`` the one that is
    spoken of. ``quote`` are the words of a passage, where they may be shown.
    """

    spoken_of: Spoken
    key: str
    name: str
    address: str
    desk: str = ""
    newest: int | None = None
    number: int | None = None
    quote: str = ""
    language: str = ""


# Returns what readers see today among these keys.
Find = Callable[[Collection[str]], Iterable[Subject]]
_FINDERS: dict[Spoken, Find] = {}


def speak_of(kind: Spoken, find: Find) -> None:
    """Let errors be reported of things of a kind."""
    _FINDERS[kind] = find


def find(kind: str, key: str, number: int | None = None) -> Subject | None:
    """Return what an error is reported of, or None: what does not exist and what readers do not see are one."""
    found = find_all([(kind, key)]).get((kind, key))
    if found is None or not (number is None or (found.newest is not None and 1 <= number <= found.newest)):
        return None
    return replace(found, number=number or found.number or found.newest)


def find_all(wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Subject]:
    """Return by kind and key what readers see today of these; a few queries for each kind."""
    by_kind: dict[str, set[str]] = {}
    for kind, key in wanted:
        by_kind.setdefault(kind, set()).add(key)
    known = [(Spoken(kind), keys) for kind, keys in by_kind.items() if kind in _FINDERS]
    return {(kind.value, one.key): one for kind, keys in known for one in _FINDERS[kind](keys)}
