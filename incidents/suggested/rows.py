"""The suggestions for a text as the desk lists them: under the letters of their attacks, with what became of each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.localisation import localised
from archive.models import TextVersion
from incidents.assessment import Where
from incidents.models import Claim, Incident, SuggestionAnswer
from incidents.suggesting import RULES, RULES_AR, Suggestion, key_of
from incidents.suggestions import suggestions_for
from incidents.terms import Aspect
from incidents.terms import SuggestionAnswer as Answer


@dataclass(frozen=True, slots=True)
class Row:
    """One suggestion: ``code`` is its letter and number, ``state`` an answer or "" while it waits for one."""

    code: str
    key: str
    suggestion: Suggestion
    exact: str
    state: str = ""
    claim: Claim | None = None

    @property
    def is_open(self) -> bool:
        return not self.state

    @property
    def why(self) -> str:
        """The rule in words of the reader's language."""
        return localised(RULES[self.suggestion.rule], RULES_AR[self.suggestion.rule])


@dataclass(frozen=True, slots=True)
class Group:
    """What is suggested of one attack. ``incident`` is the one that its accepted rows became claims of."""

    letter: str
    rows: tuple[Row, ...]

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    @property
    def pcode(self) -> str:
        """The P-code of the one place in which the attack was; "" when that is open."""
        said = [row.suggestion for row in self.rows if row.suggestion.aspect == Aspect.PLACE]
        sure = {one.value.pcode for one in said if isinstance(one.value, Where) and one.is_certain}
        return sure.pop() if len(sure) == 1 else ""

    @property
    def incident(self) -> Incident | None:
        claims = [row.claim for row in self.rows if row.claim is not None]
        return claims[-1].incident if claims else None


def groups_of(text_version: TextVersion) -> list[Group]:
    """The suggestions for a text, group by group; one query beside those that read it."""
    reading = suggestions_for(text_version)
    latest = latest_answers(text_version)
    times: Counter[str] = Counter()
    groups = []
    for attack in reading.attacks:
        rows = [
            made(f"{attack.letter}{number}", suggestion, text_version.text, latest, times)
            for number, suggestion in enumerate(attack.suggestions, 1)
        ]
        if rows:
            groups.append(Group(attack.letter, tuple(rows)))
    return groups


def row_of(groups: Iterable[Group], key: str) -> Row | None:
    """The row of that key, if the text suggests it still."""
    return next((row for row in all_rows(groups) if row.key == key), None)


def all_rows(groups: Iterable[Group]) -> Iterator[Row]:
    return (row for group in groups for row in group.rows)


def latest_answers(text_version: TextVersion) -> dict[str, SuggestionAnswer]:
    """Key → what was answered last. A claim that was accepted and has been removed since is no answer."""
    answers = SuggestionAnswer.objects.filter(text_version=text_version).select_related("claim__incident__row")
    return {answer.key: answer for answer in answers.order_by("pk")}


def made(code: str, suggestion: Suggestion, text: str, latest: dict[str, SuggestionAnswer], times: Counter[str]) -> Row:
    """A row; the same thing suggested of a second attack has a key of its own."""
    key = key_of(suggestion)
    times[key] += 1
    if times[key] > 1:
        key = f"{key}-{times[key]}"
    exact = text[suggestion.start : suggestion.end]
    answer = latest.get(key)
    if answer is None or answer.answer == Answer.REOPENED:
        return Row(code, key, suggestion, exact)
    if answer.answer == Answer.ACCEPTED:
        claim = answer.claim
        assert claim is not None  # by the constraint
        return Row(code, key, suggestion, exact, "" if claim.ended_at else answer.answer, claim)
    return Row(code, key, suggestion, exact, answer.answer)
