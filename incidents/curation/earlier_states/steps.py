"""What leads from an incident as it is to what it was: a step for each row that says something else."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archive.models import Passage
from incidents.curation.earlier_states.citing import not_citable

Rows = Mapping[int, Any]


class Act(StrEnum):
    CHANGE = "change"
    PUT_BACK = "put back"  # a row that ended stands again
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Step:
    """``kind`` is that of a line of the history, ``row`` the key of what is restored.

    ``now`` is the row that is changed, put back or removed, None where one is added; ``then`` the event that says what
    was said, None where nothing was. ``obstacle`` says why it cannot be done, in words; empty where it can.
    """

    kind: str
    act: Act
    row: int
    now: Any
    then: Any
    obstacle: str = ""

    @property
    def state(self) -> tuple[Any, ...]:
        """What stands for the step: another one is another step."""
        seen = (self.now.pk, self.now.lock_version) if self.now is not None else ()
        return (self.kind, self.act, self.row, *seen, self.then.pgh_id if self.then is not None else 0)


def unlike(now: Rows, then: Rows, says: Callable[[Any], Hashable]) -> tuple[dict[int, Any], dict[int, Any]]:
    """The rows that stand now and those that stood then, without pairs that say the same: those of one key first."""
    left = {row: one for row, one in now.items() if row not in then or says(one) != says(then[row])}
    lacking = {row: one for row, one in then.items() if row not in now or says(one) != says(now[row])}
    said: dict[Hashable, list[int]] = {}
    for row, one in left.items():
        said.setdefault(says(one), []).append(row)
    for row, one in list(lacking.items()):
        if same := said.get(says(one)):
            del left[same.pop()], lacking[row]
    return left, lacking


def of_incident(incident: Any, then: Rows, says: Callable[[Any], Hashable]) -> Iterator[Step]:
    event = then.get(incident.pk)
    if event is not None and says(event) != says(incident):
        yield Step("incident", Act.CHANGE, incident.pk, incident, event)


def of_sentences(now: Rows, then: Rows, says: Callable[[Any], Hashable]) -> Iterator[Step]:
    left, lacking = unlike(now, then, says)
    told = refusals({key for event in lacking.values() for key in event.cited})
    for row, event in lacking.items():
        current = left.pop(row, None)
        anew = [key for key in event.cited if current is None or key not in current.cited]
        obstacle = next((told[key] for key in anew if told.get(key)), "")
        yield Step("sentence", Act.ADD if current is None else Act.CHANGE, row, current, event, obstacle)
    yield from (Step("sentence", Act.REMOVE, row, current, None) for row, current in left.items())


def refusals(cited: Collection[str]) -> dict[str, str]:
    """Passages by their public keys, each with why it is not cited anew; empty where it may be. One query."""
    found = Passage.objects.filter(public_id__in=cited).select_related("text_version__article")
    return {passage.public_id: not_citable(passage) for passage in found.defer("text_version__text")}


def of_identifiers(now: Rows, then: Rows, says: Callable[[Any], Hashable]) -> Iterator[Step]:
    left, lacking = unlike(now, then, says)
    yield from (Step("identifier", Act.ADD, row, None, event) for row, event in lacking.items())
    yield from (Step("identifier", Act.REMOVE, row, current, None) for row, current in left.items())


def only_of(steps: Collection[Step], name: str) -> list[Step]:
    """The steps that restore one row, by its name in the history (`claim.12`); all of them for an empty name."""
    return [step for step in steps if not name or f"{step.kind}.{step.row}" == name]
