"""The forms of the desk: what some words say (or an editor judges) about one aspect of one incident."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.form_fields import CountField, TimeField, replace_data
from archive.models import TextVersion
from archive.points import Point
from incidents import curation
from incidents.desk import locating
from incidents.desk.duplicate_question import DuplicateQuestionForm
from incidents.desk.pickers import LOOKUPS, PickerField
from incidents.desk.several_aspects import Besides, SeveralAspectsForm, is_of_facilities
from incidents.desk.term_fields import SeveralTermsField, TermField
from incidents.errors import LikelySameError
from incidents.likeness import Likely
from incidents.models import Actor, FacilityType, Incident, Weapon
from incidents.models.choices import (
    ACTOR_KINDS,
    ASPECTS,
    DAMAGES,
    GROUPS,
    PARTS_OF_DAY,
    PRECISIONS,
    RANKS,
    SCOPES,
    STANCES,
)
from incidents.models.claim_rules import ALL_FIELDS
from incidents.terms import COUNTED, NUMBERED, ActorKind, Aspect, Damage, Rank, Scope, Stance

OTHER, NEW = "other", "new"
# The fields that propose a term, each with the field that chooses one instead, by aspect.
PROPOSED: dict[str, tuple[str, str]] = {
    Aspect.ACTOR: ("actor_new", "actor"),
    Aspect.WEAPON: ("weapon_new", "weapon"),
    Aspect.FACILITY_TYPE: ("facility_type_new", "facility_type"),
    Aspect.FACILITY: ("facility_new_type_new", "facility_new_type"),
    Aspect.DAMAGE: ("facility_new_type_new", "facility_new_type"),
}
KIND_OF = {
    new: "facility_type" if new == "facility_new_type_new" else aspect for aspect, (new, _chosen) in PROPOSED.items()
}
FACILITY_FIELDS = ("facility_new_en", "facility_new_ar", "facility_new_type", "facility_new_place")


def new_term(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=200)


class ClaimForm(DuplicateQuestionForm):
    """Aspect, value, stance, speaker, rank and reasoning. Fields of other aspects than the chosen one do not count.

    Names are those of `Claim`, so that a refusal of the services lands beside its field.
    """

    counted, numbered = " ".join(COUNTED), " ".join(NUMBERED)  # aspects with a group, with a number
    aspect = forms.ChoiceField(choices=ASPECTS, widget=forms.RadioSelect, label=_("What the words are about"))
    occurred_edtf = forms.CharField(label=_("Date"), required=False, max_length=80)
    part_of_day = forms.ChoiceField(
        choices=[("", _("not said")), *PARTS_OF_DAY], label=_("Part of day"), required=False
    )
    time_of_day = TimeField(label=_("Local time"), required=False)
    time_until = TimeField(label=_("Until, of a range"), required=False)
    time_is_about = forms.BooleanField(label=_("About that time"), required=False)
    place = PickerField("place", label=_("Place, in any spelling"))
    place_spelling = new_term(_("As the text spells it, to be remembered"))
    place_precision = forms.ChoiceField(label=_("How near"), choices=PRECISIONS, required=False)
    point = forms.CharField(label=_("Point: latitude, longitude"), required=False, max_length=80)
    within_m = CountField(label=_("Known to within, in metres"), required=False)
    facility = PickerField(
        "facility", label=_("Facility"), if_unknown=_("Open “A facility that is not in the list” to add it.")
    )
    facility_new_en = forms.CharField(label=_("Name in English"), required=False, max_length=200)
    facility_new_ar = forms.CharField(label=_("Name in Arabic"), required=False, max_length=200)
    facility_new_type = TermField(FacilityType, label=_("Kind"))
    facility_new_type_new = new_term(_("A kind that is not in the list"))
    facility_new_place = PickerField("place", label=_("Where it stands"))
    facility_type = TermField(FacilityType, label=_("Kind of facility"))
    facility_type_new = new_term(_("A kind that is not in the list"))
    actor = TermField(Actor, label=_("Who did it"))
    one_of_actors = SeveralTermsField(Actor, label=_("It was one of these"), required=False)
    actor_new = new_term(_("Its name"))
    actor_new_kind = forms.ChoiceField(
        label=_("It is"), choices=ACTOR_KINDS, initial=ActorKind.GROUP.value, required=False
    )
    weapon = TermField(Weapon, label=_("Weapon"))
    weapon_new = new_term(_("Its name"))
    count_low = CountField(label=_("At least"), required=False, min_value=0)
    count_high = CountField(label=_("At most"), required=False, min_value=0)
    group = forms.ChoiceField(label=_("Of whom"), choices=GROUPS, required=False)
    damage = forms.ChoiceField(
        label=_("What became of it"), choices=DAMAGES, initial=Damage.DAMAGED.value, required=False
    )
    stance = forms.ChoiceField(label=_("Stance"), choices=STANCES, initial=Stance.ASSERTS.value, required=False)
    speaker = PickerField(
        "speaker", label=_("Who says so"), if_unknown=_("Open “A speaker that is not in the list” to propose one.")
    )
    speaker_new = forms.CharField(label=_("New speaker: an office or organisation"), required=False, max_length=200)
    rank = forms.ChoiceField(label=_("Rank"), choices=RANKS, initial=Rank.NORMAL.value, required=False)
    reasoning = forms.CharField(label=_("Reasoning"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        new_terms = [name for name, _ in PROPOSED.values()]
        for name in ("reasoning", "facility_new_en", "facility_new_ar", "speaker_new", "place_spelling", *new_terms):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.fields["occurred_edtf"].widget.attrs.update({"autocomplete": "off", "aria-describedby": "date-hint"})
        self.fields["speaker"].widget.attrs["placeholder"] = gettext("Empty: the report itself")
        self.fields["point"].widget.attrs.update(
            {"autocomplete": "off", "dir": "ltr", "aria-describedby": "point-hint"}
        )
        for name in ("place", "facility_new_place"):
            self.fields[name].widget.attrs["placeholder"] = "Kafranbel, كفرنبل, C4068 …"

    def clean_point(self) -> Point | None:
        text: str = self.cleaned_data["point"]
        try:
            return curation.read_point(text) if text.strip() else None
        except ValueError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def aspects_in(self, cleaned: dict[str, Any]) -> list[Besides]:
        """What is claimed, the first aspect first; nothing while none is chosen."""
        return [Besides(cleaned["aspect"])] if cleaned.get("aspect") else []

    @property
    def aspects(self) -> list[Besides]:
        return self.aspects_in(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        aspects = self.aspects_in(cleaned)
        if not aspects:
            return cleaned
        wanted = {one.field(name) for one in aspects for name in curation.fields_of(one.aspect)}
        of_facilities = FACILITY_FIELDS if is_of_facilities(aspects) else ()
        if "latitude" in wanted:
            wanted.add("point")
        for name in {*ALL_FIELDS, *FACILITY_FIELDS, "point"} - {*wanted, *of_facilities}:
            self.errors.pop(name, None)
        cleaned["latitude"], cleaned["longitude"] = cleaned.get("point") or (None, None)
        if of_facilities and not cleaned.get("facility"):
            self.check_new_facility(cleaned, is_needed=any(one.aspect == Aspect.FACILITY for one in aspects))
        for field in {PROPOSED[one.aspect] for one in aspects if one.aspect in PROPOSED}:
            self.check_new_term(cleaned, *field)
        return cleaned

    def check_new_term(self, cleaned: dict[str, Any], new: str, chosen: str) -> None:
        if cleaned.get(new, "").strip() and cleaned.get(chosen):
            self.add_error(
                new,
                gettext("“%(name)s” is chosen too: choose that one, or propose this one.") % {"name": cleaned[chosen]},
            )

    def check_new_facility(self, cleaned: dict[str, Any], *, is_needed: bool) -> None:
        """A new facility has a name in either script, a kind and a place; without any of them none is meant."""
        given = [name for name in (*FACILITY_FIELDS, "facility_new_type_new") if cleaned.get(name)]
        if not given and is_needed and not set(self.errors) & {"facility", *FACILITY_FIELDS}:
            self.add_error("facility", gettext("Choose a facility, or describe a new one below."))
            return
        if not given:
            return
        self.errors.pop("facility", None)
        if not cleaned.get("facility_new_en") and not cleaned.get("facility_new_ar"):
            self.add_error("facility_new_en", gettext("Write its name, in English or in Arabic."))
        for name in ("facility_new_type", "facility_new_place"):
            is_proposed = name == "facility_new_type" and cleaned.get("facility_new_type_new")
            if not cleaned.get(name) and not is_proposed and name not in self.errors:
                self.add_error(name, gettext("A new facility needs this."))

    def values_of(self, one: Besides) -> dict[str, Any]:
        """A value as `curation.make_claim` takes it; a new facility is still to be made."""
        return {name: self.cleaned_data.get(one.field(name)) for name in curation.fields_of(one.aspect)}

    def new_term_of(self, one: Besides) -> tuple[str, str] | None:
        """What is proposed, as the kind of term and its name, if anything is."""
        field = PROPOSED.get(one.aspect, ("", ""))[0]
        name = self.cleaned_data.get(field, "").strip()
        return (KIND_OF[field], name) if name else None

    def named_new(self, kind: str) -> str:
        of_facility = kind == "facility_type" and is_of_facilities(self.aspects)
        return "facility_new_type_new" if of_facility else super().named_new(kind)

    @property
    def is_new_facility(self) -> bool:
        has_name = self.cleaned_data.get("facility_new_en") or self.cleaned_data.get("facility_new_ar")
        return is_of_facilities(self.aspects) and not self.cleaned_data.get("facility") and bool(has_name)


class Positions(forms.HiddenInput):
    """A hidden choice: `static/js/forms/values.js` compares it with what it was when the page came."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-kept"] = context["widget"]["value"] or ""
        return context


class PassageClaimForm(SeveralAspectsForm, ClaimForm):
    """A claim by words of a text; they come with their positions, or pasted, and the text is searched for them."""

    field_order = ["quote", "incident", "incident_other", "new_scope", "new_title"]

    quote = forms.CharField(label=_("The words"), strip=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
    start = forms.IntegerField(required=False, widget=Positions)
    end = forms.IntegerField(required=False, widget=Positions)
    passage = forms.CharField(required=False, widget=Positions)
    text_sha256 = forms.CharField(widget=forms.HiddenInput)
    found = forms.CharField(required=False, widget=forms.HiddenInput)
    suggestion = forms.CharField(required=False, max_length=24, widget=Positions)
    incident = forms.ChoiceField(widget=forms.RadioSelect, label=_("Which attack"))
    incident_other = PickerField("incident", label=_("Find it by code, title or town"))
    new_scope = forms.ChoiceField(choices=SCOPES, initial=Scope.ATTACK.value, required=False, label=_("It is"))
    new_title = forms.CharField(label=_("Working title"), required=False, max_length=200)
    incident_same = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, text_version: TextVersion, incidents: list[Incident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text_version = text_version
        self.candidates: list[locating.Candidate] = []
        self.likely: list[Likely] = []
        self.incidents = {incident.code: incident for incident in incidents}
        title = LOOKUPS["incident"].label
        known = [(code, f"{title(incident)} · {code}") for code, incident in self.incidents.items()]
        self.fields["incident"].choices = [*known, (OTHER, _("Another incident")), (NEW, _("A new incident"))]  # type: ignore[attr-defined]
        self.fields["new_title"].widget.attrs["dir"] = "auto"

    def clean_quote(self) -> str:
        # A form sends line ends as CRLF; the text has LF.
        quote: str = self.cleaned_data["quote"].replace("\r\n", "\n").replace("\r", "\n")
        if not quote.strip():
            raise forms.ValidationError(gettext("Select the words in the text, or paste them here."))
        return quote

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            cleaned.get("incident") == OTHER
            and not cleaned.get("incident_other")
            and "incident_other" not in self.errors
        ):
            self.add_error("incident_other", gettext("Find the incident, or choose another answer above."))
        if cleaned.get("incident") != OTHER:
            self.errors.pop("incident_other", None)
        if "quote" in cleaned:
            self.find_words(cleaned)
        return cleaned

    @property
    def may_ask(self) -> bool:
        """Whether a new incident is to be made, and it was not asked yet whether it is one that is there."""
        return self.cleaned_data["incident"] == NEW and not self.cleaned_data["incident_same"]

    @property
    def same_attack(self) -> Incident | None:
        """The incident that is there, if the editor says that it is meant."""
        code = self.cleaned_data["incident_same"]
        known = LOOKUPS["incident"].get(code) if self.cleaned_data["incident"] == NEW and code != NEW else None
        return known if isinstance(known, Incident) else None

    def ask_same_attack(self, refusal: LikelySameError) -> None:
        """Show what is there; everything that was entered stays."""
        self.likely = refusal.found
        self.add_error("incident", str(refusal))

    def find_words(self, cleaned: dict[str, Any]) -> None:
        """Put the span of the words into ``cleaned["span"]``, or offer the places where they may be."""
        located = locating.locate(
            self.text_version,
            cleaned["quote"],
            start=cleaned.get("start"),
            end=cleaned.get("end"),
            passage=cleaned.get("passage", ""),
            found=cleaned.get("found", ""),
        )
        if isinstance(located, locating.Located):
            cleaned["span"] = located
            return
        self.candidates = located.candidates
        self.add_error("quote", located.message)
        self.forget_positions()

    def forget_positions(self) -> None:
        """Let the next save look for the words afresh; what was typed stays."""
        replace_data(self, start="", end="", found="", passage="", text_sha256=self.text_version.sha256)


class JudgementForm(ClaimForm):
    """What no passage says: an editor's judgement, with the reason that readers see."""

    judgement = forms.CharField(
        label=_("The reason, as readers will see it"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aspect"].label = _("What is judged")
        self.fields["speaker"].widget.attrs["placeholder"] = gettext("Empty: the editors")
