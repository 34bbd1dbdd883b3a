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
    """Key → what was answered last. Claims are those that stand now for what was accepted: `standing_claims`."""
    found = SuggestionAnswer.objects.filter(text_version=text_version).select_related("claim__incident__row")
    latest = {answer.key: answer for answer in found.order_by("pk")}
    standing = standing_claims(answer.claim for answer in latest.values() if answer.claim is not None)
    for answer in latest.values():
        if answer.claim is not None:
            answer.claim = standing.get(answer.claim.pk)
    return latest


def standing_claims(claims: Iterable[Claim]) -> dict[int, Claim]:
    """Key of a claim → the one that stands for it: itself, or what has replaced it, at another incident too.

    A claim that was removed has none. One query for each time that the oldest was replaced.
    """
    now = {claim.pk: claim for claim in claims}
    while replaced := {pk: claim.superseded_by_id for pk, claim in now.items() if claim.superseded_by_id}:
        newer = Claim.every.select_related("incident__row").in_bulk(set(replaced.values()))
        now.update({pk: newer[successor] for pk, successor in replaced.items() if successor is not None})
    return {pk: claim for pk, claim in now.items() if claim.ended_at is None}


def is_open(answer: SuggestionAnswer | None) -> bool:
    """Whether a row waits still, by what was answered last (`latest_answers`)."""
    if answer is None or answer.answer == Answer.REOPENED:
        return True
    return answer.answer == Answer.ACCEPTED and answer.claim is None  # the claim was removed


def made(code: str, suggestion: Suggestion, text: str, latest: dict[str, SuggestionAnswer], times: Counter[str]) -> Row:
    """A row; the same thing suggested of a second attack has a key of its own."""
    key = key_of(suggestion)
    times[key] += 1
    if times[key] > 1:
        key = f"{key}-{times[key]}"
    exact = text[suggestion.start : suggestion.end]
    answer = latest.get(key)
    if answer is None or is_open(answer):
        return Row(code, key, suggestion, exact)
    return Row(code, key, suggestion, exact, answer.answer, answer.claim)
