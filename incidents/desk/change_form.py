"""The form that changes a claim: all that it says may change, also its words, its aspect and its incident."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.admin.guarding import Guarded, SeenForm
from archive.models import Editable, TextVersion
from archive.points import Point
from archive.terms import values
from incidents import curation
from incidents.desk.forms import PassageClaimForm
from incidents.models import Claim
from incidents.models.claim_rules import ALL_FIELDS
from incidents.terms import Aspect, Precision

OF_WORDS = ("quote", "start", "end", "passage", "text_sha256", "found")
# The fields that show columns in another form: a column of each, and which they are.
COLUMNS_OF = {"quote": "passage_id", "point": "latitude"}
OF_COLUMNS = {"latitude": "point", "longitude": "point"}
SAID = (*ALL_FIELDS, "aspect", "stance", "speaker", "rank", "reasoning", "judgement")


class ChangeForm(Guarded, PassageClaimForm):
    """A claim as it is, under the lock. One that an edition has is replaced, and the form asks why (``reason``)."""

    judgement = forms.CharField(
        label=_("Judgement"), required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    reason = forms.CharField(
        label=_("Why it changes"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    is_locking = False  # the service does, the incident first

    def __init__(self, *args: Any, claim: Claim, text_version: TextVersion | None, **kwargs: Any) -> None:
        self.claim = claim
        self.was_published = curation.was_published(claim)
        self.present = claim  # what it is when the form has been checked: another one if that has replaced it
        incidents = [claim.incident, *([claim.superseded_by.incident] if claim.superseded_by else [])]
        given = {"text_version": text_version, "incidents": incidents, "initial": self.initial_of(claim)}
        super().__init__(*args, **given, **kwargs)
        without = OF_WORDS if text_version is None else ("judgement",)
        for name in ("suggestion", *without, *(() if self.was_published else ("reason",))):
            del self.fields[name]
        self.forget_several()
        if text_version is not None:
            self.initial["text_sha256"] = text_version.sha256

    @staticmethod
    def initial_of(claim: Claim) -> dict[str, Any]:
        said = {name: getattr(claim, name) for name in SAID}
        words = {"quote": claim.passage.exact, "passage": claim.passage.public_id} if claim.passage else {}
        return {**said, **words, "point": str(claim.point or ""), "incident": claim.incident.code}

    @property
    def guarded(self) -> Claim:
        return self.claim

    def fetch(self, row: Editable) -> Editable | None:
        """The claim, or the one that has replaced it meanwhile: that is what it says now."""
        current = super().fetch(row)
        while isinstance(current, Claim) and current.superseded_by is not None:
            current = current.superseded_by
        self.present = current if isinstance(current, Claim) else self.claim
        return current

    def is_gone(self, current: Editable | None) -> bool:
        return not isinstance(current, Claim) or current.ended_at is not None

    def guarded_names(self) -> list[str]:
        """Of the values only those of the aspects in question: a page sends something for the others too."""
        aspects = {self.claim.aspect, self.present.aspect, str(self.data.get("aspect", ""))} & set(values(Aspect))
        wanted = {OF_COLUMNS.get(name, name) for aspect in aspects for name in curation.fields_of(aspect)}
        of_values = {*ALL_FIELDS, *OF_COLUMNS.values()}
        return [name for name in super().guarded_names() if name in wanted or name not in of_values]

    def clean(self) -> dict[str, Any]:
        """A precision that was never chosen stays so: the page has no empty choice for it."""
        cleaned = super().clean()
        if cleaned.get("place_precision") == Precision.IN and not self.present.place_precision:
            cleaned["place_precision"] = ""
        return cleaned

    def has_column(self, name: str) -> bool:
        return name in COLUMNS_OF or (name != "passage" and super().has_column(name))

    def value_of(self, row: Any, name: str) -> Any:
        if name == "quote":
            return row.passage.exact if row.passage else ""
        if name == "point":
            return "" if row.latitude is None else str(Point(row.latitude, row.longitude))
        if name == "place_precision" and row.place_id:
            return row.place_precision or Precision.IN
        return row.incident.code if name == "incident" else super().value_of(row, name)

    def column_of(self, name: str) -> str:
        return COLUMNS_OF.get(name) or super().column_of(name)


class RemoveForm(SeenForm, forms.Form):
    """One claim of those that are to be removed, as it was shown."""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        self.claim = claim
        super().__init__(*args, **kwargs)

    @property
    def guarded(self) -> Claim:
        return self.claim
