"""The `town` parameter: a P-code of any level, or a name in any spelling; what is ambiguous is asked back."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive import gazetteer
from archive.lists.forms import SeveralField, shown
from archive.localisation import isolated
from archive.models import Place

LIKELY = 0.75  # the score from which on a place is worth asking back


class Candidate(NamedTuple):
    """A place that a name may mean: the value that was given, and the place."""

    value: str
    place: Place


class TownField(SeveralField):
    """Values → places. `candidates` are those to choose from where a name is not plain."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(look_up=self.resolve, unknown="", **kwargs)
        self.candidates: list[Candidate] = []

    def __deepcopy__(self, memo: dict[int, Any]) -> "TownField":
        copied: TownField = super().__deepcopy__(memo)
        copied.look_up = copied.resolve
        copied.candidates = []
        return copied

    def resolve(self, values: Sequence[str]) -> dict[str, Place]:
        by_code = {place.pcode: place for place in Place.objects.filter(pcode__in=[v.upper() for v in values])}
        found: dict[str, Place] = {}
        for value in values:
            if place := by_code.get(value.upper()):
                found[value] = place
                continue
            answer = gazetteer.resolve(value)
            if answer.is_certain:
                found[value] = answer.matches[0].place
            else:
                likely = (match.place for match in answer.matches if match.score >= LIKELY)
                self.candidates += [Candidate(value, place) for place in likely]
        return found

    def message(self, value: str) -> str:
        places = [candidate.place for candidate in self.candidates if candidate.value == value]
        if places:
            listed = pgettext("list of names", ", ").join(f"{isolated(place.name)} ({place.pcode})" for place in places)
            return _("It is not plain which place “%(value)s” is: choose one of %(places)s.") % {
                "value": shown(value),
                "places": listed,
            }
        return _("No place is known as “%(value)s”: write a name or a P-code.") % {"value": shown(value)}
