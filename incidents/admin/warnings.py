"""Warnings on the page that publishes: where each is mended, and the box for the reason to keep it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.evidence import Evidence
from incidents.models import WarningAnswer
from incidents.previews import Preview
from incidents.sense import Doubt

UNANSWERED = _("Mend it, or write why it is right as it is.")


@dataclass(frozen=True, slots=True)
class Line:
    """A warning with where it is mended, and its box or its answer."""

    warning: Doubt
    mend: str
    mend_words: str
    field: Any = None
    answer: WarningAnswer | None = None


def field_name(key: str) -> str:
    return f"keep_{key.replace(':', '_')}"


class WarningsForm(forms.Form):
    """A box for each warning that nobody has answered; ``must_answer`` says whether each has to be filled in."""

    must_answer = True

    def __init__(self, *args: Any, unanswered: list[Doubt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unanswered = unanswered
        for warning in unanswered:
            name = field_name(warning.key)
            attributes = {"rows": 2, "dir": "auto", "form": "action-form", "aria-describedby": f"id_{name}_warning"}
            self.fields[name] = forms.CharField(
                label=_("Keep it, because"),
                required=self.must_answer,
                error_messages={"required": UNANSWERED},
                widget=forms.Textarea(attrs=attributes),
            )

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons that were written, by the keys of their warnings; those of boxes left empty are not there, nor
        those that are in `refused`.
        """
        self.is_valid()
        written = {warning.key: self.cleaned_data.get(field_name(warning.key), "") for warning in self.unanswered}
        return {key: reason for key, reason in written.items() if reason}

    @property
    def refused(self) -> list[str]:
        """The names of the boxes whose reasons no database takes."""
        names = [field_name(warning.key) for warning in self.unanswered]
        return [name for name in names if name in self.errors and not self.has_error(name, code="required")]


def lines(preview: Preview, form: WarningsForm) -> dict[str, list[Line]]:
    """What the page shows: the open ones with their boxes, the kept ones with their answers."""
    answers = preview.answers
    return {
        "open_warnings": [
            Line(warning, *mending(warning, preview.evidence), field=form[field_name(warning.key)])
            for warning in form.unanswered
        ],
        "kept_warnings": [
            Line(warning, *mending(warning, preview.evidence), answer=answers[warning.key])
            for warning in preview.warnings
            if warning.key in answers
        ],
    }


def mending(warning: Doubt, evidence: Evidence) -> tuple[str, str]:
    """The address of the form that mends it, and what the link says."""
    kind, public_id = warning.subject
    incident = reverse("admin:incidents_incident_change", args=[evidence.incident.pk])
    if kind == "claim":
        return reverse("desk:claim", args=[public_id]), gettext("Mend the claim")
    if kind == "passage":
        return reverse("desk:passage", args=[public_id]), gettext("Look at the passage")
    if kind == "article":
        article = next(article for article in evidence.articles if article.public_id == public_id)
        return reverse("admin:archive_article_change", args=[article.pk]), gettext("Mend the report")
    if kind == "facility":
        claim = next(c for c in evidence.claims if c.facility and c.facility.public_id == public_id)
        return f"{incident}#claim-{claim.public_id}", gettext("Mend the claims")
    return f"{incident}#aspect-{public_id}", gettext("Mend the claims")
