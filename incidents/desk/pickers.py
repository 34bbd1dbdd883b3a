"""A field that takes one of very many rows: by autocomplete, or by a typed name that the server looks up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive import gazetteer, names
from archive.gazetteer import autocomplete as place_lookups
from archive.localisation import in_order, localised
from archive.models import Place
from incidents import finding, lookups
from incidents.models import Actor, Facility, Incident, Speaker
from incidents.standing_names import MODELS, standing

SHOWN = 12


class Option(NamedTuple):
    """A row as editors see it in a list: what identifies it, its name, and what tells it from its namesakes."""

    value: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """How rows of one kind are found. ``key`` is the field that forms carry.

    ``certain`` says which row words mean beyond doubt; without it, the one row that has them among its ``named``.
    """

    rows: Callable[[], QuerySet]
    search: Callable[[str, QuerySet], QuerySet]
    key: str
    label: Callable[[Any], str]
    detail: Callable[[Any], str]
    named: Callable[[Any], list[str]] = lambda row: []
    certain: Callable[[str], Model | None] | None = None

    def option(self, row: Model) -> Option:
        return Option(str(getattr(row, self.key)), self.label(row), self.detail(row))

    def options(self, term: str, number: int = SHOWN) -> list[Option]:
        return [self.option(row) for row in self.search(term, self.rows())[:number]]

    def get(self, value: str) -> Model | None:
        """The row of a key; of one that was merged meanwhile, what it stands for now."""
        if not value or "\0" in value:
            return None
        return self.rows().filter(**{self.key: value}).first() or self.survivor(value)

    def survivor(self, value: str) -> Model | None:
        model = self.rows().model
        if model not in MODELS.values():
            return None
        merged = model._base_manager.filter(**{self.key: value}).exclude(merged_into=None).first()
        return self.rows().filter(pk=standing(merged).pk).first() if merged else None

    def meant(self, term: str) -> tuple[Model | None, list[Option]]:
        """The one row that has this very name, or else what it may be."""
        found = list(self.search(term, self.rows())[:SHOWN])
        if self.certain and (row := self.certain(term)):
            return row, [self.option(row) for row in found]
        folded = names.name_key(term)
        same = [row for row in found if folded in map(names.name_key, self.named(row))]
        return (same[0] if len(same) == 1 else None), [self.option(row) for row in found]


def place_detail(place: Place) -> str:
    above = [localised(place.parent.label_en, place.parent.label_ar)] if place.parent else []
    other = in_order(place.label_en, place.label_ar)[1]
    return " · ".join(filter(None, [str(place.get_level_display()), *above, other, place.pcode]))


def speaker_detail(speaker: Speaker) -> str:
    other = in_order(speaker.name_en, speaker.name_ar)[1]
    return " · ".join(filter(None, [other, "" if speaker.is_accepted else speaker.get_standing_display()]))


def certain_place(words: str) -> Place | None:
    answer = gazetteer.resolve(words)
    return answer.matches[0].place if answer.is_certain else None


def incident_title(incident: Incident) -> str:
    row = getattr(incident, "row", None)
    return localised(row.title_en, row.title_ar) if row else incident.working_title or _("(no title yet)")


LOOKUPS: Mapping[str, Lookup] = {
    "place": Lookup(
        rows=lambda: Place.objects.select_related("parent"),
        search=place_lookups.places,
        key="pcode",
        label=lambda place: localised(place.label_en, place.label_ar),
        detail=place_detail,
        certain=certain_place,
    ),
    "facility": Lookup(
        rows=lambda: Facility.objects.unmerged().select_related("place", "facility_type"),
        search=lookups.facilities,
        key="public_id",
        label=str,
        detail=lambda facility: " · ".join(filter(None, [facility.facility_type.name, facility.name_ar])),
        named=lambda facility: [str(facility), facility.name_en, facility.name_ar, *facility.aliases],
    ),
    "incident": Lookup(
        rows=lambda: Incident.objects.exclude(status="merged").select_related("row"),
        search=finding.incidents,
        key="code",
        label=incident_title,
        detail=lambda incident: f"{incident.code} · {incident.get_status_display()}",
        named=lambda incident: [incident.code],
    ),
    "speaker": Lookup(
        rows=lambda: Speaker.every.usable().select_related("actor"),
        search=lookups.speakers,
        key="slug",
        label=lambda speaker: speaker.name,
        detail=speaker_detail,
        named=lambda speaker: [speaker.name_en, speaker.name_ar, *speaker.aliases],
    ),
    "actor": Lookup(
        rows=Actor.objects.all,
        search=lookups.actors,
        key="slug",
        label=lambda actor: actor.name,
        detail=lambda actor: " · ".join(
            filter(None, [in_order(actor.name_en, actor.name_ar)[1], str(actor.get_kind_display())])
        ),
        named=lambda actor: [actor.name_en, actor.name_ar, *actor.aliases],
    ),
}


class Picked(NamedTuple):
    """What a form sent: the value of a chosen row, and the words in the box."""

    value: str
    words: str


class PickerWidget(forms.Widget):
    """A box of words and, behind it, the value that was chosen; radio buttons where several rows may be meant."""

    template_name = "incidents/desk/picker.html"

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.kind = kind
        self.candidates: list[Option] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Picked:
        return Picked(str(data.get(name, "")).strip(), str(data.get(f"{name}_words", "")).strip())

    def data_of(self, name: str, row: Model | None) -> dict[str, list[str]]:
        """What a form sends that chose ``row``."""
        picked = self.picked(row)
        return {name: [picked.value], f"{name}_words": [picked.words]}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_words" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        picked = value if isinstance(value, Picked) else self.picked(value)
        context["widget"].update(
            {
                "picked": picked,
                "candidates": self.candidates,
                "url": reverse("desk:find", args=[self.kind]),
                "described_by": context["widget"]["attrs"].get("aria-describedby"),
                "invalid": context["widget"]["attrs"].get("aria-invalid"),
            }
        )
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        # The project's templates, where the renderer of forms does not look.
        return render_to_string(template_name, context)

    def picked(self, row: Model | None) -> Picked:
        if row is None:
            return Picked("", "")
        option = LOOKUPS[self.kind].option(row)
        return Picked(option.value, option.label)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_words"


class PickerField(forms.Field):
    """Cleans to a row. Words that no row has by name are refused with what they may mean, to choose from."""

    widget: PickerWidget

    def __init__(self, kind: str, *, if_unknown: Any = "", **kwargs: Any) -> None:
        """``if_unknown`` says what to do about words that nothing known is like."""
        self.kind = kind
        self.if_unknown = if_unknown
        super().__init__(widget=PickerWidget(kind), **{"required": False, **kwargs})

    def clean(self, value: Picked) -> Model | None:
        lookup = LOOKUPS[self.kind]
        if value.value:
            if row := lookup.get(value.value):
                return row
            raise forms.ValidationError(_("It no longer exists. Choose again."))
        if not value.words:
            return super().clean(None)
        row, options = lookup.meant(value.words)
        if row:
            return row
        self.widget.candidates = options
        if options:
            raise forms.ValidationError(_("Which “%(words)s” is meant?") % {"words": value.words})
        unknown = _("Nothing known is called “%(words)s”.") % {"words": value.words}
        raise forms.ValidationError(f"{unknown} {self.if_unknown}".rstrip())
