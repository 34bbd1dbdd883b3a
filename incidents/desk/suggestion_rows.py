"""What is suggested at the desk, in words: the rows beside the text, and a row as the first content of the form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive import marks
from archive.models import Place
from incidents import suggested
from incidents.desk.forms import NEW
from incidents.likeness import Likely
from incidents.models import FacilityType, Incident
from incidents.models.choices import ASPECTS, STANCES
from incidents.suggested import Group, Row
from incidents.suggested.rows import all_rows
from incidents.suggested.wording import Names, names_for
from incidents.suggesting import Struck
from incidents.terms import Stance


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words."""

    row: Row
    aspect: str
    value: str
    speaker: str
    stance: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A group of rows with the incident that they would go to."""

    group: Group
    lines: list[Line]
    chosen: str
    answered: list[Line]
    likely: list[Likely]

    @property
    def title(self) -> str:
        return _("Attack %(letter)s") % {"letter": self.group.letter}


def shown(groups: list[Group], offered: list[Incident]) -> list[Shown]:
    """The groups as the page lists them: those that wait, and apart from them those that were answered."""
    names = names_for(row.suggestion for row in all_rows(groups))
    codes = {incident.code for incident in offered}
    likely = suggested.likely_for(groups)
    found = []
    for group in groups:
        lines = [line_of(row, names) for row in group.rows]
        before = group.incident.code if group.incident else ""
        chosen = before if before in codes else NEW
        waiting = [line for line in lines if line.row.is_open]
        answered = [line for line in lines if not line.row.is_open]
        found.append(Shown(group, waiting, chosen, answered, likely.get(group.letter, [])))
    return found


def line_of(row: Row, names: Names) -> Line:
    suggestion = row.suggestion
    stance = "" if suggestion.stance == Stance.ASSERTS else str(dict(STANCES)[suggestion.stance.value])
    aspect = str(dict(ASPECTS)[suggestion.aspect.value])
    return Line(row, aspect, names.value(suggestion), names.speaker(suggestion), stance)


def faint_marks(groups: list[Group]) -> list[marks.Mark]:
    """Where the open rows stand in the text, to be shown faintly."""
    return [
        marks.Mark(
            f"s{row.key}",
            row.suggestion.start,
            row.suggestion.end,
            _("Suggested: %(row)s") % {"row": row.code},
            kind="suggested",
        )
        for row in all_rows(groups)
        if row.is_open
    ]


def filled_in(row: Row, group: Group) -> dict[str, Any]:
    """What the form for a claim says at first when a row is to be changed; what is open in it is left empty."""
    suggestion = row.suggestion
    place = Place.objects.filter(pcode=group.pcode).first()
    said: dict[str, Any]
    if isinstance(suggestion.value, Struck) and not suggestion.value.id:
        struck = suggestion.value
        name = "facility_new_en" if struck.name.isascii() else "facility_new_ar"
        kind = FacilityType.objects.filter(slug=struck.facility_type).first()
        said = {name: struck.name, "facility_new_type": kind, "facility_new_place": place}
    else:
        said = optional(suggested.values_of, suggestion, pcode=group.pcode, by=None) or {}
        said["one_of_actors"] = [actor.slug for actor in said.get("one_of_actors", ())]
    return {
        **said,
        "quote": row.exact,
        "start": suggestion.start,
        "end": suggestion.end,
        "aspect": suggestion.aspect.value,
        "stance": suggestion.stance.value,
        "speaker": optional(suggested.speaker_of, suggestion),
        "speaker_new": "" if suggestion.speaker else suggestion.voice,
        "suggestion": row.key,
    }


def optional(look_up: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return look_up(*args, **kwargs)
    except suggested.UndecidedError:
        return None
